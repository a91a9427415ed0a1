import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addDays } from '../../domain/calendar/civil.ts';
import { checkCase } from '../../platform/records/check-case.ts';
import { clientOf, inventedFamily, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';
import type { Answers } from './support/answers.ts';

let house: House;
let head: Client;
let curator: Client;
let headPerson: Person;
let curatorPerson: Person;

beforeAll(async () => {
  house = await openHouse({ working: true });
  headPerson = await house.hire('head');
  curatorPerson = await house.hire('curator');
  head = clientOf(house, headPerson);
  curator = clientOf(house, curatorPerson);
});
afterAll(() => house.close());

const on = '2026-06-01';

/** A family whose plan was sent in January; a request is unanswered, a monitoring and a measure are late. */
const past = (more: object[] = []) => [
  { on: '2026-01-15', command: 'openCase', ground: 'application', category: 'sop', form: 'group' },
  { on: '2026-01-15', command: 'assignCurator', curator: curatorPerson.staffId },
  { on: '2026-01-15', command: 'giveConsent', kind: 'personalData', member: 'parent' },
  { on: '2026-01-15', command: 'signAgreement', member: 'parent' },
  { on: '2026-01-20', command: 'recordDiagnostics', kind: 'initial', note: 'Первая беседа с Ниной' },
  {
    on: '2026-02-03',
    command: 'draftPlan',
    until: '2026-12-31',
    measures: [
      { id: 'm1', what: 'Помощь в учёбе', agency: 'school', responsible: 'завуч', dueOn: '2026-05-15' },
      { id: 'm2', what: 'Осмотр', agency: 'clinic', responsible: 'врач', dueOn: '2026-09-15' },
    ],
  },
  { on: '2026-02-04', command: 'submitPlan', to: 'commission' },
  // Clause 3.2 asks for 20 days from the agreement, 4 February: this is late, and it is how it was.
  { on: '2026-02-10', command: 'decidePlan', by: 'commission', decision: 'approve', resolutionNo: '5' },
  { on: '2026-02-11', command: 'sendPlan', to: ['school', 'clinic'] },
  { on: '2026-02-12', command: 'answerRequest', entry: 9, subject: 'school', answer: 'done' },
  ...more,
];
const adoption = (more: object = {}) => ({
  on,
  family: inventedFamily,
  regulation: 'borovichi@1',
  training: true,
  facts: past(),
  ...more,
});

const office = () => {
  if (!house.office) throw new Error('the house works');
  return house.office;
};

describe('a family already under way', () => {
  let caseId: string;

  it('is previewed with what would be late today, and nothing is written', async () => {
    const answer = await head.post('/cases/adopt/preview', adoption());
    expect(answer.statusCode).toBe(200);
    const preview = answer.json<{ accepted: boolean; stage: string; late: { rule: string; dueOn: string }[] }>();
    expect(preview).toMatchObject({ accepted: true, stage: 'activity' });
    expect(preview.late.map(({ rule }) => rule)).toEqual(
      expect.arrayContaining(['monitoring', 'measure', 'acknowledgement']),
    );
    expect((await head.get('/cases')).json<Answers['cases']>().items).toEqual([]);
    expect(await house.db.inScope(house, (tx) => tx.command.count())).toBe(0);
  });

  it('enters in one transaction, shows what is late, and repeated with its key enters once', async () => {
    const key = { 'idempotency-key': 'adoption-of-a-family' };
    const answer = await head.post('/cases/adopt', adoption(), key);
    expect(answer.statusCode, answer.body).toBe(201);
    const { caseId: adopted, ...answered } = answer.json<Answers['command']>();
    caseId = adopted;
    expect(answered).toMatchObject({ stage: 'activity', result: { advice: [] } });
    expect((await head.post('/cases/adopt', adoption(), key)).json<Answers['command']>()).toMatchObject({
      caseId,
      seq: answered.seq,
    });
    const view = (await curator.get(`/cases/${caseId}`)).json<Answers['case']>();
    expect(view).toMatchObject({ openedOn: '2026-01-15', curator: { id: curatorPerson.staffId }, stage: 'activity' });
    expect(view.late).toBeGreaterThan(0);
    const events = (await curator.get(`/cases/${caseId}/events?limit=200`)).json<Answers['events']>().items;
    expect(events.filter(({ by }) => by.kind === 'user').length).toBe(answered.seq);
    expect(events.find(({ kind }) => kind === 'diagnosticsRecorded')?.texts).toEqual({ note: 'Первая беседа с Ниной' });
    expect(new Set(events.map(({ recordedOn }) => recordedOn))).toEqual(new Set([on]));
    const approval = (await curator.get(`/cases/${caseId}/duties`))
      .json<Answers['duties']>()
      .items.find(({ rule }) => rule === 'planApproval');
    expect(approval).toMatchObject({ state: 'met late', dueOn: '2026-02-04', metOn: '2026-02-10' });
    expect(await house.db.inScope(house, (tx) => checkCase(tx, house.records, caseId))).toEqual([]);
  });

  it('has asked its agencies before: none of it is sent, and their answers are taken', async () => {
    const { items } = (await curator.get(`/cases/${caseId}/requests`)).json<Answers['requests']>();
    expect(items.map(({ agency, state }) => `${agency.code} ${state}`).sort()).toEqual([
      'clinic sent',
      'school answered',
    ]);
    const done = await curator.perform(caseId, {
      command: 'answerRequest',
      on,
      entry: 9,
      subject: 'clinic',
      answer: 'done',
    });
    expect(done.result.entries).toHaveLength(1);
  });

  it('writes no mail of its past, and the next reminder on its day', async () => {
    const { sink } = office();
    const told = () => sink.mails.map(({ caseDay, subject }) => `${caseDay} ${subject}`);
    // The answer given today is told of at once; it is the first mail of this case.
    await office().waitFor('the answer', async () => sink.mails.length > 0);
    const next = await head.post(`/cases/${caseId}/advance`, { to: 'nextEvent' });
    const { today } = next.json<Answers['advanced']>();
    expect(today > on).toBe(true);
    await office().waitForMail('the next event', ({ caseDay }) => caseDay === today);
    // A request sent again, or a step of the past made up for, would stand here beside it.
    expect(told().filter((line) => line < addDays(on, 1))).toEqual([expect.stringContaining(on)]);
    const notices = await house.db.inScope(house, (tx) => tx.notice.findMany({ where: { caseId } }));
    expect(notices.filter(({ caseDay }) => caseDay !== null && caseDay < new Date(on))).toEqual([]);
  });
});

describe('an adoption that cannot be', () => {
  const countOf = () => house.db.inScope(house, (tx) => tx.case.count());

  it('names each fault of the input by the place of the fact', async () => {
    const facts = [
      ...past(),
      { on: '2026-03-01', command: 'recordVisit', colour: 'red' },
      { on: '2026-03-02', command: 'recordVisit', recordedOn: on },
    ];
    const answer = await head.post('/cases/adopt', adoption({ facts }));
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Answers['problem']>()).toMatchObject({
      code: 'command.invalid',
      errors: [{ path: 'facts.10.colour' }, { path: 'facts.11.recordedOn' }],
    });
  });

  it('names what cannot be a fact, and applies nothing by halves', async () => {
    const before = await countOf();
    const facts = past([
      { on: '2026-03-01', command: 'giveMeasure', agency: 'nobody', what: 'x', dueOn: '2026-04-01' },
      { on: '2026-02-01', command: 'recordVisit', kind: 'planned' },
    ]);
    const answer = await head.post('/cases/adopt', adoption({ facts }));
    expect(answer.statusCode).toBe(422);
    expect(answer.json<Answers['problem']>()).toMatchObject({
      code: 'past.refused',
      errors: [{ path: 'facts.10' }, { path: 'facts.11' }],
      missing: [{}, {}],
    });
    expect(await countOf()).toBe(before);
  });

  it('is the head’s alone, and begins no other way', async () => {
    expect((await curator.post('/cases/adopt', adoption())).statusCode).toBe(403);
    expect((await curator.post('/cases/adopt/preview', adoption())).statusCode).toBe(403);
    const { caseId } = (await head.post('/cases/adopt', adoption())).json<{ caseId: string }>();
    const again = await head.post(`/cases/${caseId}/commands`, { command: 'adoptCase', on, facts: [] });
    expect(again.statusCode).toBe(400);
  });
});
