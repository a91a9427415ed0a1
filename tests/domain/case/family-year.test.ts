import { describe, expect, it } from 'vitest';
import { addDays } from '../../../domain/calendar/civil.ts';
import { addMs, atTime, dayOf } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { closings } from '../../../domain/case/closings.ts';
import { duties } from '../../../domain/case/duties.ts';
import { fold } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { nextWake } from '../../../domain/case/next-wake.ts';
import { planNotices } from '../../../domain/case/plan-notices.ts';
import type { PlannedNotice } from '../../../domain/case/plan-notices.ts';
import { calendar, measures, recorded, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform } from '../support/play.ts';

const hours = 3_600_000;
const prepareAhead = 4 * hours;

/** A family in СОП from the application to the end of patronage; some of it late, some never done. `entry` names the kind of fact. */
const year: Input[] = [
  { on: '2026-03-02', command: 'openCase', ground: 'application', category: 'sop', form: 'group' },
  { on: '2026-03-02', command: 'assignCurator', curator: 'c1' },
  { on: '2026-03-02', command: 'giveConsent', kind: 'personalData', member: 'parent' },
  { on: '2026-03-02', command: 'signAgreement' },
  { on: '2026-03-11', command: 'recordDiagnostics', kind: 'initial' },
  {
    on: '2026-03-13',
    command: 'draftPlan',
    until: '2026-09-30',
    measures: measures(['school', 'clinic'], '2026-09-15'),
  },
  { on: '2026-03-24', command: 'decidePlan', by: 'commission', decision: 'approve' },
  { on: '2026-03-25', command: 'sendPlan', to: ['school', 'clinic'] },
  { on: '2026-03-27', command: 'answerRequest', entry: 'planSent', subject: 'school', answer: 'done' },
  { on: '2026-04-02', command: 'answerRequest', entry: 'planSent', subject: 'clinic', answer: 'done' },
  { on: '2026-06-22', command: 'recordDiagnostics', kind: 'interim' },
  { on: '2026-06-29', command: 'recordMonitoring', kind: 'interim' },
  { on: '2026-09-14', command: 'recordResult', measure: 'm1', by: 'school' },
  { on: '2026-09-21', command: 'recordResult', measure: 'm2', by: 'clinic' },
  { on: '2026-09-22', command: 'recordDiagnostics', kind: 'interim' },
  { on: '2026-09-22', command: 'recordMonitoring', kind: 'interim' },
  { on: '2026-10-02', command: 'recordDiagnostics', kind: 'final' },
  { on: '2026-10-02', command: 'recordMonitoring', kind: 'final' },
  {
    on: '2026-10-08',
    command: 'drawConclusion',
    kind: 'final',
    by: 'commission',
    decision: 'stop',
    recommendations: true,
  },
  { on: '2026-10-08', command: 'startPostSupport' },
  { on: '2026-10-15', command: 'liftSop', by: 'commission', resolutionNo: '44' },
  ...[
    '2026-10-20',
    '2026-11-03',
    '2026-11-16',
    '2026-12-01',
    '2026-12-10',
    '2026-12-22',
    '2027-02-02',
    '2027-02-10',
    '2027-02-12',
    '2027-02-20',
  ].map((on): Input => ({ on, command: 'recordVisit' })),
  ...['2027-03-10', '2027-03-24', '2027-04-09', '2027-04-15'].map((on): Input => ({ on, command: 'recordVisit' })),
  { on: '2027-04-16', command: 'endSupport', ground: 'goalsReached' },
];

const at = (now: string) => ({ asOf: dayOf(now, zone), horizon: addDays(dayOf(now, zone), 200), zone });

interface Run {
  sent: (PlannedNotice & { plannedAt: string })[];
  wakes: number;
  state: CaseState;
}

/** The case as its process lives: a command at noon of its day, and between commands nothing but its own wakes. */
const live = (commands: readonly Input[], asleep: (now: string) => boolean = () => false, daily = false): Run => {
  const run: Run = { sent: [], wakes: 0, state: fold([], file) };
  const look = (now: string): string | null => {
    const all = duties(run.state, file, calendar, at(now));
    const closed = recorded(closings(run.state, all, calendar), run.state.seq + 1, now);
    if (closed.length) run.state = fold([...run.state.log, ...closed], file);
    const agenda = buildAgenda(all, file.house, calendar, zone);
    const planned = planNotices(agenda, { now, preparedUntil: addMs(now, prepareAhead) });
    // What is no longer planned is withdrawn, unless its moment has come and it went out.
    run.sent = run.sent.filter((one) => one.notBefore <= now || planned.some(({ key }) => key === one.key));
    for (const notice of planned)
      if (!run.sent.some(({ key }) => key === notice.key)) run.sent.push({ ...notice, plannedAt: now });
    const next = nextWake({ state: run.state, duties: all, agenda, regulation: file, zone, now, prepareAhead });
    return next && daily ? atTime(addDays(dayOf(now, zone), 1), '06:00', zone) : next;
  };
  let wake: string | null = null;
  for (const input of commands) {
    const noon = atTime(input.on, '12:00', zone);
    while (wake && wake < noon) {
      run.wakes += 1;
      wake = asleep(wake) ? addMs(wake, 24 * hours) : look(wake);
    }
    const asked = run.state.facts.find(({ kind }) => kind === input['entry']);
    const done = perform(run.state, asked ? { ...input, entry: asked.root } : input);
    if (!done.decision.accepted) throw new Error(`${input.on} ${input.command}: ${done.decision.refusal.text.en}`);
    run.state = done.state;
    wake = look(noon);
  }
  expect(wake).toBeNull();
  return run;
};

const lines = ({ sent }: Run): string[] =>
  sent
    .map(
      ({ notBefore, step, dutyKey, audience, urgency }) =>
        `${dayOf(notBefore, zone)} ${step} ${dutyKey} ${audience}${urgency === 'urgent' ? ' !' : ''}`,
    )
    .sort();

describe('a whole year of a Borovichi family', () => {
  const run = live(year);

  it('sends exactly these notices, each once', () => {
    expect(lines(run)).toMatchInlineSnapshot(`
      [
        "2026-03-04 remind-5 diagnosis@4 role:curator",
        "2026-03-11 remind-1 diagnosis@4 role:curator",
        "2026-03-16 remind-5 planApproval@4 body:commission",
        "2026-03-20 remind-1 planApproval@4 body:commission",
        "2026-03-20 remind-5 planDispatch@4 role:curator",
        "2026-03-24 escalate-1 planApproval@4 role:head !",
        "2026-03-24 overdue planApproval@4 body:commission !",
        "2026-03-24 overdue planApproval@4 role:curator !",
        "2026-03-27 answered acknowledgement@11#school role:curator !",
        "2026-03-27 remind-1 acknowledgement@11#clinic agency:clinic",
        "2026-03-27 remind-1 acknowledgement@11#school agency:school",
        "2026-03-31 escalate-1 acknowledgement@11#clinic role:head !",
        "2026-03-31 overdue acknowledgement@11#clinic agency:clinic !",
        "2026-03-31 overdue acknowledgement@11#clinic role:curator !",
        "2026-04-02 answered acknowledgement@11#clinic role:curator !",
        "2026-04-02 escalate-3 acknowledgement@11#clinic role:deputyDirector !",
        "2026-06-18 remind-5 monitoring@11/1 role:curator",
        "2026-06-24 remind-1 monitoring@11/1 role:curator",
        "2026-06-26 escalate-1 monitoring@11/1 role:head !",
        "2026-06-26 overdue monitoring@11/1 role:curator !",
        "2026-09-08 remind-5 measure@8#m1 agency:school",
        "2026-09-08 remind-5 measure@8#m2 agency:clinic",
        "2026-09-14 remind-1 measure@8#m1 agency:school",
        "2026-09-14 remind-1 measure@8#m2 agency:clinic",
        "2026-09-16 escalate-1 measure@8#m2 role:head !",
        "2026-09-16 overdue measure@8#m2 agency:clinic !",
        "2026-09-16 overdue measure@8#m2 role:curator !",
        "2026-09-18 escalate-3 measure@8#m2 role:deputyDirector !",
        "2026-09-18 remind-5 monitoring@11/2 role:curator",
        "2026-10-30 remind-5 patronageVisits@30/1 role:curator",
        "2026-12-01 remind-5 patronageVisits@30/2 role:curator",
        "2027-02-01 remind-5 patronageVisits@30/4 role:curator",
        "2027-02-05 remind-1 patronageVisits@30/4 role:curator",
        "2027-02-09 escalate-1 patronageVisits@30/4 role:head !",
        "2027-02-09 overdue patronageVisits@30/4 role:curator !",
        "2027-04-08 remind-5 patronage@1 role:curator",
        "2027-04-14 remind-1 patronage@1 role:curator",
      ]
    `);
    expect(new Set(run.sent.map(({ key }) => key)).size).toBe(run.sent.length);
  });

  it('prepares each before its moment, unless the records learnt of it later', () => {
    for (const { plannedAt, notBefore } of run.sent) expect(plannedAt <= notBefore).toBe(true);
  });

  it('wakes seldom, and misses nothing that looking every morning would find', () => {
    expect(run.wakes).toBeLessThan(60);
    const daily = live(year, undefined, true);
    expect(daily.wakes).toBeGreaterThan(400);
    expect(lines(daily)).toEqual(lines(run));
  }, 30_000);

  it('nobody ran over the due moments: everything still fires, once', () => {
    const slept = live(year, (now) => now > '2026-08-20' && now < '2026-09-13');
    expect(lines(slept)).toEqual(lines(run));
    const late = slept.sent.filter(({ plannedAt, notBefore }) => plannedAt > notBefore);
    expect(late.map(({ step, dutyKey }) => `${step} ${dutyKey}`).sort()).toEqual([
      'remind-5 measure@8#m1',
      'remind-5 measure@8#m2',
    ]);
  });

  it('the days of closed duties stay when a calendar makes a day off of them later', () => {
    const later = {
      ...calendar,
      version: 'corrected',
      regional: {
        '2026-03-27': { ru: 'день района', en: 'day of the district' },
        '2026-09-15': { ru: 'выборы', en: 'elections' },
      },
    };
    const [before, after] = [calendar, later].map((one) =>
      duties(run.state, file, one, at('2027-04-20T09:00:00.000Z')),
    );
    const days = (all: typeof before) => all?.map(({ key, dueOn, state }) => `${key} ${dueOn} ${state}`);
    expect(days(after)).toEqual(days(before));
    expect(after?.find(({ rule }) => rule === 'planDispatch')?.why.at(-1)).toMatchObject({
      kind: 'frozen',
      day: '2026-03-27',
    });
    expect(closings(run.state, before ?? [], calendar)).toEqual([]);
  });
});
