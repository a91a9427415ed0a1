import { describe, expect, it } from 'vitest';
import { createMailer } from '../../platform/mail/mailer.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { queueNotice } from './office-records.ts';
import { useDispatch } from './use-dispatch.ts';

describe('a mail that does not simply arrive', () => {
  const { db, sink, mailer, at, sendDue, notice, later } = useDispatch();

  it('sends a legal notice again after a cut under the same Message-ID, a courtesy never', async () => {
    const legal = await queueNotice(db, at.office, { step: 'overdue', template: 'overdue' });
    sink.faults.push('cutAfterText');
    await sendDue();
    expect(await notice(legal)).toMatchObject({ state: 'queued', attempts: 1 });
    later(11_000);
    await sendDue();
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual([`<${legal}@kurator>`, `<${legal}@kurator>`]);
    expect(await notice(legal)).toMatchObject({ state: 'accepted', attempts: 2 });

    const courtesy = await queueNotice(db, at.office, { step: 'remind-5' });
    sink.faults.push('cutAfterText');
    await sendDue();
    later(60_000);
    await sendDue();
    expect(await notice(courtesy)).toMatchObject({ state: 'ambiguous', attempts: 1 });
    expect(sink.mails).toHaveLength(3);
  });

  it('does not fill a mailbox where the server hangs up after every text: ever longer pauses, and after a day the head is told', async () => {
    const legal = await queueNotice(db, at.office, { step: 'overdue', template: 'overdue' });
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt++) {
      sink.faults.push('cutAfterText');
      await sendDue();
      const { leaseUntil } = await notice(legal);
      pauses.push(((leaseUntil?.getTime() ?? 0) - at.now.getTime()) / 1000);
      at.now = leaseUntil ?? at.now;
    }
    expect(pauses).toEqual([10, 20, 40, 80, 160, 320, 640, 1280, 1800]);
    later(24 * 60 * 60 * 1000);
    sink.faults.push('cutAfterText');
    await sendDue();
    expect(await notice(legal)).toMatchObject({ state: 'ambiguous', attempts: 10 });
    expect(sink.mails.at(-1)).toMatchObject({ to: ['head@office.example'] });
    await sendDue();
    expect(sink.mails).toHaveLength(11);
  });

  it('tells another where the server took a mail for one of two and not for the other', async () => {
    const id = await queueNotice(db, at.office, { audience: 'role:head', step: 'escalate-3', template: 'escalation' });
    await db.inScope(at.office, (tx) => tx.staff.updateMany({ where: { role: 'head' }, data: { department: 'one' } }));
    sink.faults.push('noSuchMailbox');
    await sendDue();
    expect(sink.mails.map(({ to }) => to.length)).toEqual([1, 1]);
    expect(sink.mails[1]).toMatchObject({ to: ['deputy@office.example'] });
    expect(sink.mails[1]?.subject).toContain('письмо не доставлено');
    expect(await notice(id)).toMatchObject({ state: 'accepted', attempts: 1 });
    expect((await notice(id)).smtpAnswer).toContain('550');
    await sendDue();
    expect(sink.mails).toHaveLength(2);
  });

  it('takes up an attempt whose process died by the same policy, after its lease', async () => {
    const legal = await queueNotice(db, at.office, { step: 'overdue', template: 'overdue' });
    const courtesy = await queueNotice(db, at.office, {});
    const claimedOnly = await queueNotice(db, at.office, {});
    const lease = new Date(at.now.getTime() + 5_000);
    await db.inScope(at.office, async (tx) => {
      await tx.notice.updateMany({
        where: { id: { in: [legal, courtesy] } },
        data: { state: 'sending', attempts: 1, leaseUntil: lease },
      });
      await tx.notice.update({ where: { id: claimedOnly }, data: { leaseUntil: lease } });
    });
    expect(await sendDue()).toEqual({ sent: 0, nextAt: lease.toISOString() });
    later(5_000);
    expect((await sendDue()).sent).toBe(2);
    expect([(await notice(legal)).state, (await notice(courtesy)).state, (await notice(claimedOnly)).state]).toEqual([
      'accepted',
      'ambiguous',
      'accepted',
    ]);
  });

  it('comes back after a greylisting minute', async () => {
    const id = await queueNotice(db, at.office, {});
    sink.faults.push('greylist');
    await sendDue();
    later(59_000);
    expect((await sendDue()).sent).toBe(0);
    later(2_000);
    expect((await sendDue()).sent).toBe(1);
    expect(await notice(id)).toMatchObject({ state: 'accepted', attempts: 2 });
  });

  it('shows a refused mail and tells the head of the department', async () => {
    const id = await queueNotice(db, at.office, {});
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect(await notice(id)).toMatchObject({ state: 'bounced', smtpAnswer: expect.stringContaining('550') as string });
    expect(sink.mails).toMatchObject([{ to: ['head@office.example'] }]);
    expect(sink.mails[0]?.subject).toContain('письмо не доставлено');
  });

  it('tells the one above of a mail that the head himself did not get, and nobody of the last one', async () => {
    const toHead = await queueNotice(db, at.office, { audience: 'role:head' });
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect((await notice(toHead)).state).toBe('bounced');
    expect(sink.mails.map(({ to }) => to)).toEqual([['deputy@office.example']]);
    const toDeputy = await queueNotice(db, at.office, { audience: 'role:deputyDirector' });
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect((await notice(toDeputy)).state).toBe('bounced');
    expect(sink.mails).toHaveLength(1);
  });

  it('gives up after a whole day in which the server puts a mail off, not before, and has it told another way', async () => {
    const id = await queueNotice(db, at.office, {});
    const puttingOff: Mailer = { ...mailer, send: async () => ({ kind: 'deferred', answer: '451 later' }) };
    later(24 * 60 * 60_000);
    await sendDue(puttingOff);
    expect((await notice(id)).state).toBe('queued');
    later(60 * 60_000);
    await sendDue(puttingOff);
    expect((await notice(id)).state).toBe('bounced');
    later(60_000);
    await sendDue();
    expect(sink.mails.map(({ to }) => to)).toEqual([['head@office.example']]);
  });

  it('waits longer after each vain try, half an hour at most for a server that says later, a minute for one that is away', async () => {
    const id = await queueNotice(db, at.office, {});
    const pauseAfter = async (attempts: number, kind: 'deferred' | 'unreachable'): Promise<number> => {
      await db.inScope(at.office, (tx) => tx.notice.update({ where: { id }, data: { attempts, leaseUntil: null } }));
      await sendDue({ ...mailer, send: async () => ({ kind, answer: '' }) });
      return Number((await notice(id)).leaseUntil) - at.now.getTime();
    };
    const pauses = async (kind: 'deferred' | 'unreachable') => [
      await pauseAfter(0, kind),
      await pauseAfter(1, kind),
      await pauseAfter(4, kind),
      await pauseAfter(40, kind),
    ];
    expect(await pauses('deferred')).toEqual([60_000, 120_000, 960_000, 1_800_000]);
    expect(await pauses('unreachable')).toEqual([2_000, 4_000, 32_000, 60_000]);
  });

  it('leaves the row to the process that took it over, unless its own mail was accepted', async () => {
    const takenOver = async (delivery: Awaited<ReturnType<Mailer['send']>>) => {
      const id = await queueNotice(db, at.office, { step: 'overdue', template: 'overdue' });
      const overtaken: Mailer = {
        ...mailer,
        async send() {
          const data = { attempts: 2, leaseUntil: new Date(at.now.getTime() + 60_000) };
          await db.inScope(at.office, (tx) => tx.notice.update({ where: { id }, data }));
          return delivery;
        },
      };
      await sendDue(overtaken);
      return (await notice(id)).state;
    };
    expect(await takenOver({ kind: 'refused', answer: '550 no' })).toBe('sending');
    expect(await takenOver({ kind: 'accepted', answer: '250 ok' })).toBe('accepted');
    // Nor is anybody told that the refused one did not arrive: it may yet.
    await sendDue();
    expect(sink.mails).toEqual([]);
  });

  it('tells the head when nobody stands behind an audience', async () => {
    const id = await queueNotice(db, at.office, { audience: 'agency:unknown' });
    await sendDue();
    await sendDue();
    expect((await notice(id)).state).toBe('bounced');
    expect(sink.mails).toMatchObject([{ to: ['head@office.example'] }]);
  });

  it('leaves everything in place when the mail server is away, and pauses', async () => {
    const ids = await Promise.all([queueNotice(db, at.office, {}), queueNotice(db, at.office, {})]);
    const lost = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'k@office.example' });
    const { sent, nextAt } = await sendDue(lost);
    lost.close();
    expect(sent).toBe(0);
    expect(Date.parse(String(nextAt)) - at.now.getTime()).toBeGreaterThanOrEqual(10_000);
    expect(await Promise.all(ids.map(async (id) => (await notice(id)).state))).toEqual(['queued', 'queued']);
    // A long weekend without the server's machine: nobody is told that mails were undeliverable, for none was tried.
    later(4 * 24 * 60 * 60 * 1000);
    const stillLost = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'k@office.example' });
    await sendDue(stillLost);
    stillLost.close();
    expect(await Promise.all(ids.map(async (id) => (await notice(id)).state))).toEqual(['queued', 'queued']);
    later(60_000);
    expect((await sendDue()).sent).toBe(2);
    expect(sink.mails.map(({ to }) => to)).toEqual([['curator@office.example'], ['curator@office.example']]);
  });

  it('is not held up by an address that no server is asked about: its one above is told, the next mail goes', async () => {
    await db.inScope(at.office, (tx) => tx.agency.updateMany({ data: { email: '<>' } }));
    const id = await queueNotice(db, at.office, { audience: 'agency:school', at: new Date(at.now.getTime() - 1000) });
    await queueNotice(db, at.office, {});
    await sendDue();
    await sendDue();
    expect((await notice(id)).state).toBe('bounced');
    expect(sink.mails.map(({ to }) => to)).toEqual([['curator@office.example'], ['head@office.example']]);
  });
});
