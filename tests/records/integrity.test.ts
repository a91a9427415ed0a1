import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { checkCase } from '../../platform/records/check-case.ts';
import type { NewCommand } from '../../platform/records/contract.ts';
import { findCase } from '../../platform/records/read-cases.ts';
import { listTimeline } from '../../platform/records/read-timeline.ts';
import { rebuildCase } from '../../platform/records/rebuild.ts';
import { destroyCaseKey, destroyOldBodies } from '../../platform/records/retention.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import { verifyChain } from '../../platform/records/verify-chain.ts';
import { openTestCase, type TestCase, useTestOffice } from './support.ts';
import { runs } from '../support/runs.ts';

const { records, office } = useTestOffice();

const verify = (caseId: string) => records.db.inScope(office, (tx) => verifyChain(tx, records.keyring, caseId));
const check = (caseId: string) => records.db.inScope(office, (tx) => checkCase(tx, records.deps, caseId));
const measure = { id: 'm1', what: 'Кружок рисования', agency: 'school', responsible: 'Учитель', dueOn: '2026-06-01' };

async function lived(): Promise<TestCase> {
  const family = await openTestCase(records.deps, office);
  await family.give({ command: 'signAgreement', on: '2026-03-02', note: 'В присутствии бабушки' });
  await family.give({ command: 'draftPlan', on: '2026-03-02', until: '2026-12-31', measures: [measure] });
  await family.give({
    command: 'decidePlan',
    on: '2026-03-02',
    by: 'commission',
    decision: 'approve',
    resolutionNo: '3',
  });
  await family.give({ command: 'sendPlan', on: '2026-03-02', to: ['school'] });
  await family.give({ command: 'advanceTo', to: '2026-06-03' });
  return family;
}

describe('the chain of a case', () => {
  /** What somebody with the owner's rights, and the will to take the guard away, could do. */
  async function tamper(sql: string, ...values: unknown[]): Promise<void> {
    await records.owner.query('ALTER TABLE events DISABLE TRIGGER events_only_grow');
    await records.owner.query(sql, values);
    await records.owner.query('ALTER TABLE events ENABLE TRIGGER events_only_grow');
  }

  it('holds over everything that the records wrote', async () => {
    expect(await verify((await lived()).caseId)).toEqual([]);
  });

  it.each([
    ['a day', `UPDATE events SET "on" = "on" - 1 WHERE case_id = $1 AND seq = 2`, { seq: 2, fault: 'changed entry' }],
    [
      'a code',
      `UPDATE events SET data = data || '{"by": "workingGroup"}' WHERE case_id = $1 AND seq = 4`,
      { seq: 4, fault: 'changed entry' },
    ],
    [
      'the moment of recording',
      `UPDATE events SET recorded_at = recorded_at - interval '1 day' WHERE case_id = $1 AND seq = 3`,
      { seq: 3, fault: 'changed entry' },
    ],
    [
      'the last entry',
      `DELETE FROM events WHERE case_id = $1 AND seq = (SELECT max(seq) FROM events WHERE case_id = $1)`,
      { seq: null, fault: 'wrong head' },
    ],
    ['an entry between', `DELETE FROM events WHERE case_id = $1 AND seq = 5`, { seq: 6, fault: 'missing entry' }],
    [
      'a typed text',
      `UPDATE event_texts SET sealed = (SELECT sealed FROM event_texts WHERE case_id = $1 AND seq = 3) WHERE case_id = $1 AND seq = 2`,
      { seq: 2, fault: 'changed text' },
    ],
    [
      'a text (taken away)',
      `DELETE FROM event_texts WHERE case_id = $1 AND seq = 3`,
      { seq: 3, fault: 'missing text' },
    ],
  ])('tells that somebody changed %s', async (_what, sql, fault) => {
    const { caseId } = await lived();
    await tamper(sql, caseId);
    expect(await verify(caseId)).toContainEqual({ caseId, ...fault });
  });

  it('tells a rewritten entry although its own hash was made to fit', async () => {
    const { caseId } = await lived();
    await tamper(`UPDATE events SET hash = sha256(hash) WHERE case_id = $1 AND seq = 3`, caseId);
    expect(await verify(caseId)).toEqual(
      expect.arrayContaining([
        { caseId, seq: 3, fault: 'changed entry' },
        { caseId, seq: 4, fault: 'broken link' },
      ]),
    );
  });
});

describe('a case’s key', () => {
  it('destroyed, leaves no text, no family and no body readable, and the chain whole', async () => {
    const { caseId } = await lived();
    const read = () =>
      records.db.inScope(office, async (tx) => ({
        family: (await findCase(tx, records.keyring, caseId))?.familyDetails?.name ?? null,
        texts: (await listTimeline(tx, records.keyring, caseId, { limit: 50 })).items.flatMap(({ texts }) =>
          Object.values(texts),
        ),
      }));
    expect(await read()).toMatchObject({
      family: 'Тестовы',
      texts: expect.arrayContaining(['Кружок рисования', 'В присутствии бабушки']) as unknown,
    });
    await records.db.inScope(office, (tx) => destroyCaseKey(tx, caseId, new Date()));
    expect(await read()).toEqual({ family: null, texts: [] });
    expect(await verify(caseId)).toEqual([]);
    expect(await wakeCase(records.deps, caseId)).toMatchObject({ nextWakeAt: null, closed: true, actions: [] });
    const { rows } = await records.owner.query(
      `SELECT next_wake_at, (SELECT count(*)::int FROM notices n WHERE n.case_id = c.id AND n.state = 'queued') AS queued FROM cases c WHERE id = $1`,
      [caseId],
    );
    expect(rows).toEqual([{ next_wake_at: null, queued: 0 }]);
  });

  it('opens nothing in another row, and nothing under another installation’s key', async () => {
    const [one, other] = [await lived(), await lived()];
    await records.owner.query(
      `UPDATE families SET sealed = (SELECT sealed FROM families WHERE case_id = $1) WHERE case_id = $2`,
      [one.caseId, other.caseId],
    );
    await expect(records.db.inScope(office, (tx) => findCase(tx, records.keyring, other.caseId))).rejects.toThrow(
      /do not open/,
    );
    const foreign = createKeyring([Buffer.alloc(32, 7)]);
    await expect(records.db.inScope(office, (tx) => findCase(tx, foreign, one.caseId))).rejects.toThrow(/do not open/);
  });
});

describe('bodies that came to nothing', () => {
  it('are destroyed after a day, and their rows kept', async () => {
    const family = await lived();
    await family.give({ command: 'recordVisit', on: '2030-01-01', kind: 'home', note: 'тайна' });
    await family.accept({ command: 'recordVisit', on: '2026-03-02', kind: 'home' });
    const rows = async () =>
      (
        await records.owner.query(
          `SELECT state, body IS NULL AS gone FROM commands WHERE case_id = $1 AND word = 'recordVisit' ORDER BY created_at`,
          [family.caseId],
        )
      ).rows as unknown;
    const hour = 60 * 60 * 1000;
    await destroyOldBodies(records.db, new Date(Date.now() + 23 * hour));
    expect(await rows()).toEqual([
      { state: 'refused', gone: false },
      { state: 'pending', gone: false },
    ]);
    // One process at a time: what another one is at is left to it.
    await records.owner.query(
      `BEGIN; SELECT pg_advisory_xact_lock(hashtextextended('retention ${office.institutionId}', 0))`,
    );
    expect(await destroyOldBodies(records.db, new Date(Date.now() + 25 * hour))).toBe(0);
    await records.owner.query('ROLLBACK');
    expect(await destroyOldBodies(records.db, new Date(Date.now() + 25 * hour))).toBe(1);
    // What still waits keeps its body: it can still be done.
    expect(await rows()).toEqual([
      { state: 'refused', gone: true },
      { state: 'pending', gone: false },
    ]);
  });
});

describe('what follows from the facts', () => {
  it.each([
    ['a duty', `UPDATE duties SET state = 'met' WHERE case_id = $1 AND rule = 'measure'`, 'duty'],
    [
      'a reckoning',
      `UPDATE duties SET detail = detail || '{"dueOn": "2030-01-01"}' WHERE case_id = $1 AND rule = 'measure'`,
      'duty',
    ],
    ['a duty (taken away)', `DELETE FROM duties WHERE case_id = $1 AND rule = 'measure'`, 'duty'],
    ['the agenda', `DELETE FROM agenda WHERE case_id = $1`, 'agenda'],
    ['a request', `UPDATE requests SET state = 'withdrawn' WHERE case_id = $1`, 'request'],
    ['the stage', `UPDATE cases SET stage = 'reflective', next_due_on = NULL WHERE id = $1`, 'head'],
  ])('is found to differ when somebody has changed %s, and comes back by a rebuild', async (_what, sql, of) => {
    const { caseId } = await lived();
    expect(await check(caseId)).toEqual([]);
    const before = await snapshot(caseId);
    await records.owner.query(sql, [caseId]);
    const found = await check(caseId);
    expect(found.length).toBeGreaterThan(0);
    expect(new Set(found.map((difference) => difference.of))).toEqual(new Set([of]));
    await rebuildCase(records.deps, caseId);
    expect(await check(caseId)).toEqual([]);
    expect(await snapshot(caseId)).toEqual(before);
  });

  const day = fc
    .integer({ min: 0, max: 200 })
    .map((n) => new Date(Date.UTC(2026, 2, 2) + n * 86_400_000).toISOString().slice(0, 10));
  const body: fc.Arbitrary<NewCommand['body']> = fc.oneof(
    day.map((on) => ({ command: 'signAgreement', on })),
    fc
      .record({ on: day, dueOn: day })
      .map(({ on, dueOn }) => ({ command: 'draftPlan', on, until: '2026-12-31', measures: [{ ...measure, dueOn }] })),
    fc
      .record({ on: day, decision: fc.constantFrom('approve', 'reject') })
      .map((some) => ({ command: 'decidePlan', by: 'commission', resolutionNo: '1', ...some })),
    day.map((on) => ({ command: 'sendPlan', on, to: ['school', 'clinic'] })),
    day.map((on) => ({ command: 'giveMeasure', on, agency: 'school', measure: 'm1' })),
    day.map((on) => ({ command: 'recordResult', on, measure: 'm1', result: 'сделано' })),
    fc
      .record({ on: day, kind: fc.constantFrom('interim', 'final') })
      .map((some) => ({ command: 'recordMonitoring', ...some })),
    fc
      .record({ on: day, entry: fc.integer({ min: 1, max: 12 }) })
      .map((some) => ({ command: 'annulEntry', reason: 'ошибка', ...some })),
    fc.record({ on: day, entry: fc.integer({ min: 1, max: 12 }), to: day }).map(({ on, entry, to }) => ({
      command: 'correctEntry',
      on,
      entry,
      reason: 'описка',
      replacement: { command: 'signAgreement', on: to },
    })),
    day.map((on) => ({ command: 'endSupport', on, ground: 'movedAway' })),
    fc.constant({ command: 'advanceTo', to: 'nextEvent' }),
    day.map((to) => ({ command: 'advanceTo', to })),
  );

  it(
    'is the same whether it grew command by command or is built at once, whatever the commands',
    { timeout: 120_000 },
    async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(body, { minLength: 4, maxLength: 14 }), async (bodies) => {
          const family = await openTestCase(records.deps, office);
          for (const one of bodies) await family.give(one);
          expect(await check(family.caseId)).toEqual([]);
          const grown = await snapshot(family.caseId);
          await rebuildCase(records.deps, family.caseId);
          expect(await snapshot(family.caseId)).toEqual(grown);
        }),
        { numRuns: runs(12) },
      );
    },
  );

  /** Everything that is projected; the clock's own columns move with the engine's. */
  async function snapshot(caseId: string): Promise<unknown> {
    const query = async (sql: string) => (await records.owner.query(sql, [caseId])).rows as unknown;
    return {
      head: await query(
        `SELECT status, stage, level, category, curator_id, opened_on, seq, next_due_on, awaited, head_hash FROM cases WHERE id = $1`,
      ),
      duties: await query(
        `SELECT key, rule, clause, due_on, state, met_on, awaited_kind, awaited_code, scope, detail, digest FROM duties WHERE case_id = $1 ORDER BY key`,
      ),
      agenda: await query(
        `SELECT duty_key, step, audience, at, due_on, urgency FROM agenda WHERE case_id = $1 ORDER BY duty_key, step, audience`,
      ),
      requests: await query(
        `SELECT id, entry, subject, agency_code, kind, due_on, state, sent_at, answered_at FROM requests WHERE case_id = $1 ORDER BY id`,
      ),
      notices: await query(
        `SELECT key, state, not_before, case_day, vars FROM notices WHERE case_id = $1 ORDER BY key`,
      ),
    };
  }
});
