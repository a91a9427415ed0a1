import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { setCaseClock } from '../support/case-clock.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

describe('the engine and the workers gone over due moments', () => {
  let machines: Machines;
  let office: Office;

  beforeAll(async () => {
    machines = await startMachines();
    office = await openOffice({ ...machines, worker: 'inProcess' });
  });
  afterAll(async () => {
    await office?.close();
    await machines?.close();
  });

  /** A case whose first reminder is ahead: on 4 March at nine in Moscow. */
  async function caseWithReminderAhead(): Promise<string> {
    const caseId = await office.openCase({ on: '2026-03-02' });
    await office.perform(caseId, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
    return caseId;
  }
  /** Has it fall due by the case's clock at that real moment. */
  const remindAt = (caseId: string, moment: number) =>
    setCaseClock(machines.database.ownerUrl, caseId, '2026-03-04T06:00:00Z', moment - Date.now());
  const mailsOf = async (caseId: string) => {
    const { number } = await office.db.inScope(office, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId } }));
    return office.sink.mails.filter(({ subject }) => subject.includes(number));
  };
  const oneMailOf = (caseId: string) =>
    office.waitFor('its reminder', async () => (await mailsOf(caseId)).length > 0, 40_000);

  it('workers down over a due moment and up again: everything fires once', async () => {
    const cases = await Promise.all(Array.from({ length: 8 }, caseWithReminderAhead));
    // Far enough for the engine's timers to be set and the worker to be gone, wherever this runs.
    const due = Date.now() + 10_000;
    for (const caseId of cases) await remindAt(caseId, due);
    await office.watchdog({ lateAfterMs: -60_000 }).pass();
    await office.stopWorker();
    expect(due - Date.now(), 'the worker was gone before the moment').toBeGreaterThan(0);
    await new Promise((resolve) => setTimeout(resolve, due + 1_000 - Date.now()));
    expect(office.sink.mails.filter(({ caseDay }) => caseDay === '2026-03-04')).toEqual([]);
    await office.startWorker();
    for (const caseId of cases) await oneMailOf(caseId);
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    for (const caseId of cases) expect(await mailsOf(caseId)).toHaveLength(1);
  });

  it("the engine's database emptied: cases start again from the records and what is overdue fires, once", async () => {
    const due = await Promise.all(Array.from({ length: 6 }, caseWithReminderAhead));
    const quiet = await office.openCase({ on: '2026-03-02' });
    const ended = await office.openCase({ on: '2026-03-02' });
    await office.perform(ended, { command: 'endSupport', on: '2026-03-02', ground: 'refusal' });
    await machines.killEngine();
    machines.emptyEngine();
    // Overdue while there is no engine to know of it.
    for (const caseId of due) await remindAt(caseId, Date.now() - 1_000);
    await machines.startEngine();
    const report = await office.waitFor(
      'a whole pass of the watchdog',
      async () => {
        const seen = await office.watchdog().pass();
        return seen.fault === null && seen;
      },
      60_000,
    );
    expect(report.started).toBeGreaterThanOrEqual(due.length + 1);
    for (const caseId of due) await oneMailOf(caseId);
    const statusOf = async (caseId: string) => (await office.client.workflow.getHandle(caseId).describe()).status.name;
    expect(await statusOf(quiet)).toBe('RUNNING');
    await expect(statusOf(ended)).rejects.toThrow(/not found/i);
    for (const caseId of due) expect(await mailsOf(caseId)).toHaveLength(1);
    // The case goes on as if nothing had been: the next command is taken and its entry has the next number.
    const answer = await office.perform(quiet, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
    expect(answer.result?.entries[0]).toBe(3);
    expect((await office.watchdog().pass()).started).toBe(0);
  });

  it('the same key after the engine lost its memory: the stored answer', async () => {
    const caseId = await office.openCase({ on: '2026-03-02' });
    const body = { command: 'recordVisit', on: '2026-03-02', kind: 'planned' };
    const first = await office.attempt(caseId, body, { key: 'a visit' });
    await machines.killEngine();
    machines.emptyEngine();
    await machines.startEngine();
    const again = await office.waitFor(
      'an answer',
      async () => {
        const outcome = await office.attempt(caseId, body, { key: 'a visit' });
        return outcome.kind === 'answered' && outcome;
      },
      60_000,
    );
    expect(first).toMatchObject({ kind: 'answered', commandId: again.commandId });
    expect(again.answer.seq).toBe(first.kind === 'answered' ? first.answer.seq : 0);
    const visits = await office.db.inScope(office, (tx) =>
      tx.event.count({ where: { caseId, kind: 'visitRecorded' } }),
    );
    expect(visits).toBe(1);
  });
});
