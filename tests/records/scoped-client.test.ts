import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { ask, createDatabase, send, type Database, type Tx } from '../../platform/database/scope.ts';
import { sql } from '../../platform/database/sql.ts';
import { inScopeOf, ScopedClient } from '../../platform/database/scoped-client.ts';
import { createTestOffice, createTestRecords, openTestCase, type TestOffice, type TestRecords } from './support.ts';

let records: TestRecords;
let ours: TestOffice;
let theirs: TestOffice;
let caseId: string;
/** Two connections, so that what one transaction leaves behind meets the next one. */
let db: Database;

beforeAll(async () => {
  records = await createTestRecords();
  ours = await createTestOffice(records.db);
  theirs = await createTestOffice(records.db);
  ({ caseId } = await openTestCase(records.deps, ours));
  db = createDatabase({ ...records.database, connections: 2 });
});
afterAll(async () => {
  await db.close();
  await records.close();
});

const patiently = { timeout: 10_000 };

const seenBy = ({ institutionId }: { institutionId: string }) =>
  db.inScope({ institutionId }, async (tx) => (await tx.institution.findMany()).map(({ id }) => id));

it('begins no transaction without a scope, and in one only that of its institution', async () => {
  const client = new ScopedClient({ connectionString: records.database.appUrl });
  await client.connect();
  try {
    expect(() => client.query('BEGIN')).toThrow(/outside a scope/);
    expect(() => client.query({ text: 'BEGIN' })).toThrow(/outside a scope/);
    await inScopeOf(ours, async () => client.query('BEGIN'));
    expect((await client.query<{ id: string }>('SELECT id FROM institutions')).rows).toEqual([
      { id: ours.institutionId },
    ]);
    await client.query('ROLLBACK');
    expect((await client.query('SELECT id FROM institutions')).rows).toEqual([]);
  } finally {
    await client.end();
  }
});

it('takes an id for an id, whatever stands in it', async () => {
  const hostile = `${ours.institutionId}', true); DELETE FROM notices; SELECT ('`;
  await expect(seenBy({ institutionId: hostile })).rejects.toThrow();
  await expect(db.inScope({ ...ours, turnOf: `' OR true OR '` }, () => Promise.resolve())).rejects.toThrow();
  expect(await Promise.all([seenBy(ours), seenBy(theirs), seenBy(ours)])).toEqual([
    [ours.institutionId],
    [theirs.institutionId],
    [ours.institutionId],
  ]);
});

it('holds a case’s turn to the end of its transaction, and locks nothing of another institution', async () => {
  const said: string[] = [];
  let leave = (): void => undefined;
  const first = db.inScope({ ...ours, turnOf: caseId }, async () => {
    said.push('first begins');
    await new Promise<void>((done) => (leave = done));
    said.push('first ends');
  });
  await vi.waitFor(() => expect(said).toEqual(['first begins']), patiently);
  // A stranger's turn of the same case is no turn: he neither waits for it nor keeps anybody waiting.
  await db.inScope({ ...theirs, turnOf: caseId }, (tx) => reading(tx).then(() => said.push('stranger')));
  const second = db.inScope({ ...ours, turnOf: caseId }, (tx) => reading(tx).then(() => said.push('second')));
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), patiently);
  leave();
  await Promise.all([first, second]);
  expect(said).toEqual(['first begins', 'stranger', 'first ends', 'second']);
});

it('a turn that could not be taken leaves no half-begun transaction to whoever comes next', async () => {
  let leave = (): void => undefined;
  const begun = vi.fn();
  const first = db.inScope({ ...ours, turnOf: caseId }, async (tx) => {
    // Its turn is taken when its first statement is answered, not before.
    await reading(tx).then(begun);
    await new Promise<void>((done) => (leave = done));
  });
  await vi.waitFor(() => expect(begun).toHaveBeenCalled(), patiently);
  const second = db.inScope({ ...ours, turnOf: caseId }, () => Promise.resolve());
  const refused = expect(second).rejects.toThrow();
  const [waiter] = await vi.waitFor(async () => {
    const found = await waiting();
    expect(found).toHaveLength(1);
    return found;
  }, patiently);
  await records.owner.query('SELECT pg_cancel_backend($1)', [waiter?.pid]);
  await refused;
  expect(await seenBy(theirs)).toEqual([theirs.institutionId]);
  leave();
  await first;
  expect(await Promise.all([seenBy(theirs), seenBy(ours)])).toEqual([[theirs.institutionId], [ours.institutionId]]);
});

it('fails whole where a statement failed that nobody waited for, and in the driver’s words', async () => {
  const agencies = () => seenAgencies(ours);
  const before = await agencies();
  const add = (code: string) =>
    sql`INSERT INTO agencies (id, institution_id, code, name, email) VALUES (gen_random_uuid(), ${ours.institutionId}::uuid, ${code}, 'x', 'x')`;
  for (const then of [
    () => Promise.resolve(),
    (tx: Tx) => tx.agency.count(),
    (tx: Tx) => ask(tx, sql`SELECT 1 AS one`),
  ]) {
    const doomed = db.inScope(ours, async (tx) => {
      send(tx, add('new'));
      send(tx, add('school'));
      await then(tx);
    });
    await expect(doomed).rejects.toMatchObject({ code: '23505', table: 'agencies' });
    expect(await Promise.all([agencies(), agencies()])).toEqual([before, before]);
  }
  await db.inScope(ours, (tx) => Promise.resolve(send(tx, add('new'))));
  expect(await agencies()).toEqual([...before, 'new'].sort());
});

it('answers nothing for done that a fault inside has undone, whoever swallowed the fault', async () => {
  const before = await seenAgencies(ours);
  const swallowing = db.inScope(ours, async (tx) => {
    await tx.$executeRaw`INSERT INTO agencies (id, institution_id, code, name, email) VALUES (gen_random_uuid(), ${ours.institutionId}::uuid, 'lost', 'x', 'x')`;
    await ask(tx, sql`SELECT 1 / 0`).catch(() => undefined);
    return 'accepted';
  });
  await expect(swallowing).rejects.toThrow(/not committed/);
  expect(await Promise.all([seenAgencies(ours), seenAgencies(ours)])).toEqual([before, before]);
});

it('lets nobody ask on a connection whose transaction is over', async () => {
  let kept: Tx | undefined;
  await db.inScope(ours, (tx) => Promise.resolve((kept = tx)));
  const late = kept as unknown as Tx;
  await expect(ask(late, sql`SELECT 1 AS one`)).rejects.toThrow(/running transaction/);
  expect(() => send(late, sql`SELECT 1 AS one`)).toThrow(/running transaction/);
});

const seenAgencies = ({ institutionId }: { institutionId: string }) =>
  db.inScope({ institutionId }, async (tx) =>
    (await ask<{ code: string }>(tx, sql`SELECT code FROM agencies ORDER BY code`)).map(({ code }) => code),
  );

const reading = (tx: Tx) => ask(tx, sql`SELECT 1 AS one`);

const waiting = async (): Promise<{ pid: number }[]> =>
  (
    await records.owner.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
  ).rows;
