import { randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { createActivities } from '../../activities/index.ts';
import { createSendDue } from '../../activities/send-due.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import type { Database } from '../../platform/database/scope.ts';
import { connections, createMailer } from '../../platform/mail/mailer.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { useMail } from '../support/use-mail.ts';
import { addCase, makeInstitution, queueNotice } from './office-records.ts';

// A failure that a test asks for is no news.
const quiet = new DefaultLogger('ERROR');

describe('sendDue', () => {
  const { db, sink, mailer } = useMail();
  let office: Awaited<ReturnType<typeof makeInstitution>>;
  let now = new Date('2026-03-17T06:00:00Z');
  const keyring = createKeyring([randomBytes(32)]);
  const rules = loadRules();
  const told: string[] = [];

  beforeEach(async () => {
    sink.mails.length = 0;
    sink.faults.length = 0;
    told.length = 0;
    now = new Date('2026-03-17T06:00:00Z');
    office = await makeInstitution(db);
  });

  const sendDue = (using: Mailer = mailer, records: Database = db) => {
    const deps = { db: records, rules, keyring, mailer: using, publicUrl: 'http://localhost:3000', now: () => now };
    const activity = createSendDue({ ...deps, onRequestSent: (caseId) => void told.push(caseId) });
    const env = new MockActivityEnvironment({}, { logger: quiet });
    return env.run<[{ institutionId: string }], { sent: number; nextAt: string | null }, typeof activity>(activity, {
      institutionId: office.institutionId,
    });
  };
  const notice = (id: string) => db.inScope(office, (tx) => tx.notice.findUniqueOrThrow({ where: { id } }));
  const later = (ms: number) => {
    now = new Date(now.getTime() + ms);
  };

  it('sends what is due, in order, to the person behind the role, and says when to come back', async () => {
    await queueNotice(db, office, { at: new Date('2026-03-17T05:00:00Z'), audience: 'body:commission' });
    const id = await queueNotice(db, office, {});
    const future = new Date('2026-03-18T06:00:00Z');
    await queueNotice(db, office, { at: future });
    expect(await sendDue()).toEqual({ sent: 2, nextAt: future.toISOString() });
    expect(sink.mails.map(({ to }) => to)).toEqual([['commission@office.example'], ['curator@office.example']]);
    expect(sink.mails[1]).toMatchObject({ caseDay: '2026-03-17', messageId: `<${id}@kurator>` });
    expect(sink.mails[1]?.subject).toContain('Дело 2026-0001: срок 22 марта 2026');
    expect(sink.mails[1]?.text).toContain(`http://localhost:3000/cases/${office.caseId}`);
    expect(await notice(id)).toMatchObject({ state: 'accepted', attempts: 1, recipient: 'curator@office.example' });
    expect(await sendDue()).toMatchObject({ sent: 0 });
  });

  it('says in our log why it failed, and nothing of it to the engine', async () => {
    const said: unknown[] = [];
    const log = { warn: (facts: object) => void said.push(facts), error: () => undefined };
    const failing: Database = { ...db, inScope: () => Promise.reject(new Error('not so: "Тестова Анна"')) };
    const deps = { db: failing, rules, keyring, mailer, publicUrl: 'http://localhost:3000', now: () => now, log };
    // No mail goes out, so nothing is told to the engine by its client.
    const activities = createActivities({ ...deps, client: null as never });
    const failed: unknown = await new MockActivityEnvironment({}, { logger: quiet })
      .run((input: { institutionId: string }) => activities.sendDue(input), { institutionId: office.institutionId })
      .catch((error: unknown) => error);
    expect(failed).toMatchObject({ type: 'transactionFailed', message: 'the transaction failed' });
    expect(said).toMatchObject([{ err: { message: 'not so: "Тестова Анна"' } }]);
  });

  it('two workers at once send each notice once', async () => {
    const many = Array.from({ length: 80 }, (_, index) => ({ at: new Date(now.getTime() - index) }));
    for (const seed of many) await queueNotice(db, office, seed);
    const results = await Promise.all([sendDue(), sendDue(), sendDue()]);
    expect(results.reduce((sum, { sent }) => sum + sent, 0)).toBe(80);
    expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(80);
    expect(sink.mails).toHaveLength(80);
  });

  it('has every attempt on record before its mail, never more of them than connections, and shares transactions', async () => {
    const size = 60;
    for (let n = 0; n < size; n++) await queueNotice(db, await addCase(db, office));
    const atOnce: number[] = [];
    const watching: Mailer = {
      ...mailer,
      async send(mail) {
        const sending = await db.inScope(office, (tx) => tx.notice.findMany({ where: { state: 'sending' } }));
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
    const seeds = await Promise.all(Array.from({ length: 2 * connections }, () => addCase(db, office)));
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
    const { institutionId, caseId } = office;
    await db.inScope(office, (tx) =>
      tx.duty.create({ data: { ...rule, key, institutionId, caseId, scope: 'case', detail: {}, digest: '' } }),
    );
    await queueNotice(db, office, { dutyKey: key, step: 'overdue', template: 'overdue' });
    await queueNotice(db, office, { dutyKey: key, step: 'overdue', template: 'overdue', audience: 'agency:school' });
    await queueNotice(db, office, { step: 'overdue', template: 'overdue' });
    await sendDue();
    const named = sink.mails.filter(({ subject }) => subject.includes('(Выдуманная школа)'));
    expect(named).toMatchObject([{ to: ['curator@office.example'] }]);
    expect(named[0]?.text).toContain(`http://localhost:3000/cases/${caseId}`);
    expect(sink.mails).toHaveLength(3);
  });

  it('tells the case when a new link has reached its agency', async () => {
    await queueNotice(db, office, { step: 'newLink', template: 'request', audience: 'agency:school' });
    sink.faults.push('greylist');
    await sendDue();
    expect(told).toEqual([]);
    later(61_000);
    await sendDue();
    expect(told).toEqual([office.caseId]);
  });

  it('sends a legal notice again after a cut under the same Message-ID, a courtesy never', async () => {
    const legal = await queueNotice(db, office, { step: 'overdue', template: 'overdue' });
    sink.faults.push('cutAfterText');
    await sendDue();
    expect(await notice(legal)).toMatchObject({ state: 'queued', attempts: 1 });
    later(11_000);
    await sendDue();
    expect(sink.mails.map(({ messageId }) => messageId)).toEqual([`<${legal}@kurator>`, `<${legal}@kurator>`]);
    expect(await notice(legal)).toMatchObject({ state: 'accepted', attempts: 2 });

    const courtesy = await queueNotice(db, office, { step: 'remind-5' });
    sink.faults.push('cutAfterText');
    await sendDue();
    later(60_000);
    await sendDue();
    expect(await notice(courtesy)).toMatchObject({ state: 'ambiguous', attempts: 1 });
    expect(sink.mails).toHaveLength(3);
  });

  it('does not fill a mailbox where the server hangs up after every text: ever longer pauses, and after a day the head is told', async () => {
    const legal = await queueNotice(db, office, { step: 'overdue', template: 'overdue' });
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 9; attempt++) {
      sink.faults.push('cutAfterText');
      await sendDue();
      const { leaseUntil } = await notice(legal);
      pauses.push(((leaseUntil?.getTime() ?? 0) - now.getTime()) / 1000);
      now = leaseUntil ?? now;
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
    const id = await queueNotice(db, office, { audience: 'role:head', step: 'escalate-3', template: 'escalation' });
    await db.inScope(office, (tx) => tx.staff.updateMany({ where: { role: 'head' }, data: { department: 'one' } }));
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
    const legal = await queueNotice(db, office, { step: 'overdue', template: 'overdue' });
    const courtesy = await queueNotice(db, office, {});
    const claimedOnly = await queueNotice(db, office, {});
    const lease = new Date(now.getTime() + 5_000);
    await db.inScope(office, async (tx) => {
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
    const id = await queueNotice(db, office, {});
    sink.faults.push('greylist');
    await sendDue();
    later(59_000);
    expect((await sendDue()).sent).toBe(0);
    later(2_000);
    expect((await sendDue()).sent).toBe(1);
    expect(await notice(id)).toMatchObject({ state: 'accepted', attempts: 2 });
  });

  it('shows a refused mail and tells the head of the department', async () => {
    const id = await queueNotice(db, office, {});
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect(await notice(id)).toMatchObject({ state: 'bounced', smtpAnswer: expect.stringContaining('550') as string });
    expect(sink.mails).toMatchObject([{ to: ['head@office.example'] }]);
    expect(sink.mails[0]?.subject).toContain('письмо не доставлено');
  });

  it('tells the one above of a mail that the head himself did not get, and nobody of the last one', async () => {
    const toHead = await queueNotice(db, office, { audience: 'role:head' });
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect((await notice(toHead)).state).toBe('bounced');
    expect(sink.mails.map(({ to }) => to)).toEqual([['deputy@office.example']]);
    const toDeputy = await queueNotice(db, office, { audience: 'role:deputyDirector' });
    sink.faults.push('noSuchMailbox');
    await sendDue();
    await sendDue();
    expect((await notice(toDeputy)).state).toBe('bounced');
    expect(sink.mails).toHaveLength(1);
  });

  it('gives up after a whole day in which the server puts a mail off, not before, and has it told another way', async () => {
    const id = await queueNotice(db, office, {});
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
    const id = await queueNotice(db, office, {});
    const pauseAfter = async (attempts: number, kind: 'deferred' | 'unreachable'): Promise<number> => {
      await db.inScope(office, (tx) => tx.notice.update({ where: { id }, data: { attempts, leaseUntil: null } }));
      await sendDue({ ...mailer, send: async () => ({ kind, answer: '' }) });
      return Number((await notice(id)).leaseUntil) - now.getTime();
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
      const id = await queueNotice(db, office, { step: 'overdue', template: 'overdue' });
      const overtaken: Mailer = {
        ...mailer,
        async send() {
          const data = { attempts: 2, leaseUntil: new Date(now.getTime() + 60_000) };
          await db.inScope(office, (tx) => tx.notice.update({ where: { id }, data }));
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
    const id = await queueNotice(db, office, { audience: 'agency:unknown' });
    await sendDue();
    await sendDue();
    expect((await notice(id)).state).toBe('bounced');
    expect(sink.mails).toMatchObject([{ to: ['head@office.example'] }]);
  });

  it('sends nothing that a person typed: a variable beside the list bounces the notice', async () => {
    const id = await queueNotice(db, office, {
      vars: { caseNumber: '2026-0001', title: { ru: 'а', en: 'b' }, clause: null, dueOn: null, childName: 'Имя' },
    });
    await sendDue();
    expect(await notice(id)).toMatchObject({ state: 'bounced' });
    expect((await notice(id)).smtpAnswer).not.toContain('Имя');
    expect(sink.mails).toEqual([]);
  });

  it('leaves everything in place when the mail server is away, and pauses', async () => {
    const ids = await Promise.all([queueNotice(db, office, {}), queueNotice(db, office, {})]);
    const lost = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'k@office.example' });
    const { sent, nextAt } = await sendDue(lost);
    lost.close();
    expect(sent).toBe(0);
    expect(Date.parse(String(nextAt)) - now.getTime()).toBeGreaterThanOrEqual(10_000);
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
    await db.inScope(office, (tx) => tx.agency.updateMany({ data: { email: '<>' } }));
    const id = await queueNotice(db, office, { audience: 'agency:school', at: new Date(now.getTime() - 1000) });
    await queueNotice(db, office, {});
    await sendDue();
    await sendDue();
    expect((await notice(id)).state).toBe('bounced');
    expect(sink.mails.map(({ to }) => to)).toEqual([['curator@office.example'], ['head@office.example']]);
  });

  it('does not send what was withdrawn after the claim', async () => {
    const id = await queueNotice(db, office, {});
    const withdrawing: Mailer = { ...mailer };
    const first = await queueNotice(db, office, { at: new Date(now.getTime() - 1000) });
    withdrawing.send = async (mail) => {
      if (mail.messageId === `<${first}@kurator>`) {
        await db.inScope(office, (tx) => tx.notice.update({ where: { id }, data: { state: 'withdrawn' } }));
      }
      return mailer.send(mail);
    };
    await sendDue(withdrawing);
    expect(sink.mails).toHaveLength(1);
    expect((await notice(id)).state).toBe('withdrawn');
  });
});
