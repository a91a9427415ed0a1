import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveToNoon } from './support/around-noon.ts';
import type { Answers } from './support/answers.ts';
import { clientOf, inventedFamily, opening, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';

let house: House;
let anna: Person;
let curator: Client;
let head: Client;
let today: string;

beforeAll(async () => {
  house = await openHouse({ working: true });
  await moveToNoon(house);
  anna = await house.hire('curator', { department: 'one' });
  curator = clientOf(house, anna);
  head = clientOf(house, await house.hire('head', { department: 'one' }));
  today = (await curator.get('/me')).json<{ today: string }>().today;
});
afterAll(() => house.close());

/** A case with a curator and a personal-data consent, opened today. */
async function openedCase(): Promise<string> {
  const caseId = await curator.openCase(opening(today));
  await head.perform(caseId, { command: 'assignCurator', on: today, curator: anna.staffId });
  return caseId;
}

describe('a case', () => {
  it('is opened, shown with its family and its duties, and found by the name', async () => {
    const answer = await curator.post('/cases', opening(today));
    expect(answer.statusCode).toBe(201);
    const { caseId, seq, stage } = answer.json<Answers['command']>();
    expect(answer.headers.location).toBe(`/api/v1/cases/${caseId}`);
    expect({ seq, stage }).toEqual({ seq: 1, stage: 'diagnostic' });
    await head.perform(caseId, { command: 'assignCurator', on: today, curator: anna.staffId });

    const view = await curator.get(`/cases/${caseId}`);
    expect(view.statusCode).toBe(200);
    expect(view.json()).toMatchObject({
      id: caseId,
      number: expect.stringMatching(/^\d{4}-\d{4}$/),
      family: { name: inventedFamily.name, members: [{ id: 'parent' }, { id: 'child1' }] },
      regulation: { id: 'borovichi', version: 1 },
      curator: { id: anna.staffId },
      openedOn: today,
      today,
      stages: [{ stage: 'diagnostic', from: today, to: null }],
    });
    expect(view.headers.etag).toBe(`"${view.json<Answers['case']>().seq}"`);

    const found = (await curator.get(`/cases?q=${encodeURIComponent('выдумк')}`)).json<Answers['cases']>();
    expect(found.items.map((item) => item.id)).toContain(caseId);
    const events = (await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>();
    expect(events.items.map((item) => item.kind)).toEqual(['curatorAssigned', 'caseOpened']);
    expect(events.items[0]?.by).toEqual({ kind: 'user', name: 'Придуманный head' });
  });

  it('is opened once by five equal attempts at once, and all are told the same', async () => {
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => curator.post('/cases', opening(today), { 'idempotency-key': key })),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([201, 201, 201, 201, 201]);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    const { caseId } = answers[0]!.json<Answers['command']>();
    expect((await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>().items).toHaveLength(1);
  });

  it('explains each of its duties', async () => {
    const caseId = await openedCase();
    await curator.perform(caseId, { command: 'giveConsent', on: today, kind: 'personalData', member: 'parent' });
    await curator.perform(caseId, { command: 'signAgreement', on: today, member: 'parent' });
    const { items } = (await curator.get(`/cases/${caseId}/duties`)).json<Answers['duties']>();
    const approval = items.find((duty) => duty.rule === 'planApproval');
    expect(approval).toMatchObject({
      clause: expect.stringContaining('3.2'),
      awaited: { kind: 'body', code: 'commission' },
      state: 'open',
    });
    expect(approval?.why.length).toBeGreaterThan(1);
  });
});

describe('a command', () => {
  it('given five times at once with one key makes one fact, and all are answered the same', async () => {
    const caseId = await openedCase();
    const body = { command: 'recordVisit', on: today, kind: 'home', place: 'home' };
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => curator.post(`/cases/${caseId}/commands`, body, { 'idempotency-key': key })),
    );
    expect(answers.map((answer) => answer.statusCode)).toEqual([200, 200, 200, 200, 200]);
    expect(new Set(answers.map((answer) => answer.body)).size).toBe(1);
    const { items } = (await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>();
    expect(items.filter((item) => item.kind === 'visitRecorded')).toHaveLength(1);
  });

  it('of another body under a used key is refused, and nothing is written', async () => {
    const caseId = await openedCase();
    const key = { 'idempotency-key': randomUUID() };
    const body = { command: 'recordVisit', on: today, kind: 'home', place: 'home' };
    expect((await curator.post(`/cases/${caseId}/commands`, body, key)).statusCode).toBe(200);
    const other = await curator.post(`/cases/${caseId}/commands`, { ...body, kind: 'office' }, key);
    expect(other.statusCode).toBe(422);
    expect(other.json()).toMatchObject({ code: 'command.key-reused' });
    expect((await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>().items).toHaveLength(3);
  });

  it('needs a key', async () => {
    const caseId = await openedCase();
    const answer = await house.app.inject({
      method: 'POST',
      url: `/api/v1/cases/${caseId}/commands`,
      headers: { cookie: anna.cookie },
      payload: { command: 'recordVisit', on: today },
    });
    expect(answer.statusCode).toBe(400);
    expect(answer.json()).toMatchObject({
      code: 'command.key-missing',
      detail: expect.stringContaining('Idempotency-Key'),
    });
  });

  it('is refused by its clause with what is missing, and the same key gets the same refusal', async () => {
    const caseId = await openedCase();
    const key = { 'idempotency-key': randomUUID() };
    const body = { command: 'drawConclusion', on: today, kind: 'final', by: 'commission', decision: 'stop' };
    const first = await curator.post(`/cases/${caseId}/commands`, body, key);
    expect(first.statusCode).toBe(409);
    expect(first.json()).toMatchObject({
      clause: expect.stringContaining('3.4'),
      detail: expect.stringMatching(/[а-яё]/),
    });
    const again = await curator.post(`/cases/${caseId}/commands`, body, key);
    expect({ ...again.json(), requestId: '' }).toEqual({ ...first.json(), requestId: '' });
  });

  it('with faults is told each by its path, in both languages', async () => {
    const caseId = await openedCase();
    const faulty = { command: 'setLevel', on: today, level: 'sky', colour: 'blue' };
    const russian = await curator.post(`/cases/${caseId}/commands`, faulty);
    expect(russian.statusCode).toBe(422);
    expect(russian.json()).toMatchObject({
      code: 'command.invalid',
      errors: expect.arrayContaining([
        { path: 'level', message: expect.stringMatching(/[а-яё]/) },
        { path: 'colour', message: expect.stringMatching(/[а-яё]/) },
      ]),
    });
    const english = await curator.post(`/cases/${caseId}/commands`, faulty, { 'accept-language': 'en' });
    expect(english.json<Answers['problem']>().errors[0]?.message).not.toMatch(/[а-яё]/);
    const scenarioOnly = await curator.post(`/cases/${caseId}/commands`, {
      command: 'recordVisit',
      on: today,
      recordedOn: today,
    });
    expect(scenarioOnly.json()).toMatchObject({ status: 422, errors: [{ path: 'recordedOn' }] });
    const future = await curator.post(`/cases/${caseId}/commands`, { command: 'recordVisit', on: '2199-01-01' });
    expect(future.json()).toMatchObject({ status: 422, code: 'entry.day-in-future' });
  });

  it('against a state that has moved on is refused by If-Match', async () => {
    const caseId = await openedCase();
    const visit = { command: 'recordVisit', on: today, kind: 'home' };
    const { etag } = (await curator.get(`/cases/${caseId}`)).headers;
    expect((await curator.post(`/cases/${caseId}/commands`, visit, { 'if-match': etag as string })).statusCode).toBe(
      200,
    );
    const stale = await curator.post(`/cases/${caseId}/commands`, visit, { 'if-match': etag as string });
    expect(stale.statusCode).toBe(412);
    expect(stale.json()).toMatchObject({ code: 'state.stale' });
  });

  it('to a version that nobody has published is refused, also in the place of a corrected entry', async () => {
    const caseId = await openedCase();
    await curator.perform(caseId, { command: 'recordVisit', on: today, kind: 'home' });
    const move = { command: 'moveToVersion', on: today, version: 99, reason: 'новая редакция' };
    const correction = { command: 'correctEntry', on: today, entry: 3, reason: 'не то', replacement: move };
    for (const command of [move, correction]) {
      const refused = await head.post(`/cases/${caseId}/commands`, command);
      expect([refused.statusCode, refused.json()]).toMatchObject([422, { code: 'version.unknown' }]);
    }
    expect((await head.get(`/cases/${caseId}`)).json()).toMatchObject({ seq: 3, regulation: { version: 1 } });
  });

  it('shows in its preview what it would move, and writes nothing', async () => {
    const caseId = await openedCase();
    const preview = await curator.post(`/cases/${caseId}/preview`, { command: 'signAgreement', on: today });
    expect(preview.statusCode).toBe(200);
    const { accepted, appears } = preview.json<Answers['preview']>();
    expect(accepted).toBe(true);
    expect(appears.map((duty) => duty.rule)).toContain('planApproval');
    expect((await curator.get(`/cases/${caseId}/events`)).json<Answers['events']>().items).toHaveLength(2);
  });

  it('tells in its preview what a command fulfils, and what the end of support takes away', async () => {
    const caseId = await openedCase();
    await curator.post(`/cases/${caseId}/commands`, { command: 'signAgreement', on: today });
    const ask = async (body: Record<string, unknown>) =>
      (await curator.post(`/cases/${caseId}/preview`, { on: today, ...body })).json<Answers['preview']>();
    const rules = (duties: { rule: string }[]): string[] => duties.map(({ rule }) => rule);
    const diagnostics = await ask({ command: 'recordDiagnostics', kind: 'initial' });
    expect(rules(diagnostics.meets)).toEqual(['diagnosis']);
    const end = await ask({ command: 'endSupport', ground: 'refusal' });
    expect(rules(end.disappears)).toEqual(expect.arrayContaining(['diagnosis', 'planApproval', 'planDispatch']));
    expect(end.meets).toEqual([]);
  });

  it('is found again by its id', async () => {
    const caseId = await openedCase();
    const answer = await curator.post(`/cases/${caseId}/commands`, { command: 'recordVisit', on: today, kind: 'home' });
    const { commandId } = answer.json<Answers['command']>();
    const found = await curator.get(`/commands/${commandId}`);
    expect(found.json()).toMatchObject({
      id: commandId,
      command: 'recordVisit',
      state: 'applied',
      answer: answer.json(),
      refusal: null,
    });
    const stranger = clientOf(house, await house.hire('curator', { department: 'two' }));
    expect((await stranger.get(`/commands/${commandId}`)).statusCode).toBe(403);
  });
});

describe('what can be done now', () => {
  it('says for every command that it may, or what is missing', async () => {
    const caseId = await openedCase();
    const { items } = (await curator.get(`/cases/${caseId}/actions`)).json<Answers['actions']>();
    const of = (command: string) => items.find((item) => item.command === command);
    expect(of('recordVisit')).toEqual({ command: 'recordVisit', named: true, allowed: true, refusal: null });
    expect(of('recordService')).toMatchObject({ named: false, allowed: true });
    expect(of('startPostSupport')).toMatchObject({
      allowed: false,
      refusal: { clause: expect.any(String), missing: expect.any(Array) },
    });
    expect(of('issueOrder')).toMatchObject({
      allowed: false,
      refusal: { code: 'access.denied', text: { ru: 'Это может: заведующий отделением.' } },
    });
  });
});

describe('a training case', () => {
  it('goes to its next event and to a day, never back; a real one does not move', async () => {
    const caseId = await curator.openCase(opening('2026-03-02', { training: true }));
    await head.perform(caseId, { command: 'assignCurator', on: '2026-03-02', curator: anna.staffId });
    await curator.perform(caseId, { command: 'giveConsent', on: '2026-03-02', kind: 'personalData', member: 'parent' });
    await curator.perform(caseId, { command: 'signAgreement', on: '2026-03-02' });
    const next = await curator.post(`/cases/${caseId}/advance`, { to: 'nextEvent' });
    expect(next.statusCode).toBe(200);
    expect(next.json<Answers['advanced']>().today > '2026-03-02').toBe(true);
    expect(next.json<Answers['advanced']>().fired).toBeGreaterThan(0);
    const day = await curator.post(`/cases/${caseId}/advance`, { to: '2026-03-24' });
    expect(day.json()).toMatchObject({ today: '2026-03-24' });
    const late = (await curator.get(`/cases/${caseId}/duties`))
      .json<Answers['duties']>()
      .items.filter((duty) => duty.state === 'overdue');
    expect(late.map((duty) => duty.rule)).toContain('planApproval');
    expect((await curator.post(`/cases/${caseId}/advance`, { to: '2026-03-01' })).json()).toMatchObject({
      status: 422,
      code: 'clock.backwards',
    });
    const real = await openedCase();
    expect((await curator.post(`/cases/${real}/advance`, { to: 'nextEvent' })).json()).toMatchObject({
      status: 409,
      code: 'case.not-training',
    });
  });
});
