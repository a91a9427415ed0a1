import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveToNoon } from './support/around-noon.ts';
import type { Answers } from './support/answers.ts';
import { clientOf, inventedFamily, opening, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';

let house: House;
let anna: Person;
let curator: Client;
let head: Client;
let school: Client;
let caseId: string;
let on: string;

beforeAll(async () => {
  house = await openHouse({ working: true });
  await moveToNoon(house);
  anna = await house.hire('curator', { department: 'north' });
  curator = clientOf(house, anna);
  head = clientOf(house, await house.hire('head', { department: 'north' }));
  school = clientOf(house, await house.hire('agencyOfficer', { agencyId: await house.agencyId('school') }));
  on = (await curator.get('/me')).json<{ today: string }>().today;
  caseId = await curator.openCase(opening(on));
  await head.perform(caseId, { command: 'assignCurator', on, curator: anna.staffId });
  const until = `${Number(on.slice(0, 4)) + 1}-06-30`;
  const measure = { responsible: 'ответственный', dueOn: `${Number(on.slice(0, 4)) + 1}-05-29` };
  for (const step of [
    { command: 'giveConsent', kind: 'personalData', member: 'parent' },
    { command: 'signAgreement' },
    { command: 'recordDiagnostics', kind: 'initial' },
    {
      command: 'draftPlan',
      until,
      measures: [
        { id: 'm1', what: 'Помощь в учёбе', agency: 'school', ...measure },
        { id: 'm2', what: 'Осмотр', agency: 'clinic', ...measure },
      ],
    },
    { command: 'submitPlan', to: 'commission' },
    { command: 'decidePlan', by: 'commission', decision: 'approve', resolutionNo: '1' },
    { command: 'sendPlan', to: ['school', 'clinic'] },
  ]) {
    await curator.perform(caseId, { on, ...step });
  }
}, 60_000);
afterAll(() => house.close());

const encoded = (key: unknown): string => Buffer.from(JSON.stringify(key)).toString('base64url');

describe('an agency’s officer', () => {
  const requestOf = async (agency: string) => {
    const { items } = (await head.get(`/cases/${caseId}/requests`)).json<Answers['requests']>();
    const found = items.find((item) => item.agency.code === agency);
    return { entry: found?.entry, subject: found?.subject };
  };

  it('answers for his own agency alone, though both are asked in one case', async () => {
    const answer = { command: 'answerRequest', on, answer: 'done' };
    const foreign = await school.post(`/cases/${caseId}/commands`, { ...answer, ...(await requestOf('clinic')) });
    expect(foreign.json()).toMatchObject({ status: 403, code: 'access.denied' });
    const own = await school.post(`/cases/${caseId}/commands`, { ...answer, ...(await requestOf('school')) });
    expect(own.statusCode).toBe(200);
  });

  it('reports results of his own agency’s measures, and letters that were sent to it', async () => {
    const call = async (body: object) => (await school.post(`/cases/${caseId}/preview`, { on, ...body })).statusCode;
    expect(await call({ command: 'recordResult', measure: 'm1', result: 'проведено' })).toBe(200);
    expect(await call({ command: 'recordResult', measure: 'm2', result: 'проведено' })).toBe(403);
    expect(await call({ command: 'recordResult', what: 'Осмотр', result: 'проведено' })).toBe(403);
    expect(await call({ command: 'registerAnswer', to: '17/1', number: '3' })).toBe(403);
    const letter = { command: 'registerRequest', on, direction: 'out' };
    await curator.perform(caseId, { ...letter, number: '17/1', agency: 'school' });
    await curator.perform(caseId, { ...letter, number: '17/2', agency: 'clinic' });
    expect(await call({ command: 'registerAnswer', to: '17/1', number: '3' })).toBe(200);
    expect(await call({ command: 'registerAnswer', to: '17/2', number: '3' })).toBe(403);
  });

  it('learns nothing of the family’s duties from a preview', async () => {
    const body = { command: 'recordResult', on, measure: 'm1', result: 'проведено' };
    const seen = (await head.post(`/cases/${caseId}/preview`, body)).json<Answers['preview']>();
    expect(seen.accepted).toBe(true);
    const shown = (await school.post(`/cases/${caseId}/preview`, body)).json<Answers['preview']>();
    expect(shown).toMatchObject({ accepted: true, moved: [], appears: [], disappears: [], meets: [] });
  });
});

describe('correcting an entry', () => {
  const correction = (replacement: object) => ({ command: 'correctEntry', on, reason: 'ошибка', replacement });

  it('gives nobody a right that he has not got', async () => {
    const { result } = await curator.perform(caseId, { command: 'recordVisit', on, kind: 'home', place: 'home' });
    const entry = result.entries[0];
    for (const replacement of [
      { command: 'assignCurator', on, curator: anna.staffId },
      { command: 'issueOrder', on, kind: 'stopping', number: '1' },
    ]) {
      const body = { ...correction(replacement), entry };
      expect((await curator.post(`/cases/${caseId}/commands`, body)).json()).toMatchObject({ code: 'access.denied' });
      expect((await curator.post(`/cases/${caseId}/preview`, body)).statusCode).toBe(403);
    }
    const allowed = { ...correction({ command: 'recordVisit', on, kind: 'home', place: 'center' }), entry };
    expect((await curator.post(`/cases/${caseId}/preview`, allowed)).statusCode).toBe(200);
  });

  it('takes neither the process’s own words nor a correction inside a correction, however deep', async () => {
    const { result } = await curator.perform(caseId, { command: 'recordVisit', on, kind: 'home', place: 'home' });
    const entry = result.entries[0];
    const sent = correction({ command: 'requestSent', on, entry: 9, subject: 'school' });
    const depth = 10_000;
    const head = `{"command":"correctEntry","on":"${on}","entry":${entry},"reason":"о","replacement":`;
    for (const body of [
      JSON.stringify({ ...sent, entry }),
      `${head.repeat(depth)}{"command":"recordVisit","on":"${on}"}${'}'.repeat(depth)}`,
    ]) {
      const answer = await house.app.inject({
        method: 'POST',
        url: `/api/v1/cases/${caseId}/commands`,
        headers: { cookie: anna.cookie, 'idempotency-key': 'attack-correction', 'content-type': 'application/json' },
        payload: body,
      });
      expect(answer.json()).toMatchObject({ status: 422, errors: [{ path: 'replacement.command' }] });
    }
  });
});

describe('input that no screen sends is answered by what is wrong, never by a fault', () => {
  it.each([
    ['/cases', 'x'],
    ['/cases', encoded(['no day', '2026-0001'])],
    ['/cases', encoded([1])],
    ['/cases', encoded(['2026-01-01', 'a\0b'])],
    ['/duties', encoded(['2026-13-45', '2026-0001', 'key'])],
    ['/cases/:id/events', encoded([1e99])],
    ['/cases/:id/notices', encoded(['x', 'y'])],
  ])('%s by the cursor %s', async (path, cursor) => {
    const answer = await curator.get(`${path.replace(':id', caseId)}?cursor=${cursor}`);
    expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid', errors: [{ path: 'query.cursor' }] });
  });

  it.each(['/duties?awaited=%00', '/duties?from=0000-01-01'])('%s', async (url) => {
    expect((await curator.get(url)).json()).toMatchObject({ status: 400, code: 'request.invalid' });
  });

  it('an entry’s number beyond all numbers', async () => {
    const body = { command: 'annulEntry', on, entry: 99_999_999_999, reason: 'ошибка' };
    expect((await curator.post(`/cases/${caseId}/commands`, body)).statusCode).toBe(403);
    expect((await head.post(`/cases/${caseId}/commands`, body)).json()).toMatchObject({ code: 'entry.unknown' });
  });

  it.each(['\u0000', '\u001b[2J', '\ud800', '\u202e'])(
    'a note or an answer with %j in it, named in both languages',
    async (sign) => {
      const body = { command: 'recordVisit', on, place: 'home', note: `слова${sign}слова` };
      for (const [language, words] of [
        ['ru', '«note»: есть знак, которого не бывает на клавиатуре'],
        ['en', '"note": it has a sign that no keyboard types'],
      ] as const) {
        const answer = await curator.post(`/cases/${caseId}/commands`, body, { 'accept-language': language });
        expect(answer.json()).toMatchObject({
          ...{ status: 422, code: 'command.invalid' },
          errors: [{ path: 'note', message: expect.stringContaining(words) }],
        });
      }
      const family = { ...inventedFamily, name: `Выдумкины${sign}` };
      expect((await curator.post('/cases', opening(on, { family }))).json()).toMatchObject({
        ...{ status: 400, code: 'request.invalid' },
        errors: [{ path: 'family.name', message: expect.stringContaining('которых не бывает на клавиатуре') }],
      });
      const answered = await house.app.inject({
        ...{ method: 'POST', url: '/api/v1/agency/answer' },
        payload: { token: 'a'.repeat(43), answer: 'cannot', text: `слова${sign}` },
      });
      expect(answered.json()).toMatchObject({ status: 400, errors: [{ path: 'text' }] });
    },
  );

  it('an address that cannot be read', async () => {
    const answer = await house.app.inject({ method: 'GET', url: '/%E0%A4%A' });
    expect(answer.json()).toMatchObject({ status: 400, code: 'request.invalid' });
  });
});

describe('a foreign page', () => {
  it('does not become our own by a name that it makes lead here', async () => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      headers: { origin: 'http://rebound.example', host: 'rebound.example' },
      payload: { email: anna.email, password: 'x' },
    });
    expect(answer.json()).toMatchObject({ status: 403, code: 'origin.foreign' });
  });
});
