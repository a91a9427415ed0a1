import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Regulation } from '../../../domain/regulation/regulation.ts';
import { createDataConverter } from '../../../platform/temporal/data-converter.ts';
import { getWorkflowBundle } from '../../../worker/bundle.ts';
import { createTestDatabase } from '../../support/database.ts';
import type { TestDatabase } from '../../support/database.ts';
import { createTestNamespace } from '../../support/namespace.ts';
import { openOffice } from '../../support/office.ts';
import type { Office } from '../../support/office.ts';
import { eventTypes } from '../../workflows/fake-office.ts';

const secret = Buffer.alloc(32, 'corrected rule');

/** The law as if the first version of our file had read every term of ten days two days too short. */
function corrected(regulation: Regulation): Regulation {
  const text = JSON.stringify(regulation);
  const changed = text.replaceAll('"calendarDays":10', '"calendarDays":12');
  expect(changed).not.toBe(text);
  return JSON.parse(changed) as Regulation;
}

describe('a counting rule corrected under open cases', () => {
  let database: TestDatabase;
  let office: Office;

  beforeAll(async () => {
    database = await createTestDatabase();
    office = await openOffice({ engine: await createTestNamespace(), database, secret });
  });
  afterAll(async () => {
    await office?.close();
    await database.drop();
  });

  it('every open case replays clean, goes on, and has the corrected day', async () => {
    const on = '2026-03-02';
    const cases: string[] = [];
    for (let steps = 0; steps < 4; steps++) {
      const caseId = await office.openCase({ on });
      cases.push(caseId);
      await office.perform(caseId, { command: 'signAgreement', on, member: 'parent' });
      for (let n = 0; n < steps; n++) await office.advanceTo(caseId, 'nextEvent');
      if (steps === 3) await office.perform(caseId, { command: 'recordVisit', on, kind: 'planned' });
    }
    const dueOn = async (caseId: string) => {
      const duties = await office.db.inScope(office, (tx) =>
        tx.duty.findMany({ where: { caseId, clause: { startsWith: '3.1' } } }),
      );
      return duties.map((duty) => duty.dueOn?.toISOString().slice(0, 10));
    };
    expect(await dueOn(cases[0] as string)).toContain('2026-03-12');

    await office.stopWorker();
    const { rules } = office.records;
    const regulation = corrected(rules.findRegulation('borovichi') as Regulation);
    office.records.rules = { ...rules, findRegulation: () => regulation };
    // A new worker has no case in its cache: each of them is replayed from its history before it goes on.
    await office.startWorker();
    for (const caseId of cases) await office.perform(caseId, { command: 'recordVisit', on, kind: 'planned' });
    expect(await dueOn(cases[0] as string)).toContain('2026-03-16');

    const open = office.client.workflow
      .list({ query: "WorkflowType = 'familyCase' AND ExecutionStatus = 'Running'" })
      .intoHistories();
    const histories = [];
    for await (const one of open) histories.push(one);
    expect(histories.map(({ workflowId }) => workflowId).sort()).toEqual([...cases].sort());
    for (const caseId of cases) expect(await eventTypes(office.client, caseId)).not.toContain('workflowTaskFailed');
    const results = Worker.runReplayHistories(
      { workflowBundle: { codePath: await getWorkflowBundle() }, dataConverter: createDataConverter([secret]) },
      histories,
    );
    let replayed = 0;
    for await (const { workflowId, error } of results) {
      expect({ workflowId, error }).toEqual({ workflowId, error: undefined });
      replayed += 1;
    }
    expect(replayed).toBe(cases.length);
  });
});
