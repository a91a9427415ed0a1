import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Answers } from './support/answers.ts';
import { clientOf, opening, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';

let house: House;
let anna: Person;
let curator: Client;
let head: Client;
let caseId: string;
let token: string;

beforeAll(async () => {
  house = await openHouse({ working: true });
  anna = await house.hire('curator', { department: 'north' });
  curator = clientOf(house, anna);
  head = clientOf(house, await house.hire('head', { department: 'north' }));
});
afterAll(() => house.close());

const first = '2026-03-02';
const knock = (path: string, payload: object, headers: Record<string, string> = {}) =>
  house.app.inject({ method: 'POST', url: `/api/v1/agency/${path}`, payload, headers });

/** The token in the first mail about this case that the school gets from now on. */
async function mailedToken(after = 0): Promise<string> {
  const office = house.office;
  if (!office) throw new Error('a working house has an office');
  const { number } = (await curator.get(`/cases/${caseId}`)).json<{ number: string }>();
  const mail = await office.waitFor('a mail with a link', async () =>
    office.sink.mails
      .slice(after)
      .find(({ to, text }) => to.includes('school@agency.example') && text.includes('/a#') && text.includes(number)),
  );
  return /\/a#([A-Za-z0-9_-]+)/.exec(mail.text)?.[1] ?? '';
}

const measures = 8;
let asked = 0;
let measure: string;

/** One training case for the whole file, its plan with a measure for each test. */
beforeAll(async () => {
  caseId = await curator.openCase(opening(first, { training: true }));
  await head.perform(caseId, { command: 'assignCurator', on: first, curator: anna.staffId });
  const ofSchool = { what: 'Дополнительные занятия', agency: 'school', responsible: 'завуч', dueOn: '2026-05-29' };
  for (const step of [
    { command: 'giveConsent', kind: 'personalData', member: 'parent' },
    { command: 'signAgreement' },
    { command: 'recordDiagnostics', kind: 'initial' },
    {
      command: 'draftPlan',
      until: '2026-09-30',
      measures: Array.from({ length: measures }, (_, index) => ({ id: `m${index + 1}`, ...ofSchool })),
    },
    { command: 'submitPlan', to: 'commission' },
    { command: 'decidePlan', by: 'commission', decision: 'approve', resolutionNo: '1' },
  ]) {
    await curator.perform(caseId, { on: first, ...step });
  }
}, 60_000);

/** The school is asked to carry out one more measure. */
beforeEach(async () => {
  const before = house.office?.sink.mails.length ?? 0;
  measure = `m${++asked}`;
  await curator.perform(caseId, { command: 'giveMeasure', on: first, agency: 'school', measure, dueOn: '2026-05-29' });
  token = await mailedToken(before);
});

const requests = async () =>
  (await curator.get(`/cases/${caseId}/requests`))
    .json<Answers['requests']>()
    .items.filter(({ subject }) => subject === measure);

describe('an agency’s link', () => {
  it('shows what is asked and nothing of the family, however often it is opened', async () => {
    for (let look = 0; look < 3; look++) {
      const answer = await knock('request', { token });
      expect(answer.statusCode).toBe(200);
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.json()).toMatchObject({
        state: 'waiting',
        kind: 'measure',
        what: 'Дополнительные занятия',
        dueOn: '2026-05-29',
        caseNumber: expect.stringMatching(/^\d{4}-\d{4}$/),
        receipt: null,
      });
      expect(answer.body).not.toMatch(/Выдумк|Несуществующий/);
    }
  });

  it('takes an answer once, however often it is sent, and gives its receipt', async () => {
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => knock('answer', { token, answer: 'done', text: 'Занятия проведены' })),
    );
    expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map(({ body }) => body)).size).toBe(1);
    expect(answers[0]!.json()).toMatchObject({
      number: expect.stringMatching(/^\d{4}-\d{4}\/\d+$/),
      on: first,
      answer: 'done',
      until: null,
    });
    const { items } = (await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>();
    const answered = items.filter(({ kind, data }) => kind === 'requestAnswered' && data['subject'] === measure);
    expect(answered).toHaveLength(1);
    expect(answered[0]).toMatchObject({ by: { kind: 'link' }, texts: { text: 'Занятия проведены' } });
    expect(await requests()).toMatchObject([
      { state: 'answered', answer: { answer: 'done', text: 'Занятия проведены' } },
    ]);

    expect((await knock('request', { token })).json()).toMatchObject({
      state: 'answered',
      receipt: answers[0]!.json(),
    });
    const other = await knock('answer', { token, answer: 'cannot', text: 'передумали' });
    expect(other.json()).toMatchObject({ status: 409, code: 'request.answered' });
  });

  it('asks for a day with "need time" and for words with "cannot"', async () => {
    expect((await knock('answer', { token, answer: 'needTime' })).json()).toMatchObject({
      status: 400,
      code: 'request.invalid',
      errors: [{ path: 'until' }],
    });
    expect((await knock('answer', { token, answer: 'cannot' })).json()).toMatchObject({ errors: [{ path: 'text' }] });
    expect((await knock('answer', { token, answer: 'needTime', until: '2026-03-01' })).json()).toMatchObject({
      status: 400,
      errors: [{ path: 'until', message: expect.stringMatching(/[а-яё]/) }],
    });
    const later = await knock('answer', { token, answer: 'needTime', until: '2026-06-10' });
    expect(later.json()).toMatchObject({ answer: 'needTime', until: '2026-06-10' });
    // More time is no result: the request waits on, and the same link takes the result.
    expect((await knock('request', { token })).json()).toMatchObject({
      state: 'waiting',
      receipt: { until: '2026-06-10' },
    });
    expect((await knock('answer', { token, answer: 'done', text: 'готово' })).statusCode).toBe(200);
  });

  it('takes the same words anew after its answer was taken out of the case', async () => {
    const given = { token, answer: 'done', text: 'Занятия проведены' };
    const early = await knock('answer', given);
    const entry = Number(early.json<{ number: string }>().number.split('/')[1]);
    await head.perform(caseId, { command: 'annulEntry', on: first, entry, reason: 'ответ не о том' });
    expect((await knock('request', { token })).json()).toMatchObject({ state: 'waiting', receipt: null });
    const again = await knock('answer', given);
    expect([again.statusCode, again.json()]).toMatchObject([200, { answer: 'done' }]);
    expect(again.json()).not.toMatchObject({ number: early.json<{ number: string }>().number });
    expect(await requests()).toMatchObject([{ state: 'answered' }]);

    // While the request waits on, words said twice on a day are one answer.
    await head.perform(caseId, {
      ...{ command: 'annulEntry', on: first, reason: 'ответ не о том' },
      entry: Number(again.json<{ number: string }>().number.split('/')[1]),
    });
    const cannot = { token, answer: 'cannot', text: 'нет учителя' };
    expect((await knock('answer', cannot)).json()).toEqual((await knock('answer', cannot)).json());
    expect((await knock('answer', { ...cannot, text: 'учитель болен' })).statusCode).toBe(200);
    expect(await requests()).toMatchObject([{ state: 'sent', answer: { answer: 'cannot', text: 'учитель болен' } }]);
  });

  it('is replaced by a new one on demand, which goes to the agency’s own address', async () => {
    const before = house.office?.sink.mails.length ?? 0;
    const [request] = await requests();
    const issued = await curator.post(`/cases/${caseId}/requests/${request?.id}/link`, {});
    expect(issued.statusCode).toBe(201);
    expect(issued.body).not.toContain(token);
    const fresh = await mailedToken(before);
    expect(fresh).not.toBe(token);
    expect((await knock('request', { token })).json()).toMatchObject({
      state: 'expired',
      what: null,
      measures: [],
      dueOn: null,
    });
    expect((await knock('answer', { token, answer: 'done' })).json()).toMatchObject({
      status: 410,
      code: 'link.expired',
    });
    expect((await knock('request', { token: fresh })).json()).toMatchObject({ state: 'waiting' });
    // The holder of the dead link asks himself; the answer tells him nothing that the mail does not.
    const again = house.office?.sink.mails.length ?? 0;
    expect((await knock('link', { token })).json()).toEqual({ sent: true });
    expect(await mailedToken(again)).not.toBe(fresh);
  });

  it('is withdrawn with its request', async () => {
    const { items } = (await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>();
    const given = items.find(({ kind, data }) => kind === 'measureGiven' && data['measure'] === measure);
    await head.perform(caseId, { command: 'annulEntry', on: first, entry: given?.seq, reason: 'ошибка' });
    expect((await knock('request', { token })).json()).toMatchObject({ state: 'withdrawn', what: null });
    expect((await knock('answer', { token, answer: 'done' })).json()).toMatchObject({
      status: 410,
      code: 'link.withdrawn',
    });
    expect((await knock('link', { token })).json()).toMatchObject({ status: 410, code: 'link.withdrawn' });
  });

  it('opens nothing when it is forged, and nothing by a GET', async () => {
    const forged = [`${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`, 'x'.repeat(43), anna.staffId.repeat(2)];
    for (const wrong of forged) {
      for (const path of ['request', 'answer', 'link']) {
        const answer = await knock(path, { token: wrong, answer: 'done' });
        expect(answer.json()).toMatchObject({ status: 404, code: 'link.unknown' });
      }
    }
    const got = await house.app.inject({ method: 'GET', url: `/api/v1/agency/request?token=${token}` });
    expect(got.statusCode).toBe(404);
  });

  // Last: it moves the clock of the one case.
  it('dies with its day on the case’s own clock', async () => {
    await curator.post(`/cases/${caseId}/advance`, { to: '2026-08-01' });
    expect((await knock('request', { token })).json()).toMatchObject({ state: 'expired', what: null });
    expect((await knock('answer', { token, answer: 'done' })).json()).toMatchObject({ status: 410 });
  });
});
