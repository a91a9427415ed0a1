import { randomBytes, randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeEach, describe, expect, it } from 'vitest';
import { createSendDue } from '../../activities/send-due.ts';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import type { NewCommand } from '../../platform/records/contract.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { performInInstitution } from '../../platform/records/perform-in-institution.ts';
import { listInstitutionDuties, loadInstitution } from '../../platform/records/read-institution.ts';
import { useMail } from '../support/use-mail.ts';
import { makeInstitution } from '../mail/office-records.ts';

/** The office was entered here in the middle of the second quarter: its first report is due on 10 July. */
const enteredAt = new Date('2026-05-12T07:00:00Z');

describe('an institution’s own duties', () => {
  const { db, sink, mailer } = useMail();
  let institutionId: string;
  let now: Date;
  const keyring = createKeyring([randomBytes(32)]);
  let rules = loadRules();
  const head = randomUUID();

  beforeEach(async () => {
    sink.mails.length = 0;
    sink.faults.length = 0;
    rules = loadRules();
    await open('taganrog');
  });

  const open = async (regulation: string): Promise<void> => {
    ({ institutionId } = await makeInstitution(db));
    const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
    await db.inScope({ institutionId }, async (tx) => {
      await tx.institution.updateMany({ data: { regulation, hours, createdAt: enteredAt } });
      await tx.case.updateMany({ data: { regulationId: regulation } });
    });
    now = new Date('2026-05-13T07:00:00Z');
  };
  const at = (instant: string): void => void (now = new Date(instant));
  const deps = () => ({ db, keyring, rules, now: () => now });
  const duties = () => db.inScope({ institutionId }, (tx) => listInstitutionDuties(tx, deps()));
  const give = (body: NewCommand['body'], key: string = randomUUID()) => {
    const input = { institutionId, actor: { kind: 'user' as const, id: head }, idempotencyKey: key, body };
    return performInInstitution(deps(), input);
  };
  const refused = async (body: NewCommand['body']): Promise<string> => {
    const done = await give(body);
    if (done.outcome !== 'answered' || !done.answer.refusal) throw new Error('it was accepted');
    return done.answer.refusal.code;
  };
  const dispatch = (using: Mailer = mailer) => {
    const activity = createSendDue({
      ...{ ...deps(), mailer: using, publicUrl: 'http://localhost:3000' },
      onRequestSent: () => undefined,
    });
    const env = new MockActivityEnvironment({}, { logger: new DefaultLogger('ERROR') });
    return env.run<[{ institutionId: string }], { sent: number; nextAt: string | null }, typeof activity>(activity, {
      institutionId,
    });
  };
  const notices = () => db.inScope({ institutionId }, (tx) => tx.notice.findMany({ orderBy: { notBefore: 'asc' } }));

  it('begin with the period in which it was entered; an earlier family of it brings the earlier report that is still ahead', async () => {
    expect((await duties())[0]).toMatchObject({ key: 'quarterAnalysis@i/2026Q2', dueOn: '2026-07-10', state: 'open' });
    await db.inScope({ institutionId }, (tx) => tx.case.updateMany({ data: { openedOn: new Date('2026-01-20') } }));
    expect((await duties())[0]).toMatchObject({ key: 'quarterAnalysis@i/2026Q2' });
    await db.inScope({ institutionId }, (tx) =>
      tx.institution.updateMany({ data: { createdAt: new Date('2026-04-03T07:00:00Z') } }),
    );
    expect((await duties())[0]).toMatchObject({ key: 'quarterAnalysis@i/2026Q1', dueOn: '2026-04-10' });
  });

  it('are asked by the law of each family too, as long as it supports one under it', async () => {
    const families = (data: object) => db.inScope({ institutionId }, (tx) => tx.case.updateMany({ data }));
    const other = async () => (await duties()).map(({ key }) => key).filter((key) => key.endsWith('/gus-khrustalny'));
    at('2026-08-01T07:00:00Z');
    await families({ regulationId: 'gus-khrustalny', openedOn: new Date('2026-06-10'), training: true });
    expect(await other()).toEqual([]);
    await families({ training: false });
    expect(await other()).toContain('quarterReport@i/2026Q3/gus-khrustalny');
    const report = { command: 'submitReport', on: '2026-07-30', report: 'quarterly', regulation: 'gus-khrustalny' };
    expect(await give(report)).toMatchObject({ answer: { meets: ['quarterReport@i/2026Q2/gus-khrustalny'] } });
    await dispatch();
    const told = (await notices()).map(({ dutyKey }) => dutyKey);
    expect(told).toContain('quarterReportToDeputy@i/2026Q2/gus-khrustalny');
    expect((await duties()).map(({ key }) => key)).toContain('quarterAnalysis@i/2026Q3');
  });

  it('by a law that this process has no file of are missed aloud, and what others planned by it stays', async () => {
    const tell = (data: object) => db.inScope({ institutionId }, (tx) => tx.case.updateMany({ data }));
    await tell({ regulationId: 'gus-khrustalny', openedOn: new Date('2026-06-10') });
    at('2026-07-02T06:30:00Z');
    await dispatch();
    const planned = async () =>
      (await notices()).filter(({ dutyKey, state }) => dutyKey?.endsWith('/gus-khrustalny') && state === 'queued')
        .length;
    const before = await planned();
    expect(before).toBeGreaterThan(0);
    const plannedAt = () => db.inScope({ institutionId }, (tx) => tx.institution.findFirst());
    const last = (await plannedAt())?.plannedAt;

    const findRegulation = (id: string, version?: number) =>
      id === 'gus-khrustalny' ? undefined : loadRules().findRegulation(id, version);
    rules = { ...rules, findRegulation };
    at('2026-07-02T06:40:00Z');
    const said = new RegExp(
      `^institution ${institutionId}: it reports by gus-khrustalny, which is not among the files$`,
    );
    await expect(dispatch()).rejects.toThrow(said);
    expect(await planned()).toBe(before);
    expect((await plannedAt())?.plannedAt).toEqual(last);
    expect((await db.inScope({ institutionId }, (tx) => loadInstitution(tx, deps()))).unknownLaws).toEqual([
      'gus-khrustalny',
    ]);
    const report = { command: 'submitReport', on: '2026-07-02', report: 'quarterAnalysis' };
    expect(await give(report)).toMatchObject({ answer: { accepted: true } });
    expect(await planned()).toBe(before);

    const faults: string[] = [];
    const log = { info: () => undefined, error: (facts: object) => void faults.push(JSON.stringify(facts)) };
    const check = createSelfCheck({ records: { ...deps(), db }, log });
    await check.run();
    expect(faults.join('\n')).toMatch(new RegExp(`${institutionId}.*it reports by gus-khrustalny`));
    expect(check.report()?.failed).toBeGreaterThan(0);
  });

  it('are met by a report, late when it is late, and open again once it is annulled', async () => {
    at('2026-07-20T07:00:00Z');
    expect((await duties())[0]).toMatchObject({ state: 'overdue', clause: '6.3' });
    const done = await give({ command: 'submitReport', on: '2026-07-14', report: 'quarterAnalysis' });
    expect(done).toMatchObject({ answer: { accepted: true, seq: 1, meets: ['quarterAnalysis@i/2026Q2'] } });
    expect((await duties())[0]).toMatchObject({ state: 'met late', metOn: '2026-07-14', acts: [] });
    await give({ command: 'annulEntry', on: '2026-07-20', entry: 1, reason: 'не та дата' });
    expect((await duties())[0]).toMatchObject({ state: 'overdue', metOn: null });
    expect(await refused({ command: 'annulEntry', on: '2026-07-20', entry: 1, reason: 'снова' })).toBe(
      'entry.already-annulled',
    );
  });

  it('refuse what cannot be: a day ahead, an unknown report or period, a period not begun, a second report, no reason', async () => {
    await open('gus-khrustalny');
    const on = '2026-05-13';
    expect(await refused({ command: 'submitReport', on: '2026-05-14', report: 'quarterly' })).toBe(
      'entry.day-in-future',
    );
    expect(await refused({ command: 'submitReport', on, report: 'yearly' })).toBe('reference.unknown');
    expect(await refused({ command: 'submitReport', on, report: 'quarterly', period: '1999Q1' })).toBe(
      'reference.unknown',
    );
    expect(await refused({ command: 'submitReport', on, report: 'quarterly', period: '2026Q3' })).toBe(
      'entry.day-in-future',
    );
    expect(await refused({ command: 'annulEntry', on, entry: 1, reason: 'нет такой' })).toBe('entry.unknown');
    await give({ command: 'submitReport', on, report: 'quarterly', period: '2026-q2' });
    expect(await refused({ command: 'submitReport', on, report: 'quarterly', period: '2026Q2' })).toBe(
      'case.duplicate',
    );
    expect(await refused({ command: 'annulEntry', on, entry: 1 })).toBe('field.missing');
    const open2 = (await duties()).filter(({ metOn }) => metOn === null).map(({ key }) => key);
    expect(open2).toEqual(expect.arrayContaining(['quarterReportToDeputy@i/2026Q2', 'halfYearReport@i/2026H1']));
    expect(open2).not.toContain('quarterReport@i/2026Q2');
  });

  it('one attempt is one entry, its key serves nothing else, a refusal is kept, and two at once do not both go in', async () => {
    const body = { command: 'submitReport', on: '2026-05-13', report: 'quarterAnalysis' };
    const [first, second, other] = await Promise.all([give(body, 'same-key'), give(body, 'same-key'), give(body)]);
    expect(second).toEqual(first);
    const answers = [first, other].map((one) => one.outcome === 'answered' && one.answer.accepted);
    expect(answers.filter(Boolean)).toHaveLength(1);
    expect(await give({ ...body, on: '2026-05-12' }, 'same-key')).toEqual({ outcome: 'keyReused' });
    const rows = await db.inScope({ institutionId }, (tx) => tx.command.findMany());
    expect(rows.map(({ state }) => state).sort()).toEqual(['applied', 'refused']);
    expect(await db.inScope({ institutionId }, (tx) => tx.event.count())).toBe(1);
  });

  it('keep their log from change, and other institutions from seeing it', async () => {
    await give({ command: 'submitReport', on: '2026-05-13', report: 'quarterAnalysis' });
    await expect(db.inScope({ institutionId }, (tx) => tx.$executeRaw`UPDATE events SET data = '{}'`)).rejects.toThrow(
      /permission denied/,
    );
    const elsewhere = { institutionId: randomUUID() };
    expect(await db.inScope(elsewhere, (tx) => tx.event.count())).toBe(0);
    expect(await db.inScope(elsewhere, (tx) => tx.command.count())).toBe(0);
  });

  it('are reminded of before their day, told when it has passed, and escalated, each mail once', async () => {
    at('2026-07-02T06:30:00Z');
    await dispatch();
    const planned = await notices();
    expect(planned.length).toBeGreaterThan(0);
    expect(planned.every(({ caseId, state }) => caseId === null && ['queued', 'accepted'].includes(state))).toBe(true);
    for (const day of ['03', '06', '07', '08', '09', '10', '11', '13', '14', '15', '16', '17', '20']) {
      at(`2026-07-${day}T06:30:00Z`);
      await dispatch();
      await dispatch();
    }
    const sent = (await notices()).filter(({ state }) => state === 'accepted');
    const steps = sent.map(({ step, audience }) => `${step} ${audience}`);
    expect(steps.some((step) => step.startsWith('remind-'))).toBe(true);
    expect(steps).toContain('overdue body:institution');
    expect(steps.some((step) => /^escalate-\d+ role:/.test(step))).toBe(true);
    expect(steps.some((step) => step.includes('curator'))).toBe(false);
    expect(sink.mails).toHaveLength(sent.length);
    expect(new Set(sink.mails.map(({ messageId }) => messageId)).size).toBe(sent.length);
    const overdue = sink.mails.find(({ subject }) => subject.includes('срок истёк'));
    expect(overdue?.to).toEqual(expect.arrayContaining(['head@office.example']));
    expect(overdue?.subject).toContain('Отчёты учреждения');
    expect(overdue?.text).toContain('http://localhost:3000/reports');
  });

  it('say nothing more of a report that is in, and speak again when it is annulled', async () => {
    at('2026-07-02T06:30:00Z');
    await dispatch();
    await give({ command: 'submitReport', on: '2026-07-02', report: 'quarterAnalysis', period: '2026Q2' });
    expect((await notices()).filter(({ state }) => state === 'queued')).toEqual([]);
    await give({ command: 'annulEntry', on: '2026-07-02', entry: 1, reason: 'не сдан' });
    expect((await notices()).filter(({ state }) => state === 'queued').length).toBeGreaterThan(0);
  });

  it('a specialist’s report is asked of every curator, and what nobody receives is told to the head', async () => {
    await open('gus-khrustalny');
    at('2026-07-02T06:30:00Z');
    sink.faults.push('noSuchMailbox', 'noSuchMailbox', 'noSuchMailbox', 'noSuchMailbox');
    await dispatch();
    await dispatch();
    const own = (await notices()).filter(({ audience }) => audience === 'role:curator');
    expect(own.map(({ dutyKey }) => dutyKey)).toContain('quarterReport@i/2026Q2');
    expect(own.map(({ recipient }) => recipient)).toContain('curator@office.example');
    const told = (await notices()).filter(({ step, state }) => step === 'bounced' && state === 'accepted');
    expect(told.length).toBeGreaterThan(0);
    expect(sink.mails.map(({ subject }) => subject).join()).toContain('письмо не доставлено');
  });
});
