import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { roles } from '../access/role.ts';
import type { Role } from '../access/role.ts';
import { frozenOn } from '../case/duties/kept-day.ts';
import { ladderOf } from '../case/duties/ladder.ts';
import { namedDay, reckonPlain, undated } from '../case/duties/reckoning.ts';
import type { Reckoned } from '../case/duties/reckoning.ts';
import { stateOf } from '../case/duties/term-duties.ts';
import type { Duty } from '../case/duty.ts';
import type { Fact } from '../case/fact.ts';
import { isAct } from '../case/reading.ts';
import { soonestFirst } from '../case/soonest-first.ts';
import { say } from '../case/words.ts';
import type { DutyRule, Regulation } from '../regulation/regulation.ts';
import { periodName, periodOf, periodWords, reportTitle } from './period.ts';
import type { CalendarPeriod } from './period.ts';

type CalendarRule = Extract<DutyRule, { form: 'calendar' }>;

/** What an institution has submitted: a fact of its own, of no case. */
export type Submitted = Pick<Fact, 'kind' | 'on' | 'data' | 'recordedAt'>;

export interface InstitutionAt {
  /** The first day of the institution's work: the period that holds it is the first one reported on. */
  since: Day;
  asOf: Day;
  /** Periods are endless: those that begin later are left out. */
  horizon: Day;
  /** Whether this law is the one by which a period is reported; without it, it is for all. */
  binds?: (period: CalendarPeriod) => boolean;
}

const reckoned = (rule: CalendarRule, calendar: ProductionCalendar, period: CalendarPeriod): Reckoned => {
  const { due } = rule;
  if (due === null)
    return undated(say('отчётный период: {p}', 'the period: {p}', { p: periodWords(period.name) }), period.to);
  if ('day' in due) {
    const title = say(
      '{n}-е число месяца после отчётного периода ({period}), включительно',
      'day {n} of the month after the period ({period}), included',
      { n: due.day, period: periodWords(period.name) },
    );
    const named = `${period.next.slice(0, 8)}${String(due.day).padStart(2, '0')}`;
    return namedDay({ reading: { calendar } }, title, named, due.dayOff === 'before');
  }
  const title = say('начался период, следующий за отчётным ({p})', 'the period after the one reported on ({p}) began', {
    p: periodWords(period.name),
  });
  return reckonPlain(calendar, title, period.next, due);
};

/** What was submitted is judged by the day that it was submitted against. */
const keptBy = (report: Submitted | undefined, day: Reckoned, calendar: ProductionCalendar): Reckoned => {
  const { dueOn, calendarVersion } = report?.data ?? {};
  return typeof dueOn === 'string' ? frozenOn(day, { dueOn, calendarVersion: String(calendarVersion) }, calendar) : day;
};

/** Whether what was submitted is what the rule asks for. */
export const serves = ({ met }: CalendarRule, fact: Pick<Submitted, 'kind' | 'data'>): boolean =>
  met.some((act) => isAct(fact, act));

/** Submissions of the rule by period; one that names none serves the oldest period that had ended and lacks it. */
const served = (
  rule: CalendarRule,
  facts: readonly Submitted[],
  all: readonly CalendarPeriod[],
): Map<string, Submitted> => {
  const days = new Map<string, Submitted>();
  for (const fact of facts) {
    if (!serves(rule, fact)) continue;
    const { on, data } = fact;
    const named = typeof data['period'] === 'string' ? periodName(data['period']) : null;
    const name = named ?? all.find((one) => one.to < on && !days.has(one.name))?.name;
    if (name !== undefined && !days.has(name)) days.set(name, fact);
  }
  return days;
};

const periodsOf = (every: NonNullable<CalendarRule['every']>, { since, asOf, horizon }: InstitutionAt) => {
  const all: CalendarPeriod[] = [];
  for (
    let period = periodOf(since, every);
    period.from <= horizon || period.from <= asOf;
    period = periodOf(period.next, every)
  )
    all.push(period);
  return all;
};

/**
 * The institution's own duties: one a period, kept apart from every case. A pure function of what was submitted, the
 * regulation and the calendar; soonest first, those without a day last.
 */
export const institutionDuties = (
  regulation: Regulation,
  calendar: ProductionCalendar,
  facts: readonly Submitted[],
  at: InstitutionAt,
): Duty[] => {
  const known = facts.filter(({ on }) => on <= at.asOf);
  const made = Object.values(regulation.duties).flatMap((rule): Duty[] => {
    if (rule.form !== 'calendar') return [];
    const { every } = rule;
    const whole: CalendarPeriod = { name: '', from: at.since, to: at.asOf, next: at.asOf };
    const all = every === null ? [whole] : periodsOf(every, at);
    const done = served(rule, known, all);
    const submitted = every === null ? known.findLast((fact) => serves(rule, fact)) : undefined;
    return all.filter(at.binds ?? (() => true)).map((period): Duty => {
      const report = every === null ? submitted : done.get(period.name);
      const day =
        every === null
          ? undated(say('учреждение ведёт сопровождение', 'the institution supports families'), at.since)
          : keptBy(report, reckoned(rule, calendar, period), calendar);
      const metOn = report?.on ?? null;
      const state = metOn === null && at.asOf < period.from ? 'upcoming' : stateOf(metOn, day.dueOn, null, at.asOf);
      return {
        key: `${rule.rule}@i${period.name && `/${period.name}`}`,
        rule: rule.rule,
        clause: rule.clause,
        what: reportTitle(rule.what, period.name),
        subject: null,
        words: null,
        basis: day.dueOn === null ? 'undated' : rule.basis,
        ...day,
        awaited: roles.includes(rule.who as Role) ? { kind: 'role', code: rule.who } : { kind: 'body', code: rule.who },
        state,
        metOn,
        scope: 'institution',
        acts:
          metOn === null
            ? [
                {
                  command: 'submitReport',
                  fields: { report: reportOf(rule), ...(period.name ? { period: period.name } : {}) },
                },
              ]
            : [],
        window: null,
        ...ladderOf({ dueOn: day.dueOn, startOn: period.from }, regulation.house, calendar),
        rootEntry: 0,
        knownAt: '',
      };
    });
  });
  return made.sort(soonestFirst);
};

/** The code under which the report is submitted: the one that the rule asks for, else the rule's own name. */
const reportOf = ({ met, rule }: CalendarRule): string => {
  const asked = met[0]?.where?.['report']?.[0];
  return typeof asked === 'string' ? asked : rule;
};
