import { afterAll, beforeAll, expect, it } from 'vitest';
import { settleRestored } from '../../platform/reconcile/settle-restored.ts';
import { loadCalendar } from '../../platform/regulations/load.ts';
import type { Tx } from '../../platform/database/scope.ts';
import { listDuties, readLateByCurator } from '../../platform/records/read-duties.ts';
import { createRules } from '../../platform/records/rules.ts';
import { countLiveCases, listLiveCases } from '../../platform/watchdog/late-cases.ts';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { smallRegulation } from './small-regulation.ts';
import {
  createTestOffice,
  createTestRecords,
  openTestCase,
  rowsOf,
  type TestCase,
  type TestRecords,
} from './support.ts';

let records: TestRecords;
let office: Awaited<ReturnType<typeof createTestOffice>>;
/** Its support has ended, and a body still owes its decision. */
let outlived: string;
let outlivedCase: TestCase;
/** Ended with nothing left to say. */
let over: string;

beforeAll(async () => {
  records = await createTestRecords();
  const { planApproval } = smallRegulation.duties;
  if (planApproval?.form !== 'term') throw new Error('the small regulation has changed');
  const duties = { ...smallRegulation.duties, planApproval: { ...planApproval, outlivesSupport: true } };
  records.deps.rules = createRules(new Map([['small@1', { ...smallRegulation, duties }]]), loadCalendar());
  office = await createTestOffice(records.db);
  const family = await openTestCase(records.deps, office);
  const signed = await family.give({ command: 'signAgreement', on: '2026-03-02' });
  const ended = await family.give({ command: 'endSupport', on: '2026-03-02', ground: 'movedAway' });
  expect([signed.refusal, ended.refusal]).toEqual([null, null]);
  outlived = family.caseId;
  outlivedCase = family;
  const other = await openTestCase(records.deps, office);
  await other.give({ command: 'endSupport', on: '2026-03-02', ground: 'movedAway' });
  over = other.caseId;
});
afterAll(() => records.close());

const log = { info: () => undefined, error: () => undefined };
const check = () => createSelfCheck({ records: records.deps, log }).run();

it('counts and starts a case that has ended and still has something to say, and no other that has ended', async () => {
  expect(
    await rowsOf(
      records,
      'SELECT id, status, next_wake_at IS NULL AS silent FROM cases ORDER BY status, next_wake_at NULLS LAST',
    ),
  ).toEqual([
    { id: outlived, status: 'closed', silent: false },
    { id: over, status: 'closed', silent: true },
  ]);
  expect(await listLiveCases(records.db, null, 10)).toEqual([outlived]);
  expect(await countLiveCases(records.db)).toBe(1);
});

it('wakes it after the records were set back', async () => {
  const now = new Date();
  const { woken, failed } = await settleRestored(records.deps, { since: now, until: now });
  expect({ woken, failed }).toEqual({ woken: 1, failed: [] });
});

it('goes on speaking of it: the next event of a training case lies behind the end of support', async () => {
  const { refusal, advanced } = await outlivedCase.give({ command: 'advanceTo', to: 'nextEvent' });
  expect(refusal).toBeNull();
  // The term of 20 days ends on Sunday the 22nd, so on the 23rd; the house reminds five working days before.
  expect(advanced).toMatchObject({ today: '2026-03-16', fired: 1 });
});

it('is counted for its curator, and stands in the list of what is late, once its day has passed', async () => {
  const seen = { all: true } as const;
  const read = <T>(work: (tx: Tx) => Promise<T>) => records.db.inScope({ institutionId: office.institutionId }, work);
  const figures = (today: string) => read((tx) => readLateByCurator(tx, seen, today));
  const of = { curator: null, cases: 0 };
  expect(await figures('2026-03-16')).toEqual([{ ...of, late: 0, soon: 1 }]);
  await outlivedCase.give({ command: 'advanceTo', to: '2026-03-24' });
  expect(await figures('2026-03-24')).toEqual([{ ...of, late: 1, soon: 0 }]);
  const { items } = await read((tx) => listDuties(tx, records.deps.keyring, seen, { states: ['overdue'], limit: 10 }));
  expect(items.map((row) => row.case?.id)).toEqual([outlived]);
});

it('finds by night that its wake or its duty was lost', async () => {
  expect(await check()).toMatchObject({ cases: 1, differing: [], failed: 0 });
  await records.owner.query('UPDATE cases SET next_wake_at = NULL WHERE id = $1', [outlived]);
  expect(await check()).toMatchObject({ cases: 1, differing: [outlived] });
});
