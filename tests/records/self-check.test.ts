import { expect, it, vi } from 'vitest';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { openTestCase, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();
const said: object[] = [];

const log = { info: () => undefined, error: (facts: object) => void said.push(facts) };
const signed = async (): Promise<string> => {
  const family = await openTestCase(records.deps, office);
  await family.give({ command: 'signAgreement', on: '2026-03-02' });
  return family.caseId;
};

it('finds the case whose day, agenda or next wake no longer follows from its facts, and no other', async () => {
  const [sound, late, silent, forgotten] = [await signed(), await signed(), await signed(), await signed()];
  const selfCheck = createSelfCheck({ records: records.deps, log });
  expect(selfCheck.report()).toBeNull();
  expect(await selfCheck.run()).toMatchObject({ cases: 4, differing: [], failed: 0 });
  expect(said).toEqual([]);

  const owner = (sql: string, id: string) => records.owner.query(sql, [id]);
  await owner(`UPDATE cases SET next_wake_at = next_wake_at + interval '3 days' WHERE id = $1`, late);
  await owner('UPDATE cases SET next_wake_at = NULL WHERE id = $1', silent);
  await owner('DELETE FROM agenda WHERE case_id = $1', forgotten);
  const report = await selfCheck.run();
  expect(report).toMatchObject({ cases: 4, failed: 0 });
  expect(report.differing.toSorted()).toEqual([late, silent, forgotten].toSorted());
  expect(report.differing).not.toContain(sound);
  expect(selfCheck.report()).toBe(report);
  expect(said).toHaveLength(1);
});

it('begins once a day, by the first pass after midnight', async () => {
  let now = new Date();
  let whole = 0;
  const counting = { ...log, info: () => void (whole += 1) };
  const selfCheck = createSelfCheck({
    records: { ...records.deps, now: () => now },
    log: { ...counting, error: counting.info },
  });
  const passAt = (time: string): void => {
    now = new Date(time);
    selfCheck.beginIfDue();
  };
  const checkedAt = (time: string) =>
    vi.waitFor(() => expect(selfCheck.report()?.at).toEqual(new Date(time)), { timeout: 20_000 });
  passAt('2026-03-02T21:00:00Z');
  await checkedAt('2026-03-02T21:00:00Z');
  passAt('2026-03-02T23:59:00Z');
  passAt('2026-03-03T00:00:10Z');
  await checkedAt('2026-03-03T00:00:10Z');
  passAt('2026-03-03T00:00:40Z');
  await selfCheck.stop();
  expect(whole).toBe(2);
});

it('tries again at the next pass where the records could not be reached', async () => {
  let away = true;
  const failing = { ...records.db, inSystemScope: () => Promise.reject(new Error('the records are away')) };
  const deps = {
    ...records.deps,
    get db() {
      return away ? (failing as typeof records.db) : records.db;
    },
  };
  const broke: string[] = [];
  const selfCheck = createSelfCheck({ records: deps, log: { ...log, error: (_facts, text) => void broke.push(text) } });
  selfCheck.beginIfDue();
  await vi.waitFor(() => expect(broke).toHaveLength(1));
  expect(selfCheck.report()).toBeNull();
  away = false;
  selfCheck.beginIfDue();
  await vi.waitFor(() => expect(selfCheck.report()).not.toBeNull(), { timeout: 20_000 });
});
