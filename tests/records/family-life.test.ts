import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { recordsCommand } from '../../cli/records.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import type { NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { runRecordsCommand } from './run-records-command.ts';
import { createTestOffice, createTestRecords, openTestCase, type TestCase, type TestRecords } from './support.ts';

let records: TestRecords;
let deps: RecordsDeps;
let family: TestCase;

/** A family of the shipped regulation, from the application to the end of post-support, on its own clock. */
const life: NewCommand['body'][] = [
  { command: 'signAgreement', on: '2026-03-02' },
  { command: 'recordDiagnostics', on: '2026-03-02', kind: 'initial' },
  { command: 'advanceTo', to: '2026-03-16' },
  {
    command: 'draftPlan',
    on: '2026-03-10',
    until: '2026-06-30',
    measures: [{ id: 'm1', what: 'Кружок', agency: 'school', responsible: 'Учитель', dueOn: '2026-05-20' }],
  },
  { command: 'decidePlan', on: '2026-03-12', by: 'workingGroup', decision: 'approve', resolutionNo: '5' },
  { command: 'sendPlan', on: '2026-03-13', to: ['school'] },
  { command: 'advanceTo', to: '2026-05-25' },
  { command: 'recordResult', on: '2026-05-22', measure: 'm1', result: 'посещает' },
  { command: 'advanceTo', to: '2026-06-12' },
  { command: 'recordDiagnostics', on: '2026-06-11', kind: 'interim' },
  { command: 'recordMonitoring', on: '2026-06-12', kind: 'interim' },
  {
    command: 'drawConclusion',
    on: '2026-06-12',
    kind: 'interim',
    by: 'workingGroup',
    decision: 'continue',
    resolutionNo: '8',
  },
  { command: 'advanceTo', to: '2026-07-10' },
  { command: 'recordDiagnostics', on: '2026-07-08', kind: 'final' },
  { command: 'recordMonitoring', on: '2026-07-08', kind: 'final' },
  {
    command: 'drawConclusion',
    on: '2026-07-10',
    kind: 'final',
    by: 'workingGroup',
    decision: 'stop',
    recommendations: true,
    resolutionNo: '9',
  },
  { command: 'startPostSupport', on: '2026-07-10' },
  { command: 'advanceTo', to: '2026-09-01' },
  { command: 'endSupport', on: '2026-09-01', ground: 'goalsReached' },
];

beforeAll(async () => {
  records = await createTestRecords();
  deps = { ...records.deps, rules: loadRules() };
  const office = await createTestOffice(records.db, 'borovichi');
  family = await openTestCase(deps, office);
  await family.give({ command: 'assignCurator', on: '2026-03-02', curator: office.curatorId });
});

afterAll(() => records.close());

describe('a family of the shipped regulation', () => {
  it('lives from the application to the end, each mail on its case day', async () => {
    const stages: (string | null)[] = [];
    for (const body of life) {
      const answer = await family.give(body);
      expect(answer.refusal, JSON.stringify(body)).toBeNull();
      if (stages.at(-1) !== answer.stage) stages.push(answer.stage);
    }
    expect(stages).toEqual(['diagnostic', 'contract', 'activity', 'reflective', 'postSupport']);
    const { rows } = await records.owner.query<{ told: string }>(
      `SELECT to_char(case_day, 'YYYY-MM-DD') || ' ' || split_part(key, '@', 1) || ' ' || step || ' ' || audience AS told FROM notices
       WHERE case_id = $1 AND state = 'queued' ORDER BY not_before, key`,
      [family.caseId],
    );
    // The plan was approved after its first reminder; the school did not confirm the plan in time, nor do the measure by its day.
    expect(rows.map(({ told }) => told)).toEqual(
      expect.arrayContaining([
        '2026-03-16 planApproval remind-5 body:workingGroup',
        '2026-05-21 measure overdue agency:school',
      ]),
    );
    expect(
      await records.owner.query('SELECT status, next_wake_at, awaited FROM cases WHERE id = $1', [family.caseId]),
    ).toMatchObject({
      rows: [{ status: 'closed', next_wake_at: null, awaited: [] }],
    });
  });
});

describe('kurator records', () => {
  const run = (...args: string[]) => runRecordsCommand(records, ...args);

  it('check finds nothing in records that nobody touched', async () => {
    expect(await run('check')).toEqual({ code: 0, out: '1 cases and 1 logs of institutions checked, 0 differences\n' });
  });

  it('check names each difference, and rebuild takes it away', async () => {
    await records.owner.query(`UPDATE duties SET state = 'open' WHERE case_id = $1 AND rule = 'planApproval'`, [
      family.caseId,
    ]);
    const found = await run('check', family.caseId);
    expect(found.code).toBe(1);
    expect(found.out).toMatch(
      /duty {2}planApproval@\d+: differs from the facts\n1 cases and 0 logs of institutions checked, 1 differences/,
    );
    expect(await run('rebuild')).toEqual({
      code: 0,
      out: '1 cases rebuilt from their facts, and the mails of 1 institutions’ own duties\n',
    });
    expect((await run('check')).code).toBe(0);
  });

  it('says in a sentence where no records are', async () => {
    const said: string[] = [];
    const write = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    expect(await recordsCommand(['check'], { KURATOR_DATA: '/nowhere' })).toBe(1);
    write.mockRestore();
    expect(said.join('')).toMatch(/no records in \/nowhere: start Kurator once/);
  });
});
