import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { compareWithEngine } from '../../platform/reconcile/compare-engine.ts';
import { repairEngine } from '../../platform/reconcile/repair-engine.ts';
import { settleRestored } from '../../platform/reconcile/settle-restored.ts';
import { checkCase } from '../../platform/records/check-case.ts';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { setCaseClock } from '../support/case-clock.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

const on = '2026-03-02';
const visit = { command: 'recordVisit', on, kind: 'planned' };

describe('records and engine of different instants', () => {
  let machines: Machines;
  let office: Office;

  beforeAll(async () => {
    machines = await startMachines();
    office = await openOffice({ ...machines, worker: 'process' });
    // As every api does: the institution's dispatcher runs.
    await office.watchdog().pass();
  });
  afterAll(async () => {
    await office?.close();
    await machines?.close();
  });

  const faults = async (): Promise<Record<string, string>> => {
    const { differences } = await compareWithEngine(office);
    return Object.fromEntries(differences.map(({ id, fault }) => [id, fault]));
  };
  const seqOf = async (caseId: string) =>
    (await office.db.inScope(office, (tx) => tx.case.findUnique({ where: { id: caseId } })))?.seq;
  const numberOf = async (caseId: string) =>
    (await office.db.inScope(office, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId } }))).number;
  const mailsOf = async (caseId: string) => {
    const number = await numberOf(caseId);
    return office.sink.mails.filter(({ subject }) => subject.includes(number));
  };
  const whenTheyAgree = () =>
    vi.waitFor(async () => expect(await faults()).toEqual({}), { timeout: 30_000, interval: 300 });
  const isAsItsFacts = async (caseId: string): Promise<void> =>
    expect(await office.db.inScope(office, (tx) => checkCase(tx, office.records, caseId))).toEqual([]);
  /** As a client does: repeated with the same key until it is answered, while the machines come up. */
  const give = async (caseId: string, body: Parameters<Office['attempt']>[1]) => {
    const key = randomUUID();
    const outcome = await office.waitFor(
      body.command,
      async () => {
        const one = await office.attempt(caseId, body, { key, timeoutMs: 5_000 }).catch(() => undefined);
        return one?.kind === 'answered' && one;
      },
      60_000,
    );
    expect(outcome.answer.accepted).toBe(true);
    return outcome.answer;
  };
  /** The machines answer again, and the worker has found them. */
  const settled = (probe: string) => give(probe, visit);

  const recordsAnswer = () =>
    office.waitFor('the records', () => office.db.inScope(office, (tx) => tx.institution.count()).catch(() => false));

  /** A case whose reminder of 4 March comes in so many milliseconds, and then, two weeks on, what is overdue. */
  async function signedCase(): Promise<string> {
    const caseId = await office.openCase({ on });
    await office.perform(caseId, { command: 'signAgreement', on, member: 'parent' });
    return caseId;
  }

  it('records older than the engine: every difference named, repaired, no mail under a second name', async () => {
    const same = await signedCase();
    const longer = await signedCase();
    const reminded = await signedCase();
    const overdue = await signedCase();
    await whenTheyAgree();
    const kept = await machines.keep('database');
    await settled(same);

    for (let n = 0; n < 3; n++) await give(longer, visit);
    const opened = await office.openCase({ on });
    await give(reminded, { command: 'advanceTo', to: '2026-03-04' });
    await give(overdue, { command: 'advanceTo', to: '2026-04-20' });
    for (const caseId of [reminded, overdue])
      await office.waitFor('its mails', async () => (await mailsOf(caseId)).length > 0);
    const lostSeq = await seqOf(longer);
    await office.killWorker();

    await kept.setBack();
    await recordsAnswer();
    const until = new Date();
    // The clock of a training case is set back with the records; its days come again, as the days of real cases do not wait.
    await setCaseClock(machines.database.ownerUrl, reminded, '2026-03-04T06:30:00Z', -1);
    await setCaseClock(machines.database.ownerUrl, overdue, '2026-04-20T09:00:00Z', -1);
    // Training cases, whose days lie wherever their clock puts them: everything before the restore is the lost time.
    const settledRestore = await settleRestored(office.records, { since: new Date(0), until });
    expect(settledRestore.failed).toEqual([]);
    expect(settledRestore.woken).toBe(4);
    const uncertain = settledRestore.uncertain.filter(({ caseId }) => caseId === reminded);
    expect(uncertain.length).toBeGreaterThan(0);
    expect(settledRestore.repeated).toBeGreaterThan(0);

    await office.startWorker();
    const found = await faults();
    expect(found[opened]).toBe('unknownCase');
    expect(found[longer]).toBe('lostEntries');
    // It was given one entry more after the records' instant, as every case that is worked on.
    expect(found[same]).toBe('lostEntries');
    const { differences } = await compareWithEngine(office);
    expect(differences.find(({ id }) => id === longer)).toMatchObject({
      records: { seq: (lostSeq as number) - 3 },
      engine: { seq: lostSeq },
    });

    await repairEngine(office.client, differences);
    await whenTheyAgree();
    for (const caseId of [same, longer, reminded, overdue]) await isAsItsFacts(caseId);
    // Nothing was invented: what was lost stays lost until somebody enters it again, and then it has the next number.
    expect(await seqOf(longer)).toBe((lostSeq as number) - 3);
    expect(await seqOf(opened)).toBeUndefined();
    expect((await give(longer, visit)).seq).toBe((lostSeq as number) - 2);

    await office.waitFor('every notice to leave', async () => {
      const waiting = await office.db.inScope(office, (tx) =>
        tx.notice.count({ where: { sendAt: { lte: new Date() }, state: { in: ['queued', 'sending'] } } }),
      );
      return waiting === 0;
    });
    // One subject, one day, one person: were any sent under a second Message-ID, it would show here.
    const names = new Map<string, Set<string>>();
    for (const mail of office.sink.mails) {
      const what = `${mail.subject}|${mail.mark}|${mail.to.join()}`;
      names.set(what, (names.get(what) ?? new Set()).add(mail.messageId));
    }
    expect([...names.values()].every((ids) => ids.size === 1)).toBe(true);
    const times = (id: string) => office.sink.mails.filter(({ messageId }) => messageId === id).length;
    const ofReminded = await office.db.inScope(office, (tx) =>
      tx.notice.findMany({ where: { caseId: reminded, key: { in: uncertain.map(({ key }) => key) } } }),
    );
    expect(ofReminded).toHaveLength(uncertain.length);
    for (const { state, messageId } of ofReminded) {
      expect(state).toBe('ambiguous');
      expect(times(messageId)).toBeLessThanOrEqual(1);
    }
    // What is overdue is told, whatever became of the first mail.
    const told = await office.db.inScope(office, (tx) =>
      tx.notice.findMany({ where: { caseId: overdue, step: { startsWith: 'overdue' }, state: 'accepted' } }),
    );
    expect(told.length).toBeGreaterThan(0);
    for (const { messageId } of told) expect(times(messageId)).toBeGreaterThanOrEqual(1);
  });

  it('an engine older than the records: every difference named, repaired, due duties fire', async () => {
    const same = await signedCase();
    const longer = await signedCase();
    const ended = await signedCase();
    const due = await signedCase();
    await whenTheyAgree();
    const kept = await machines.keep('engine');
    await settled(longer);

    for (let n = 0; n < 3; n++) await give(longer, visit);
    const opened = await signedCase();
    await give(ended, { command: 'endSupport', on, ground: 'refusal' });
    const seqs = await Promise.all([same, longer, due, opened].map(seqOf));
    await office.killWorker();
    await kept.setBack();
    await recordsAnswer();
    await setCaseClock(machines.database.ownerUrl, due, '2026-03-04T06:00:00Z', -1);

    await office.startWorker();
    const found = await faults();
    expect(found[opened]).toBe('notRunning');
    expect(found[longer]).toBe('behind');
    expect(found[ended]).toBe('closedCase');
    expect(found[due]).toBe('wakeDiffers');
    expect(found[same]).toBeUndefined();

    await repairEngine(office.client, (await compareWithEngine(office)).differences);
    await whenTheyAgree();
    expect(await Promise.all([same, longer, due, opened].map(seqOf))).toEqual(seqs);
    for (const caseId of [same, longer, ended, due, opened]) await isAsItsFacts(caseId);
    await office.waitFor('its reminder', async () => (await mailsOf(due)).length > 0);
    const key = randomUUID();
    expect((await office.attempt(longer, visit, { key })).kind).toBe('answered');
    expect(await seqOf(longer)).toBe((seqs[1] as number) + 1);
  });
});
