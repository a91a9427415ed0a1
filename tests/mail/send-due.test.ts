import { MockActivityEnvironment } from '@temporalio/testing';
import { describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import type { Database } from '../../platform/database/scope.ts';
import { connections } from '../../platform/mail/mailer.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { addCase, queueNotice } from './office-records.ts';
import { quiet, useDispatch } from './use-dispatch.ts';

describe('sendDue', () => {
  const { db, sink, mailer, keyring, rules, told, at, sendDue, notice, later } = useDispatch();

  it('sends what is due, in order, to the person behind the role, and says when to come back', async () => {
    await queueNotice(db, at.office, { at: new Date('2026-03-17T05:00:00Z'), audience: 'body:commission' });
    const id = await queueNotice(db, at.office, {});
    const future = new Date('2026-03-18T06:00:00Z');
    await queueNotice(db, at.office, { at: future });
    expect(await sendDue()).toEqual({ sent: 2, nextAt: future.toISOString() });
    expect(sink.mails.map(({ to }) => to)).toEqual([['commission@office.example'], ['curator@office.example']]);
    expect(sink.mails[1]).toMatchObject({ caseDay: '2026-03-17', messageId: `<${id}@kurator>` });
    expect(sink.mails[1]?.subject).toContain('Дело 2026-0001: срок 22 марта 2026');
    expect(sink.mails[1]?.text).toContain(`http://localhost:3000/cases/${at.office.caseId}`);
    expect(await notice(id)).toMatchObject({ state: 'accepted', attempts: 1, recipient: 'curator@office.example' });
    expect(await sendDue()).toMatchObject({ sent: 0 });
  });

  it('says in our log why it failed, and nothing of it to the engine', async () => {
    const said: unknown[] = [];
    const log = { warn: (facts: object) => void said.push(facts), error: () => undefined };
    const failing: Database = { ...db, inScope: () => Promise.reject(new Error('not so: "Тестова Анна"')) };
    const deps = { db: failing, rules, keyring, mailer, publicUrl: 'http://localhost:3000', now: () => at.now, log };
    // No mail goes out, so nothing is told to the engine by its client.
    const activities = createActivities({ ...deps, client: null as never });
    const failed: unknown = await new MockActivityEnvironment({}, { logger: quiet })
      .run((input: { institutionId: string }) => activities.sendDue(input), { institutionId: at.office.institutionId })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ type: 'transactionFailed', message: 'the transaction failed' });
    expect(said).toMatchObject([{ err: { message: 'not so: "Тестова Анна"' } }]);
  });

  it('two workers at once send each notice once', async () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ at: new Date(at.now.getTime() - index) }));
    for (const seed of many) await queueNotice(db, at.office, seed);
    const results = await Promise.all([sendDue(), sendDue(), sendDue()]);
    expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(80);
    expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(80);
    expect(sink.mails).toHaveLength(80);
  });

  it('has every attempt on record before its mail, never more of them than connections, and shares transactions', async () => {
    const size = 60;
    for (let n = 0; n < size; n++) await queueNotice(db, await addCase(db, at.office));
    const atOnce: number[] = [];
    const watching: Mailer = {
      ...mailer,
      async send(mail) {
        const sending = await db.inScope(at.office, (tx) => tx.notice.findMany({ where: { state: 'sending' } }));
        expect(sending.map(({ messageId }) => messageId)).toContain(mail.messageId);
        atOnce.push(sending.length);
        return mailer.send(mail);
      },
    };
    let transactions = 0;
    const counting: Database = { ...db, inScope: (scope, work) => (transactions++, db.inScope(scope, work)) };
    expect((await sendDue(watching, counting)).sent).toBe(size);
    expect(Math.max(...atOnce)).toBe(connections);
    // A turn closes one attempt at least and begins another; with one transaction for each there would be twice as many.
    expect(transactions).toBeLessThan(size + 10);
  });

  it('writes down how mails ended that were under way when a turn failed', async () => {
    const seeds = await Promise.all(Array.from({ length: 2 * connections }, () => addCase(db, at.office)));
    const ids = await Promise.all(seeds.map((at) => queueNotice(db, at)));
    let sends = 0;
    let turnsFail = false;
    const failing: Mailer = { ...mailer, send: (mail) => ((turnsFail = ++sends > 1), mailer.send(mail)) };
    const broken: Database = {
      ...db,
      inScope(scope, work) {
        if (!turnsFail) return db.inScope(scope, work);
        turnsFail = false;
        return Promise.reject(new Error('the records are away'));
      },
    };
    await expect(sendDue(failing, broken)).rejects.toThrow('away');
    const rows = await Promise.all(ids.map(notice));
    expect(rows.filter(({ state }) => state === 'accepted')).toHaveLength(connections);
    expect(rows.filter(({ state, leaseUntil }) => state === 'queued' && leaseUntil === null)).toHaveLength(connections);
  });

  it('names the organisation that is awaited, so that two agencies are told apart, and not to itself', async () => {
    const rule = { rule: 'measureDone', clause: '4.1', state: 'overdue', awaitedKind: 'agency', awaitedCode: 'school' };
    const key = 'measureDone@6#m1';
    const { institutionId, caseId } = at.office;
    await db.inScope(at.office, (tx) =>
      tx.duty.create({ data: { ...rule, key, institutionId, caseId, scope: 'case', detail: {}, digest: '' } }),
    );
    await queueNotice(db, at.office, { dutyKey: key, step: 'overdue', template: 'overdue' });
    await queueNotice(db, at.office, { dutyKey: key, step: 'overdue', template: 'overdue', audience: 'agency:school' });
    await queueNotice(db, at.office, { step: 'overdue', template: 'overdue' });
    await sendDue();
    const named = sink.mails.filter(({ subject }) => subject.includes('(Выдуманная школа)'));
    expect(named).toMatchObject([{ to: ['curator@office.example'] }]);
    expect(named[0]?.text).toContain(`http://localhost:3000/cases/${caseId}`);
    expect(sink.mails).toHaveLength(3);
  });

  it('tells the case when a new link has reached its agency', async () => {
    await queueNotice(db, at.office, { step: 'newLink', template: 'request', audience: 'agency:school' });
    sink.faults.push('greylist');
    await sendDue();
    expect(told).toEqual([]);
    later(61_000);
    await sendDue();
    expect(told).toEqual([at.office.caseId]);
  });

  it('sends nothing that a person typed: a variable beside the list bounces the notice', async () => {
    const id = await queueNotice(db, at.office, {
      vars: { caseNumber: '2026-0001', title: { ru: 'а', en: 'b' }, clause: null, dueOn: null, childName: 'Имя' },
    });
    await sendDue();
    expect(await notice(id)).toMatchObject({ state: 'bounced' });
    expect((await notice(id)).smtpAnswer).not.toContain('Имя');
    expect(sink.mails).toEqual([]);
  });

  it('does not send what was withdrawn after the claim', async () => {
    const id = await queueNotice(db, at.office, {});
    const withdrawing: Mailer = { ...mailer };
    const first = await queueNotice(db, at.office, { at: new Date(at.now.getTime() - 1000) });
    withdrawing.send = async (mail) => {
      if (mail.messageId === `<${first}@kurator>`) {
        await db.inScope(at.office, (tx) => tx.notice.update({ where: { id }, data: { state: 'withdrawn' } }));
      }
      return mailer.send(mail);
    };
    await sendDue(withdrawing);
    expect(sink.mails).toHaveLength(1);
    expect((await notice(id)).state).toBe('withdrawn');
  });
});
