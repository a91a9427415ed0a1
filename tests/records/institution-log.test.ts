import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { ask } from '../../platform/database/scope.ts';
import { sql } from '../../platform/database/sql.ts';
import { withAccepted } from '../../platform/records/accept-command.ts';
import { verifyChain } from '../../platform/records/verify-chain.ts';
import type { NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { performInInstitution } from '../../platform/records/perform-in-institution.ts';
import { listTimeline } from '../../platform/records/read-timeline.ts';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { runRecordsCommand } from './run-records-command.ts';
import { acceptOnly, createTestOffice, createTestRecords, type TestOffice, type TestRecords } from './support.ts';

const today = new Date('2026-05-13T07:00:00Z');
const reason = 'Выдуманная Мария ошиблась кварталом';

let records: TestRecords;
let office: TestOffice;
let deps: RecordsDeps;

beforeAll(async () => {
  records = await createTestRecords();
  deps = { ...records.deps, rules: loadRules(), now: () => today };
});
afterAll(() => records.close());
beforeEach(async () => {
  office = await createTestOffice(records.db, 'gus-khrustalny');
  await records.db.inScope(office, (tx) => tx.institution.updateMany({ data: { createdAt: today } }));
});

const give = (body: NewCommand['body'], key: string = randomUUID()) => {
  const actor = { kind: 'user' as const, id: office.curatorId };
  const command = { institutionId: office.institutionId, actor, idempotencyKey: key, body };
  return performInInstitution(deps, command);
};
const submit = (report: string) => ({ command: 'submitReport', on: '2026-05-13', report });
const verify = () => records.db.inScope(office, (tx) => verifyChain(tx, records.keyring, office.institutionId));

/** Three entries: a report, another one, the first taken back. */
async function lived(): Promise<void> {
  await give(submit('quarterly'));
  await give(submit('halfYearly'));
  await give({ command: 'annulEntry', on: '2026-05-13', entry: 1, reason });
}

describe('the chain of the institution’s own log', () => {
  /** What somebody with the owner's rights, and the will to take the guard away, could do. */
  async function tamper(sql: string): Promise<void> {
    const tables = ['events', 'event_texts'];
    for (const table of tables) await records.owner.query(`ALTER TABLE ${table} DISABLE TRIGGER USER`);
    await records.owner.query(sql, [office.institutionId]);
    for (const table of tables) await records.owner.query(`ALTER TABLE ${table} ENABLE TRIGGER USER`);
  }

  it('holds over everything that was written, and over an empty log', async () => {
    expect(await verify()).toEqual([]);
    await lived();
    expect(await verify()).toEqual([]);
  });

  it.each([
    ['the day of a report', `UPDATE events SET "on" = "on" - 30 WHERE case_id = $1 AND seq = 1`, 1, 'changed entry'],
    [
      'its period',
      `UPDATE events SET data = data || '{"period": "2026Q1"}' WHERE case_id = $1 AND seq = 2`,
      2,
      'changed entry',
    ],
    ['an entry between', `DELETE FROM events WHERE case_id = $1 AND seq = 2`, 3, 'missing entry'],
    ['the reason typed', `DELETE FROM event_texts WHERE case_id = $1 AND seq = 3`, 3, 'missing text'],
    [
      'the last report',
      `WITH t AS (DELETE FROM event_texts WHERE case_id = $1) DELETE FROM events WHERE case_id = $1 AND seq = 3`,
      null,
      'wrong head',
    ],
    [
      'the whole log',
      `WITH t AS (DELETE FROM event_texts WHERE case_id = $1) DELETE FROM events WHERE case_id = $1`,
      null,
      'wrong head',
    ],
    ['the end', `UPDATE institutions SET log_seq = 0, log_hash = NULL WHERE id = $1`, null, 'wrong head'],
  ])('names what was changed behind its back: %s', async (_what, sql, seq, fault) => {
    await lived();
    await tamper(sql);
    const found = await verify();
    expect(found).toContainEqual({ caseId: office.institutionId, seq, fault });
  });

  it('is walked by the check of the records and by each api process’ own, which name the institution', async () => {
    const other = await createTestOffice(records.db, 'gus-khrustalny');
    await lived();
    const said: object[] = [];
    const log = { info: () => undefined, error: (facts: object) => void said.push(facts) };
    const selfCheck = createSelfCheck({ records: deps, log });
    const before = await selfCheck.run();
    expect(before.failed).toBe(0);
    expect(before.differing).not.toContain(office.institutionId);
    await tamper(`UPDATE events SET data = data || '{"report": "halfYearly"}' WHERE case_id = $1 AND seq = 1`);
    const after = await selfCheck.run();
    expect(after.differing.filter((id) => !before.differing.includes(id))).toEqual([office.institutionId]);
    expect(said.at(-1)).toMatchObject({ differing: after.differing });

    const found = await runRecordsCommand(records, 'check');
    expect(found.code).toBe(1);
    expect(found.out).toContain(`institution ${office.institutionId}  chain  entry 1: changed entry\n`);
    expect(await runRecordsCommand(records, 'check', other.institutionId)).toEqual({
      code: 0,
      out: '0 cases and 1 logs of institutions checked, 0 differences\n',
    });
  });

  it('has no word that a person typed: the reason is sealed, and read back by who may', async () => {
    await lived();
    const { rows } = await records.owner.query<{ row: string }>(
      `SELECT e::text AS row FROM events e WHERE case_id = $1 UNION ALL SELECT m::text FROM commands m WHERE case_id = $1
       UNION ALL SELECT t::text FROM event_texts t WHERE case_id = $1`,
      [office.institutionId],
    );
    expect(rows).toHaveLength(7);
    expect(rows.some(({ row }) => row.includes('Выдуманная'))).toBe(false);
    const { items } = await records.db.inScope(office, (tx) =>
      listTimeline(tx, records.keyring, office.institutionId, { limit: 10 }),
    );
    expect(items[0]).toMatchObject({ kind: 'entryAnnulled', texts: { reason } });
  });
});

describe('one command path', () => {
  const waitingForLock = async () =>
    (
      await records.owner.query(
        `SELECT FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`,
      )
    ).rowCount;
  const rowsOf = (key: string) =>
    records.db.inScope(office, (tx) => tx.command.findMany({ where: { idempotencyKey: key } }));

  it('five equal attempts at once, the very first of the institution: one fact, one row, one answer', async () => {
    const five = await Promise.all(Array.from({ length: 5 }, () => give(submit('quarterly'), 'the key')));
    for (const one of five) expect(one).toEqual(five[0]);
    expect(five[0]).toMatchObject({ outcome: 'answered', answer: { accepted: true, seq: 1 } });
    expect(await rowsOf('the key')).toMatchObject([{ state: 'applied', word: 'submitReport' }]);
    expect(await records.db.inScope(office, (tx) => tx.event.count())).toBe(1);
  });

  it('five different ones at once, the very first: one after the other, without a gap, and one of equals goes in', async () => {
    const five = await Promise.all([
      ...Array.from({ length: 4 }, () => give(submit('quarterly'))),
      give(submit('halfYearly')),
    ]);
    const answers = five.map((one) => (one.outcome === 'answered' ? one.answer : null));
    expect(
      answers
        .filter((one) => one?.accepted)
        .map((one) => one?.seq)
        .sort(),
    ).toEqual([1, 2]);
    expect(answers.filter((one) => one?.refusal?.code === 'case.duplicate')).toHaveLength(3);
    expect(await verify()).toEqual([]);
  });

  it('a key that at the same moment goes to a case belongs to the one that was first: no fault', async () => {
    const actor = { kind: 'user' as const, id: office.curatorId };
    const body = { command: 'openCase', on: '2026-03-02', ground: 'application', category: 'sop' };
    const opening = { family: { name: 'Выдуманные', address: null, members: [] }, training: false, regulation: null };
    const command = { institutionId: office.institutionId, caseId: null, actor, expectedSeq: null, body, opening };
    let leave = (): void => undefined;
    const written = vi.fn();
    const first = withAccepted(deps, { ...command, idempotencyKey: 'at once' }, undefined, async (tx) => {
      await ask(tx, sql`SELECT 1 AS one`).then(written);
      await new Promise<void>((done) => (leave = done));
    });
    await vi.waitFor(() => expect(written).toHaveBeenCalled(), { timeout: 10_000 });
    const second = give(submit('quarterly'), 'at once');
    await vi.waitFor(async () => expect(await waitingForLock()).toBe(1), { timeout: 10_000 });
    leave();
    await first;
    expect(await second).toEqual({ outcome: 'keyReused' });
    expect(await rowsOf('at once')).toMatchObject([{ word: 'openCase' }]);
    expect(await give(submit('quarterly'))).toMatchObject({ answer: { accepted: true, seq: 1 } });
  });

  it('a key used for another body, or in a case, serves nothing else; a refusal is a result, kept with its key', async () => {
    await give(submit('quarterly'), 'used');
    expect(await give(submit('halfYearly'), 'used')).toEqual({ outcome: 'keyReused' });
    const actor = { kind: 'user' as const, id: office.curatorId };
    const body = { command: 'openCase', on: '2026-03-02', ground: 'application', category: 'sop' };
    const opening = { family: { name: 'Выдуманные', address: null, members: [] }, training: false, regulation: null };
    await acceptOnly(deps, { ...office, actor, body, opening, idempotencyKey: 'in a case' });
    expect(await give(submit('halfYearly'), 'in a case')).toEqual({ outcome: 'keyReused' });
    const first = await give(submit('quarterly'), 'refused');
    expect(first).toMatchObject({ answer: { accepted: false, refusal: { code: 'case.duplicate' } } });
    await give({ command: 'annulEntry', on: '2026-05-13', entry: 1, reason });
    expect(await give(submit('quarterly'), 'refused')).toEqual(first);
    expect(await give({ command: 'submitReport', on: 'yesterday' })).toMatchObject({
      answer: { refusal: { code: 'command.invalid' } },
    });
  });
});
