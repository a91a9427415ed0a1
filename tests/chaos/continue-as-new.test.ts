import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

const writers = 8;
const each = 40;

describe('continue-as-new under load', () => {
  let machines: Machines;
  let office: Office;

  beforeAll(async () => {
    // A hundredth of the real threshold, so that a few hundred commands cross it many times.
    machines = await startMachines({ 'limit.historyCount.suggestContinueAsNew': 40 });
    office = await openOffice({ ...machines });
  });
  afterAll(async () => {
    await office?.close();
    await machines?.close();
  });

  const on = '2026-03-02';
  const visit = { command: 'recordVisit', on, kind: 'planned' };
  const runsOf = async (caseId: string): Promise<number> => {
    const runs = new Set<string>();
    for await (const run of office.client.workflow.list({ query: `WorkflowId = '${caseId}'` })) runs.add(run.runId);
    return runs.size;
  };
  /** As a client does: told to come back (429), it comes back with the same key. */
  const giveUntilTaken = async (caseId: string, key: string) => {
    for (;;) {
      try {
        return await office.attempt(caseId, visit, { key });
      } catch (error) {
        if (!/tooManyWaiting/.test(String(error))) throw error;
        await new Promise((resolve) => setTimeout(resolve, 20));
      }
    }
  };

  it(`${writers} writers with ${each} commands each: all recorded, none answered wrongly`, async () => {
    const caseId = await office.openCase({ on });
    const given: Awaited<ReturnType<typeof giveUntilTaken>>[] = [];
    const writer = async (): Promise<void> => {
      for (let n = 0; n < each; n++) given.push(await giveUntilTaken(caseId, randomUUID()));
    };
    await Promise.all(Array.from({ length: writers }, writer));
    const wrong = given.filter(
      (one) => one.kind !== 'answered' || one.answer.commandId !== one.commandId || !one.answer.accepted,
    );
    expect(wrong).toEqual([]);
    const events = await office.db.inScope(office, (tx) =>
      tx.event.findMany({ where: { caseId, kind: 'visitRecorded' } }),
    );
    expect(events).toHaveLength(writers * each);
    expect(new Set(events.map(({ commandId }) => commandId))).toEqual(new Set(given.map(({ commandId }) => commandId)));
    // Each answer names the number that its own entry has: no one was given another's.
    const numbers = new Map(events.map(({ commandId, seq }) => [commandId, seq]));
    for (const one of given) if (one.kind === 'answered') expect(one.answer.seq).toBe(numbers.get(one.commandId));
    // Not vacuous: the run really ended and began anew under the writers' hands.
    expect(await runsOf(caseId)).toBeGreaterThan(5);
  }, 150_000);

  it('gives the stored answer to the same key after continue-as-new', async () => {
    const caseId = await office.openCase({ on });
    const first = await office.attempt(caseId, visit, { key: 'the first' });
    for (let n = 0; n < 25; n++) await office.perform(caseId, visit);
    expect(await runsOf(caseId)).toBeGreaterThan(1);
    const again = await office.attempt(caseId, visit, { key: 'the first' });
    expect(again).toMatchObject({ kind: 'answered', commandId: first.commandId });
    if (again.kind === 'answered' && first.kind === 'answered') expect(again.answer.seq).toBe(first.answer.seq);
    const events = await office.db.inScope(office, (tx) =>
      tx.event.count({ where: { caseId, commandId: first.commandId } }),
    );
    expect(events).toBe(1);
  }, 60_000);

  it('the same key with another body is not taken', async () => {
    const caseId = await office.openCase({ on });
    await office.attempt(caseId, visit, { key: 'a key' });
    await expect(office.attempt(caseId, { ...visit, kind: 'urgent' }, { key: 'a key' })).rejects.toThrow(/keyReused/);
  });

  it('five equal keys at once: one fact', async () => {
    const caseId = await office.openCase({ on });
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => office.attempt(caseId, visit, { key: 'five' })));
    expect(new Set(outcomes.map(({ commandId }) => commandId)).size).toBe(1);
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('answered'));
    expect(await office.db.inScope(office, (tx) => tx.event.count({ where: { caseId, kind: 'visitRecorded' } }))).toBe(
      1,
    );
  });
});
