import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import type { PerformOutcome } from '../../platform/temporal/perform.ts';
import { openFakeOffice } from '../workflows/fake-office.ts';
import type { FakeOffice } from '../workflows/fake-office.ts';

describe('continue-as-new under load', () => {
  let engine: Awaited<ReturnType<typeof startTemporal>>;
  let office: FakeOffice;

  beforeAll(async () => {
    // A hundredth of the real threshold, so that a few hundred commands cross it many times.
    engine = await startTemporal({
      dbFile: null,
      external: '',
      settings: { 'limit.historyCount.suggestContinueAsNew': 40 },
    });
    office = await openFakeOffice({ address: engine.address, namespace: 'default' });
  });
  afterAll(async () => {
    await office.stop();
    await engine.stop();
  });

  const countRuns = async (caseId: string): Promise<number> => {
    let runs = 0;
    for await (const run of office.client.workflow.list({ query: `WorkflowId = '${caseId}'` }))
      if (run.runId) runs += 1;
    return runs;
  };

  it('8 writers with 40 commands each: all recorded, none answered wrongly', async () => {
    const caseId = office.newCase();
    const outcomes: { commandId: string; outcome: PerformOutcome }[] = [];
    const writer = async (): Promise<void> => {
      for (let n = 0; n < 40; n++) {
        const commandId = office.newCommand(caseId);
        outcomes.push({ commandId, outcome: await performThroughWorkflow(office.client, { caseId, commandId }) });
      }
    };
    await Promise.all(Array.from({ length: 8 }, writer));
    const record = office.caseOf(caseId);
    const wrong = outcomes.filter(
      ({ commandId, outcome }) => outcome.kind !== 'answered' || outcome.answer.commandId !== commandId,
    );
    expect(wrong).toEqual([]);
    expect(record.applied).toHaveLength(320);
    expect(new Set(record.applied)).toEqual(new Set(outcomes.map(({ commandId }) => commandId)));
    expect(record.overlaps).toBe(0);
    // Not vacuous: the run was really ended and begun anew under the writers' hands, and each run began by a wake.
    const runs = await countRuns(caseId);
    expect(runs).toBeGreaterThan(5);
    expect(record.wakes).toBeGreaterThanOrEqual(runs);
  }, 120_000);

  it('gives the stored answer to the same command after continue-as-new', async () => {
    const caseId = office.newCase();
    const first = office.newCommand(caseId);
    const answer = await performThroughWorkflow(office.client, { caseId, commandId: first });
    for (let n = 0; n < 30; n++) {
      await performThroughWorkflow(office.client, { caseId, commandId: office.newCommand(caseId) });
    }
    expect(await countRuns(caseId)).toBeGreaterThan(1);
    expect(await performThroughWorkflow(office.client, { caseId, commandId: first })).toEqual(answer);
    expect(office.caseOf(caseId).applied.filter((id) => id === first)).toHaveLength(1);
  }, 60_000);
});
