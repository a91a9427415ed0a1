import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { createDatabase, type Database } from '../../platform/database/scope.ts';
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
    await inScopeOf(ours, () => client.query('BEGIN'));
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
  await db.inScope({ ...theirs, turnOf: caseId }, () => Promise.resolve(said.push('stranger')));
  const second = db.inScope({ ...ours, turnOf: caseId }, () => Promise.resolve(said.push('second')));
  await vi.waitFor(async () => expect(await waiting()).toHaveLength(1), patiently);
  leave();
  await Promise.all([first, second]);
  expect(said).toEqual(['first begins', 'stranger', 'first ends', 'second']);
});

it('a turn that could not be taken leaves no half-begun transaction to whoever comes next', async () => {
  let leave = (): void => undefined;
  const first = db.inScope({ ...ours, turnOf: caseId }, () => new Promise<void>((done) => (leave = done)));
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

const waiting = async (): Promise<{ pid: number }[]> =>
  (
    await records.owner.query<{ pid: number }>(
      `SELECT pid FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
    )
  ).rows;
