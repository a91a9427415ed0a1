import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { rebuildOwnNotices } from '../../platform/records/rebuild.ts';
import { dispatcherId } from '../../workflows/messages.ts';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

/** Entered in the middle of a quarter long gone: some reports are late whenever this runs. */
const enteredAt = new Date('2026-05-12T07:00:00Z');

describe('the mails of the institution’s own reports', () => {
  let machines: Machines;
  let office: Office;

  beforeAll(async () => {
    machines = await startMachines();
  });
  afterAll(() => machines?.close());
  beforeEach(async () => {
    office = await openOffice({ ...machines, worker: 'none', regulation: 'gus-khrustalny' });
    await office.db.inScope(office, (tx) => tx.institution.updateMany({ data: { createdAt: enteredAt } }));
  });
  afterEach(() => office.close());

  /** Plans them as the dispatcher does: all that fell due before is due far ahead, until `fallDue`. */
  async function planAhead(): Promise<void> {
    await rebuildOwnNotices(office.records, office.institutionId);
    await setMoment(new Date(Date.now() + 30 * 60_000), new Date());
  }
  const setMoment = (sendAt: Date, before: Date) =>
    office.db.inScope(office, (tx) =>
      tx.notice.updateMany({ where: { state: 'queued', sendAt: { lte: before } }, data: { sendAt } }),
    );
  const fallDue = (inMs: number) => setMoment(new Date(Date.now() + inMs), new Date(Date.now() + 31 * 60_000));
  /** In the order in which they are to leave. */
  const due = () =>
    office.db.inScope(office, (tx) =>
      tx.notice.findMany({
        where: { sendAt: { lte: new Date() } },
        orderBy: [{ sendAt: 'asc' }, { notBefore: 'asc' }, { key: 'asc' }],
      }),
    );
  const untilAllEnded = () =>
    office.waitFor(
      'the end of every notice',
      async () => {
        const rows = await due();
        return rows.length > 0 && rows.every(({ state }) => state !== 'queued' && state !== 'sending') && rows;
      },
      90_000,
    );
  const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  /** A worker serves every institution of the records: those of the tests before too. */
  const sent = () => office.sink.mails.map(({ messageId }) => messageId);
  /** Starts the dispatcher as the api's watchdog does. */
  const startDispatcher = () =>
    office.waitFor('a whole pass of the watchdog', async () => (await office.watchdog().pass()).fault === null, 60_000);
  const plannedAt = async () =>
    (await office.db.inScope(office, (tx) => tx.institution.findFirstOrThrow())).plannedAt.getTime();
  /** The dispatcher has looked at the institution's duties. */
  const untilPlanned = async (since: number) =>
    office.waitFor('a planning', async () => (await plannedAt()) > since, 40_000);

  const expectEachOnceInOrder = async () => {
    const rows = await untilAllEnded();
    expect(rows.every(({ state, caseId }) => state === 'accepted' && caseId === null)).toBe(true);
    for (const step of [/^remind-/, /^overdue$/, /^escalate-/])
      expect(rows.some((row) => step.test(row.step))).toBe(true);
    await sleep(1_500);
    const own = new Set(rows.map(({ messageId }) => messageId));
    expect(sent().filter((id) => own.has(id))).toEqual([...own]);
  };

  it('the dispatcher’s worker killed over the due moment and up again: each fires once, in order', async () => {
    await planAhead();
    await office.startWorker('process');
    const before = Date.now();
    await startDispatcher();
    await untilPlanned(before);
    await fallDue(2_000);
    await office.killWorker();
    await sleep(3_000);
    expect(await due()).not.toEqual([]);
    expect((await due()).every(({ attempts }) => attempts === 0)).toBe(true);
    await office.startWorker('process');
    await expectEachOnceInOrder();
  });

  it('killed amid them: none is lost, no reminder comes twice, what comes again comes under the same Message-ID', async () => {
    await office.startWorker('process');
    await startDispatcher();
    await office.waitFor(
      'the first mails',
      async () => (await due()).some(({ state }) => state === 'accepted'),
      60_000,
    );
    await office.killWorker();
    await office.startWorker('process');
    const rows = await untilAllEnded();
    const own = new Set(rows.map(({ messageId }) => messageId));
    const all = sent().filter((id) => own.has(id));
    const first = [...new Set(all)];
    const uncertain = rows.filter(({ state }) => state === 'ambiguous');
    expect(uncertain.length).toBeLessThanOrEqual(1);
    expect(uncertain.every(({ step }) => step.startsWith('remind'))).toBe(true);
    const accepted = rows.filter(({ state }) => state === 'accepted').map(({ messageId }) => messageId);
    expect(first.filter((id) => accepted.includes(id))).toEqual(accepted);
    const again = all.length - first.length;
    // One after the other: at most one was under way.
    expect(again).toBeLessThanOrEqual(1);
  });

  it('the worker down for months: what fell due meanwhile fires at its start, once and in order', async () => {
    await startDispatcher();
    await sleep(1_000);
    expect(office.sink.mails).toEqual([]);
    await office.startWorker('process');
    await expectEachOnceInOrder();
  });

  it('the engine emptied over the due moment: the watchdog starts the dispatcher again, and each fires once', async () => {
    await planAhead();
    await office.startWorker('inProcess');
    const before = Date.now();
    await startDispatcher();
    await untilPlanned(before);
    await machines.killEngine();
    machines.emptyEngine();
    await fallDue(0);
    await sleep(1_500);
    expect((await due()).every(({ attempts }) => attempts === 0)).toBe(true);
    await machines.startEngine();
    await office.stopWorker();
    await office.startWorker('inProcess');
    await startDispatcher();
    await expectEachOnceInOrder();
  });

  it('a dispatcher that no longer looks, or is gone, is seen by the watchdog, counted, and helped', async () => {
    await office.startWorker('inProcess');
    await startDispatcher();
    await untilAllEnded();
    const hourAndMore = new Date(Date.now() - 80 * 60_000);
    const forget = () =>
      office.db.inScope(office, (tx) => tx.institution.updateMany({ data: { plannedAt: hourAndMore } }));
    await forget();
    expect((await office.watchdog().pass()).alerts).toBe(1);
    await untilPlanned(hourAndMore.getTime());
    expect((await office.watchdog().pass()).alerts).toBe(0);
    await office.client.workflow.getHandle(dispatcherId(office.institutionId)).terminate('a test');
    await forget();
    await office.watchdog().pass();
    await untilPlanned(hourAndMore.getTime());
  });
});
