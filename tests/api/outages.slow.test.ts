import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { acceptCommand } from '../../platform/records/accept-command.ts';
import { moveToNoon } from './support/around-noon.ts';
import type { Answers } from './support/answers.ts';
import { clientOf, opening, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';

let house: House;
let anna: Person;
let curator: Client;
let today: string;
let caseId: string;

beforeAll(async () => {
  house = await openHouse({ working: true });
  await moveToNoon(house);
  anna = await house.hire('curator');
  curator = clientOf(house, anna);
  today = (await curator.get('/me')).json<{ today: string }>().today;
  caseId = await curator.openCase(opening(today));
});
afterAll(() => house.close());

const office = () => {
  if (!house.office) throw new Error('a working house has an office');
  return house.office;
};
const visits = async (): Promise<number> =>
  (await curator.get(`/cases/${caseId}/events?limit=200`))
    .json<Answers['events']>()
    .items.filter(({ kind }) => kind === 'visitRecorded').length;

describe('a command', () => {
  it('that finds no worker is answered "outcome unknown", and its repeat is done once', async () => {
    const before = await visits();
    const body = { command: 'recordVisit', on: today, kind: 'home' };
    const key = { 'idempotency-key': randomUUID() };
    await office().stopWorker();
    const lost = await curator.post(`/cases/${caseId}/commands`, body, key);
    expect(lost.statusCode).toBe(503);
    expect(lost.headers['retry-after']).toBe('5');
    expect(lost.json()).toMatchObject({
      code: 'command.outcome-unknown',
      detail: expect.stringContaining('Idempotency-Key'),
    });
    await office().startWorker();
    const done = await curator.post(`/cases/${caseId}/commands`, body, key);
    expect(done.statusCode).toBe(200);
    expect(await visits()).toBe(before + 1);
  });

  it('that is not done in 10 s is answered 202, and found done afterwards', async () => {
    const before = await visits();
    const blocker = new pg.Client({ connectionString: house.testDatabase.ownerUrl });
    await blocker.connect();
    // Another test's failure drops the database under it.
    blocker.on('error', () => undefined);
    await blocker.query('BEGIN');
    // The owner is bound by row-level security like everybody: it names the institution whose row it holds.
    await blocker.query(`SELECT set_config('kurator.institution_id', $1, true)`, [house.institutionId]);
    await blocker.query('SELECT 1 FROM case_keys WHERE case_id = $1 FOR NO KEY UPDATE', [caseId]);
    const slow = await curator.post(`/cases/${caseId}/commands`, { command: 'recordVisit', on: today, kind: 'home' });
    expect(slow.statusCode).toBe(202);
    const { commandId } = slow.json<Answers['command']>();
    expect(slow.headers.location).toBe(`/api/v1/commands/${commandId}`);
    expect((await curator.get(`/commands/${commandId}`)).json()).toMatchObject({ state: 'pending', answer: null });
    await blocker.query('ROLLBACK');
    await blocker.end();
    await office().waitFor('the command', async () => {
      const { state } = (await curator.get(`/commands/${commandId}`)).json<{ state: string }>();
      return state === 'applied';
    });
    expect(await visits()).toBe(before + 1);
  });

  it('that finds five waiting is asked to come back', async () => {
    const waiting = Array.from({ length: 5 }, () => ({
      institutionId: house.institutionId,
      caseId,
      actor: { kind: 'user' as const, id: anna.staffId },
      idempotencyKey: randomUUID(),
      expectedSeq: null,
      body: { command: 'recordVisit', on: today },
    }));
    for (const one of waiting) await acceptCommand(house.records, one);
    const busy = await curator.post(`/cases/${caseId}/commands`, { command: 'recordVisit', on: today });
    expect(busy.statusCode).toBe(429);
    expect(busy.headers['retry-after']).toBe('2');
    expect(busy.json()).toMatchObject({ code: 'case.busy' });
  });
});

describe('readiness', () => {
  it('says what serves', async () => {
    const ready = await office().waitFor('readiness', async () => {
      const answer = await house.app.inject('/ready');
      return answer.statusCode === 200 && answer;
    });
    expect(ready.json()).toEqual({
      ready: true,
      checks: {
        database: { ok: true, detail: null },
        migrations: { ok: true, detail: null },
        engine: { ok: true, detail: null },
        worker: { ok: true, detail: null },
      },
      overdueWakes: 0,
      pendingCommands: 0,
      waitingMails: 0,
      outdated: 0,
      selfCheck: null,
    });
  });

  it('says what does not, while the process itself is well', async () => {
    const alone = await openHouse();
    const answer = await alone.app.inject('/ready');
    expect(answer.statusCode).toBe(503);
    expect(answer.json()).toMatchObject({
      ready: false,
      checks: { database: { ok: true }, migrations: { ok: true }, engine: { ok: false }, worker: { ok: false } },
    });
    expect((await alone.app.inject('/health')).statusCode).toBe(200);
    // Nor is a command lost there: it is kept, and the answer says so.
    const lonely = clientOf(alone, await alone.hire('curator'));
    const answered = await lonely.post('/cases', opening(today));
    expect(answered.json()).toMatchObject({ status: 503, code: 'engine.unavailable' });
    await alone.close();
  });
});
