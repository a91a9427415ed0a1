import { describe, expect, it } from 'vitest';
import { caseClock } from '../../platform/records/case-clock.ts';
import type { RecordsDeps } from '../../platform/records/contract.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import { findLoadedCase } from '../../platform/records/load-case.ts';
import { project } from '../../platform/records/project.ts';
import { prepareAheadMs, toTransition } from '../../platform/records/settle.ts';
import { identityOf, readSetting } from '../../platform/records/turn.ts';
import { writeTransition } from '../../platform/records/write-transition.ts';
import { NoticeVars } from '../../platform/mail/templates/notice-vars.ts';
import { giveCommand, openTestCase, useTestOffice } from './support.ts';

const { records, office } = useTestOffice();

interface Row {
  key: string;
  step: string;
  audience: string;
  state: string;
  day: string;
  notBefore: Date;
  sendAt: Date;
  vars: unknown;
}

const noticesOf = async (caseId: string): Promise<Row[]> =>
  (
    await records.owner.query<Row>(
      `SELECT key, step, audience, state, to_char(case_day, 'YYYY-MM-DD') AS day, not_before AS "notBefore", send_at AS "sendAt", vars
       FROM notices WHERE case_id = $1 ORDER BY send_at, not_before, key`,
      [caseId],
    )
  ).rows;
const told = (rows: Row[]) => rows.map(({ step, audience, day }) => `${day} ${step} ${audience}`);

async function agreed(): Promise<Awaited<ReturnType<typeof openTestCase>>> {
  const family = await openTestCase(records.deps, office);
  await family.give({ command: 'signAgreement', on: '2026-03-02' });
  return family;
}

// 2 March + 20 days = 22 March, a Sunday: due on Monday the 23rd. Five working days before: the 16th; one: the 20th.
const whole = [
  '2026-03-16 remind-5 body:commission',
  '2026-03-20 remind-1 body:commission',
  '2026-03-24 escalate-1 role:head',
  '2026-03-24 overdue body:commission',
  '2026-03-24 overdue role:curator',
  '2026-03-26 escalate-3 role:deputyDirector',
];

describe('a training clock', () => {
  it('queues every mail of the days it passes, in order, each on its own case day', async () => {
    const family = await agreed();
    const answer = await family.give({ command: 'advanceTo', to: '2026-04-01' });
    expect(answer.advanced).toMatchObject({ today: '2026-04-01', fired: 6, nextEvent: null });
    const rows = await noticesOf(family.caseId);
    expect(told(rows)).toEqual(whole);
    expect(rows.every(({ state, sendAt }) => state === 'queued' && sendAt <= new Date())).toBe(true);
    expect(rows.map(({ vars }) => NoticeVars.safeParse(vars).error)).toEqual(rows.map(() => undefined));
  });

  it('goes event by event to the same mails', async () => {
    const family = await agreed();
    const days: string[] = [];
    for (;;) {
      const answer = await family.give({ command: 'advanceTo', to: 'nextEvent' });
      if (!answer.accepted) {
        expect(answer.refusal?.code).toBe('clock.nothing-ahead');
        break;
      }
      days.push(answer.advanced?.today ?? '');
    }
    expect(days).toEqual(['2026-03-16', '2026-03-20', '2026-03-24', '2026-03-26']);
    expect(told(await noticesOf(family.caseId))).toEqual(whole);
  });

  it('never takes back a mail of a day it has passed, though the duty is met before the mail is sent', async () => {
    const family = await agreed();
    await family.give({ command: 'advanceTo', to: '2026-03-17' });
    await family.give({
      command: 'draftPlan',
      on: '2026-03-17',
      until: '2026-12-31',
      measures: [{ id: 'm1', what: 'a', agency: 'school', responsible: 'b', dueOn: '2026-06-01' }],
    });
    await family.give({
      command: 'decidePlan',
      on: '2026-03-17',
      by: 'commission',
      decision: 'approve',
      resolutionNo: '1',
    });
    await family.give({ command: 'advanceTo', to: '2026-03-25' });
    const rows = (await noticesOf(family.caseId)).filter(({ key }) => key.startsWith('planApproval'));
    expect(told(rows)).toEqual([whole[0]]);
    expect(rows.map(({ state }) => state)).toEqual(['queued']);
  });

  it('moves in training cases only, and only forward', async () => {
    const family = await agreed();
    await family.give({ command: 'advanceTo', to: '2026-03-10' });
    expect((await family.give({ command: 'advanceTo', to: '2026-03-09' })).refusal?.code).toBe('clock.backwards');
    expect((await family.give({ command: 'advanceTo', to: 'nextEvent ' })).refusal?.code).toBe('command.invalid');
    const real = await openTestCase(records.deps, office, '2026-03-02', false);
    expect((await real.give({ command: 'advanceTo', to: '2026-12-01' })).refusal?.code).toBe('case.not-training');
  });

  it('closes duties on their own days, and each by one observation', async () => {
    const family = await agreed();
    await family.give({ command: 'advanceTo', to: '2026-03-10' });
    await family.give({
      command: 'draftPlan',
      on: '2026-03-10',
      until: '2026-12-31',
      measures: [{ id: 'm1', what: 'a', agency: 'school', responsible: 'b', dueOn: '2026-06-01' }],
    });
    await family.give({
      command: 'decidePlan',
      on: '2026-03-10',
      by: 'commission',
      decision: 'approve',
      resolutionNo: '1',
    });
    await family.give({ command: 'advanceTo', to: '2026-12-20' });
    const { rows } = await records.owner.query<{ key: string; day: string }>(
      `SELECT data ->> 'key' AS key, to_char(recorded_on, 'YYYY-MM-DD') AS day FROM events WHERE case_id = $1 AND kind = 'dutyClosed' ORDER BY seq`,
      [family.caseId],
    );
    // Windows of three months from 10 March: the first, ended on 10 June, can be made up until 10 September.
    expect(rows).toEqual([
      { key: 'planApproval@2', day: '2026-03-10' },
      { key: 'monitoring@4/1', day: '2026-09-11' },
      { key: 'monitoring@4/2', day: '2026-12-11' },
    ]);
  });
});

/** Sets a case's clock without living through what lies between. */
const setClock = (caseId: string, at: number) =>
  records.owner.query(`UPDATE cases SET clock_offset_ms = $2 WHERE id = $1`, [caseId, Math.round(at - Date.now())]);

describe('the plan of notices', () => {
  /** The engine's clock of the test: a real case lives by it. */
  const at = (instant: string): RecordsDeps => ({ ...records.deps, now: () => new Date(instant) });

  it('prepares the morning in the hours before it, and sends nothing before its moment', async () => {
    const opened = await openTestCase(at('2026-03-02T09:00:00.000Z'), office, '2026-03-02', false);
    const signed = at('2026-03-02T09:00:00.000Z');
    await giveCommand(signed, {
      ...office,
      caseId: opened.caseId,
      actor: { kind: 'user', id: office.curatorId },
      body: { command: 'signAgreement', on: '2026-03-02' },
    });
    expect(await noticesOf(opened.caseId)).toEqual([]);
    const standing = await wakeCase(signed, opened.caseId);
    const morning = '2026-03-16T06:00:00.000Z';
    expect(standing.nextWakeAt).toBe(new Date(Date.parse(morning) - prepareAheadMs(opened.caseId)).toISOString());
    await wakeCase(at(standing.nextWakeAt ?? ''), opened.caseId);
    const rows = await noticesOf(opened.caseId);
    expect(told(rows)).toEqual([whole[0]]);
    expect([rows[0]?.notBefore.toISOString(), rows[0]?.sendAt.toISOString()]).toEqual([morning, morning]);
  });

  it('catches up with everything once, when nobody ran over several due moments', async () => {
    const family = await openTestCase(at('2026-03-02T09:00:00.000Z'), office, '2026-03-02', false);
    await giveCommand(at('2026-03-02T09:00:00.000Z'), {
      ...office,
      caseId: family.caseId,
      actor: { kind: 'user', id: office.curatorId },
      body: { command: 'signAgreement', on: '2026-03-02' },
    });
    for (const now of ['2026-03-25T03:00:00.000Z', '2026-03-25T03:00:01.000Z', '2026-03-27T00:00:00.000Z'])
      await wakeCase(at(now), family.caseId);
    expect(told(await noticesOf(family.caseId)).sort()).toEqual([...whole].sort());
  });

  it('reminds again of a day that has moved, and withdraws the old reminder; what has left is never touched', async () => {
    const family = await agreed();
    await family.give({ command: 'advanceTo', to: '2026-03-16' });
    await records.owner.query(`UPDATE notices SET state = 'accepted' WHERE case_id = $1`, [family.caseId]);
    // To the eve of the second reminder's morning: it is queued ahead of its moment.
    await setClock(family.caseId, Date.parse('2026-03-20T06:00:00.000Z') - prepareAheadMs(family.caseId) / 2);
    await wakeCase(records.deps, family.caseId);
    expect((await noticesOf(family.caseId)).map(({ step, state }) => `${step} ${state}`)).toEqual([
      'remind-5 accepted',
      'remind-1 queued',
    ]);

    // The agreement was signed two days later than entered: the plan is due on the 24th, and a working day before is the 23rd.
    await family.give({
      command: 'correctEntry',
      on: '2026-03-20',
      entry: 2,
      reason: 'описка',
      replacement: { command: 'signAgreement', on: '2026-03-04' },
    });
    const rows = await noticesOf(family.caseId);
    expect(rows.map(({ key, state }) => `${key} ${state}`).sort()).toEqual([
      'planApproval@2|remind-1|2026-03-23|body:commission withdrawn',
      'planApproval@2|remind-5|2026-03-23|body:commission accepted',
    ]);
    await family.give({ command: 'advanceTo', to: '2026-03-23' });
    expect(told((await noticesOf(family.caseId)).filter(({ state }) => state === 'queued'))).toEqual([
      '2026-03-23 remind-1 body:commission',
    ]);
  });

  it('does not take back a mail that the dispatcher began to send while the plan was being made', async () => {
    const family = await agreed();
    await family.give({ command: 'advanceTo', to: '2026-03-16' });
    const [notice] = await noticesOf(family.caseId);
    await records.db.inScope(office, async (tx) => {
      const loaded = await findLoadedCase(tx, family.caseId);
      if (loaded?.head == null) throw new Error('no case');
      await records.owner.query(`UPDATE notices SET state = 'sending' WHERE case_id = $1`, [family.caseId]);
      const setting = readSetting(records.deps, loaded);
      const clock = caseClock(new Date(), loaded.head.clockOffsetMs, 'Europe/Moscow');
      const end = { caseId: family.caseId, seq: loaded.head.seq, hash: loaded.head.headHash };
      const notices = {
        queue: [],
        move: [{ key: notice?.key ?? '', notBefore: '2027-01-01T00:00:00.000Z' }],
        withdraw: [notice?.key ?? ''],
      };
      const outcome = {
        identity: identityOf(loaded.head),
        end,
        clock,
        projection: project(loaded.facts, setting, clock),
        notices,
        engineNow: new Date(),
      };
      writeTransition(tx, {
        ...toTransition(records.deps, loaded, setting, outcome),
        events: [],
        texts: [],
        family: null,
      });
    });
    expect((await noticesOf(family.caseId)).map(({ state, notBefore }) => [state, notBefore])).toEqual([
      ['sending', notice?.notBefore],
    ]);
  });

  it('queues a withdrawn mail again when its day comes back, in the same row', async () => {
    const family = await agreed();
    const eve = Date.parse('2026-03-16T06:00:00.000Z') - prepareAheadMs(family.caseId) / 2;
    await setClock(family.caseId, eve);
    await wakeCase(records.deps, family.caseId);
    const today = '2026-03-16';
    await family.give({
      command: 'correctEntry',
      on: today,
      entry: 2,
      reason: 'описка',
      replacement: { command: 'signAgreement', on: '2026-03-05' },
    });
    expect((await noticesOf(family.caseId)).map(({ state }) => state)).toEqual(['withdrawn']);
    await family.give({
      command: 'correctEntry',
      on: today,
      entry: 2,
      reason: 'нет, верно',
      replacement: { command: 'signAgreement', on: '2026-03-02' },
    });
    expect((await noticesOf(family.caseId)).map(({ state }) => state)).toEqual(['queued']);
  });
});
