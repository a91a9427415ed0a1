import { randomUUID } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { findCommand } from '../../platform/records/accept-command.ts';
import { runCommand } from '../../platform/records/run-command.ts';
import { UnknownRow } from '../../platform/records/system-lookup.ts';
import { acceptOnly, createTestOffice, giveCommand, openTestCase, plan, rowsOf, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();

const kindsOf = async (caseId: string) =>
  (await rowsOf<{ kind: string }>(records, 'SELECT kind FROM events WHERE case_id = $1 ORDER BY seq', caseId)).map(
    ({ kind }) => kind,
  );
describe('a command', () => {
  it('writes facts, stage, duties and the next wake together', async () => {
    const family = await openTestCase(records.deps, office);
    const answer = await family.give({ command: 'signAgreement', on: '2026-03-02' });
    expect(answer).toMatchObject({
      accepted: true,
      seq: 2,
      stage: 'diagnostic',
      nextDueOn: '2026-03-23',
      result: { entries: [2] },
    });
    const [row] = await rowsOf<Record<string, unknown>>(
      records,
      'SELECT seq, stage, awaited, opened_by, head_hash, next_wake_at FROM cases WHERE id = $1',
      family.caseId,
    );
    expect(row).toMatchObject({
      seq: 2,
      stage: 'diagnostic',
      awaited: [{ kind: 'body', code: 'commission' }],
      opened_by: office.curatorId,
    });
    expect(await rowsOf(records, 'SELECT key, state FROM duties WHERE case_id = $1', family.caseId)).toEqual([
      { key: 'planApproval@2', state: 'open' },
    ]);
    expect(
      (
        await rowsOf<{ step: string }>(
          records,
          'SELECT step FROM agenda WHERE case_id = $1 ORDER BY at, step',
          family.caseId,
        )
      ).map(({ step }) => step),
    ).toEqual(['remind-5', 'remind-1', 'escalate-1', 'overdue', 'overdue', 'escalate-3']);
  });

  it('is done in the turn of its own case alone', async () => {
    const [one, other] = [await openTestCase(records.deps, office), await openTestCase(records.deps, office)];
    const commandId = await one.accept({ command: 'signAgreement', on: '2026-03-02' });
    const place = { institutionId: office.institutionId, caseId: other.caseId };
    await expect(runCommand(records.deps, { commandId, place })).rejects.toThrow(UnknownRow);
    expect(await kindsOf(one.caseId)).toEqual(['caseOpened']);
    const own = { ...place, caseId: one.caseId };
    expect(await runCommand(records.deps, { commandId, place: own })).toMatchObject({ accepted: true, seq: 2 });
  });

  it('that takes an entry out takes with it what followed from it', async () => {
    const family = await openTestCase(records.deps, office);
    await family.give({ command: 'signAgreement', on: '2026-03-02' });
    expect(
      (await family.give({ command: 'annulEntry', on: '2026-03-02', entry: 2, reason: 'не то дело' })).accepted,
    ).toBe(true);
    for (const table of ['duties', 'agenda'])
      expect(await rowsOf(records, `SELECT * FROM ${table} WHERE case_id = $1`, family.caseId)).toEqual([]);
  });

  it('is applied once, whoever repeats it and however many do so at once', async () => {
    const family = await openTestCase(records.deps, office);
    const commandId = await family.accept({ command: 'signAgreement', on: '2026-03-02' });
    const answers = await Promise.all(Array.from({ length: 5 }, () => runCommand(records.deps, { commandId })));
    const later = await runCommand(records.deps, { commandId });
    expect(new Set([...answers, later].map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(await kindsOf(family.caseId)).toEqual(['caseOpened', 'agreementSigned']);
  });

  it('five equal keys at once make one fact', async () => {
    const family = await openTestCase(records.deps, office);
    const key = randomUUID();
    const answers = await Promise.all(
      Array.from({ length: 5 }, () => family.give({ command: 'recordVisit', on: '2026-03-02', kind: 'home' }, key)),
    );
    expect(answers.map(({ seq }) => seq)).toEqual([2, 2, 2, 2, 2]);
    expect(await kindsOf(family.caseId)).toEqual(['caseOpened', 'visitRecorded']);
  });

  it('that is repeated later answers as it did, with the standing of today', async () => {
    const family = await openTestCase(records.deps, office);
    const commandId = await family.accept({ command: 'recordVisit', on: '2026-03-02', kind: 'home' });
    const first = await runCommand(records.deps, { commandId });
    await family.give({ command: 'signAgreement', on: '2026-03-02' });
    const again = await runCommand(records.deps, { commandId });
    expect(again).toMatchObject({ commandId, accepted: true, seq: first.seq });
    expect([first.standing.seq, again.standing.seq]).toEqual([2, 3]);
  });

  it('that is refused by a clause writes nothing but its answer', async () => {
    const family = await openTestCase(records.deps, office);
    const before = await rowsOf(records, 'SELECT * FROM cases WHERE id = $1', family.caseId);
    const answer = await family.give({ command: 'sendPlan', on: '2026-03-02', to: ['school'] });
    expect(answer).toMatchObject({ accepted: false, seq: 1, refusal: { code: 'clause.not-fulfilled', clause: '2.2' } });
    expect(await rowsOf(records, 'SELECT * FROM cases WHERE id = $1', family.caseId)).toEqual(before);
    expect(await kindsOf(family.caseId)).toEqual(['caseOpened']);
    expect(
      await rowsOf(
        records,
        `SELECT state, closed_at IS NOT NULL AS closed FROM commands WHERE case_id = $1 AND word = 'sendPlan'`,
        family.caseId,
      ),
    ).toEqual([{ state: 'refused', closed: true }]);
  });

  it('given on an older state than it names is refused as stale', async () => {
    const family = await openTestCase(records.deps, office);
    await family.give({ command: 'signAgreement', on: '2026-03-02' });
    const actor = { kind: 'user' as const, id: office.curatorId };
    const body = { command: 'recordVisit', on: '2026-03-02', kind: 'home' };
    const stale = await giveCommand(records.deps, { ...office, caseId: family.caseId, actor, body, expectedSeq: 1 });
    expect(stale.answer.refusal?.code).toBe('state.stale');
    const fresh = await giveCommand(records.deps, { ...office, caseId: family.caseId, actor, body, expectedSeq: 2 });
    expect(fresh.answer.accepted).toBe(true);
  });

  it('of the future is refused by the case’s own clock', async () => {
    const family = await openTestCase(records.deps, office);
    expect((await family.give({ command: 'recordVisit', on: '2026-03-03', kind: 'home' })).refusal?.code).toBe(
      'entry.day-in-future',
    );
    await family.give({ command: 'advanceTo', to: '2026-03-03' });
    expect((await family.give({ command: 'recordVisit', on: '2026-03-03', kind: 'home' })).accepted).toBe(true);
  });

  it('keeps what was typed sealed and out of the chain', async () => {
    const family = await openTestCase(records.deps, office);
    await family.give({ ...plan, on: '2026-03-02' });
    const [event] = await rowsOf<{ row: string; text_hashes: object }>(
      records,
      'SELECT events::text AS row, text_hashes FROM events WHERE case_id = $1 AND seq = 2',
      family.caseId,
    );
    expect(event?.row).not.toContain('Кружок');
    expect(Object.keys(event?.text_hashes ?? {})).toContain('measures.0.what');
    const [sealed] = await rowsOf<{ found: number }>(
      records,
      'SELECT position($2::bytea IN sealed) AS found FROM event_texts WHERE case_id = $1',
      family.caseId,
      Buffer.from('Кружок'),
    );
    expect(sealed).toEqual({ found: 0 });
  });
});

describe('what fails midway', () => {
  it('leaves nothing: the connection killed after the facts were written, before the commit', async () => {
    const family = await openTestCase(records.deps, office);
    const commandId = await family.accept({ command: 'signAgreement', on: '2026-03-02' });
    await records.owner.query(`
      CREATE FUNCTION die_once() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
      CREATE TRIGGER die BEFORE UPDATE ON commands FOR EACH ROW EXECUTE FUNCTION die_once();
      GRANT EXECUTE ON FUNCTION pg_terminate_backend TO PUBLIC`);
    await expect(runCommand(records.deps, { commandId })).rejects.toThrow();
    expect(await kindsOf(family.caseId)).toEqual(['caseOpened']);
    expect(await rowsOf(records, 'SELECT key FROM duties WHERE case_id = $1', family.caseId)).toEqual([]);
    await records.owner.query('DROP TRIGGER die ON commands; DROP FUNCTION die_once');
    expect(await runCommand(records.deps, { commandId })).toMatchObject({ accepted: true, seq: 2 });
    expect(await kindsOf(family.caseId)).toEqual(['caseOpened', 'agreementSigned']);
  });

  it('takes no case number: they have no gaps, also when many open at once', async () => {
    const other = await createTestOffice(records.db);
    const actor = { kind: 'user' as const, id: other.curatorId };
    const opening = { family: { name: 'А', address: null, members: [] }, training: true, regulation: null };
    const open = (ground: string) =>
      giveCommand(records.deps, { ...other, actor, opening, body: { command: 'openCase', on: '2026-03-02', ground } });
    // A refused opening and nine good ones.
    const results = await Promise.all(Array.from({ length: 10 }, (_, n) => open(n === 4 ? 'nonsense' : 'application')));
    expect(results.filter(({ answer }) => !answer.accepted).map(({ answer }) => answer.refusal?.code)).toEqual([
      'command.invalid',
    ]);
    const numbers = await rowsOf<{ number: string }>(
      records,
      'SELECT number FROM cases WHERE institution_id = $1 ORDER BY number',
      other.institutionId,
    );
    expect(numbers.map(({ number }) => number)).toEqual(Array.from({ length: 9 }, (_, n) => `2026-000${n + 1}`));
  });
});

describe('facts', () => {
  it('are never changed or removed: not by the app role, not even by the owner', async () => {
    const family = await openTestCase(records.deps, office);
    for (const sql of [
      'UPDATE events SET kind = $1',
      'DELETE FROM events WHERE kind <> $1',
      'UPDATE event_texts SET sealed = $1::bytea',
      'DELETE FROM event_texts WHERE sealed <> $1::bytea',
    ]) {
      await expect(records.db.inScope(office, (tx) => tx.$executeRawUnsafe(sql, 'x'))).rejects.toThrow(
        /permission denied/,
      );
    }
    await expect(
      records.owner.query(`UPDATE events SET kind = 'x' WHERE case_id = $1`, [family.caseId]),
    ).rejects.toThrow(/append-only/);
    await expect(records.owner.query('TRUNCATE events CASCADE')).rejects.toThrow(/append-only/);
  });
});

describe('the load of curators', () => {
  it('counts the records of the other cases, and is locked while it may change', async () => {
    const other = await createTestOffice(records.db);
    const families = await Promise.all([1, 2, 3].map(() => openTestCase(records.deps, other, '2026-03-02', false)));
    await Promise.all(
      families.map((family) => family.give({ command: 'assignCurator', on: '2026-03-02', curator: other.curatorId })),
    );
    const loads = await records.db.inScope(other, async (tx) => {
      const { findLoadedCase } = await import('../../platform/records/load-case.ts');
      return Promise.all(families.map(async ({ caseId }) => (await findLoadedCase(tx, caseId))?.world.curatorLoad));
    });
    expect(loads).toEqual([1, 2, 3].map(() => ({ [other.curatorId]: { '': 2 } })));
  });
});

describe('a command’s row', () => {
  it('tells its state to whoever asks, and nothing to another institution', async () => {
    const family = await openTestCase(records.deps, office);
    const commandId = await family.accept({ command: 'signAgreement', on: '2026-03-02' });
    expect(await records.db.inScope(office, (tx) => findCommand(tx, commandId))).toMatchObject({
      state: 'pending',
      answer: null,
    });
    const other = await createTestOffice(records.db);
    expect(await records.db.inScope(other, (tx) => findCommand(tx, commandId))).toBeUndefined();
    await expect(
      acceptOnly(records.deps, {
        ...other,
        caseId: family.caseId,
        actor: { kind: 'user', id: other.curatorId },
        body: { command: 'recordVisit' },
      }),
    ).rejects.toThrow('unknownCase');
  });
});
