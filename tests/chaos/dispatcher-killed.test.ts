import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { dispatcherId } from '../../workflows/messages.ts';
import { connections } from '../../platform/mail/mailer.ts';
import { pokeDispatcher } from '../../platform/temporal/nudge.ts';
import { queueNotice } from '../mail/office-records.ts';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

const cases = 12;
const each = 25;

describe('the dispatcher killed amid a morning', () => {
  let machines: Machines;
  let office: Office;

  beforeAll(async () => {
    machines = await startMachines();
    office = await openOffice({ ...machines, worker: 'process' });
  });
  afterAll(async () => {
    await office?.close();
    await machines?.close();
  });

  it('loses no notice, repeats only what was under way, and never a courtesy', async () => {
    const ids: { id: string; step: string }[] = [];
    for (let n = 0; n < cases; n++) {
      const caseId = await office.openCase({ on: '2026-03-02' });
      for (let i = 0; i < each; i++) {
        const step = i % 2 === 0 ? 'overdue' : 'remind-1';
        const template = i % 2 === 0 ? 'overdue' : 'reminder';
        const id = await queueNotice(
          office.db,
          { institutionId: office.institutionId, caseId },
          { step, template, at: new Date() },
        );
        ids.push({ id, step });
      }
    }
    await pokeDispatcher(office.client, office.institutionId);
    const kills = 3;
    let lastStart = 0;
    for (let kill = 1; kill <= kills; kill++) {
      const from = office.sink.mails.length;
      await office.waitFor('some more mails', async () => office.sink.mails.length >= from + 25, 40_000);
      await office.killWorker();
      expect(office.sink.mails.length).toBeLessThan(ids.length);
      await office.startWorker();
      lastStart = Date.now();
    }
    const states = async () => {
      const rows = await office.db.inScope(office, (tx) =>
        tx.notice.findMany({
          where: { id: { in: ids.map(({ id }) => id) } },
          select: { id: true, state: true, step: true, attempts: true, messageId: true },
        }),
      );
      return rows;
    };
    const rows = await office.waitFor(
      'the end of every notice',
      async () => {
        const now = await states();
        return now.every(({ state }) => state === 'accepted' || state === 'ambiguous') && now;
      },
      60_000,
    );
    const seconds = (Date.now() - lastStart) / 1000;

    const times = new Map<string, number>();
    for (const { messageId } of office.sink.mails) times.set(messageId, (times.get(messageId) ?? 0) + 1);
    const lost = rows.filter(({ state, messageId }) => state === 'accepted' && !times.has(messageId));
    expect(lost).toEqual([]);
    const repeated = rows.filter(({ messageId }) => (times.get(messageId) ?? 0) > 1);
    expect(repeated.every(({ step }) => step === 'overdue')).toBe(true);
    expect(repeated.length).toBeLessThanOrEqual(connections * kills);
    const uncertain = rows.filter(({ state }) => state === 'ambiguous');
    expect(uncertain.every(({ step }) => step === 'remind-1')).toBe(true);
    expect(uncertain.length).toBeLessThanOrEqual(connections * kills);
    console.log(
      `${ids.length} notices, ${kills} kills: ${repeated.length} repeated, ${uncertain.length} uncertain, the last ${seconds.toFixed(1)} s after the last start`,
    );
    expect((await office.client.workflow.getHandle(dispatcherId(office.institutionId)).describe()).status.name).toBe(
      'RUNNING',
    );
  });
});
