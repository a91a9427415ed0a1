import { addDays, dayFrom, daysInMonth, partsOf } from './civil.ts';
import type { Day } from './day.ts';
import { addWorkingDays, isDayOff, nextWorkingDay } from './production-calendar.ts';
import type { ProductionCalendar } from './production-calendar.ts';

/** A length of time in the words of a regulation; exactly one of them. */
export type Term = { calendarDays: number } | { workingDays: number } | { months: number };

/** The length of one window of a grid; exactly one of them. A week ends on its anchor's day of the week (article 192, part 4). */
export type Cycle = { months: number } | { weeks: number };

/** The end of a term: the day as reckoned and the day after moving off days off. */
export interface TermEnd {
  unmoved: Day;
  due: Day;
  /** Days off between `unmoved` and `due`, in order: the reason of the move. */
  skipped: { day: Day; name: { ru: string; en: string } }[];
  /** The month has no such day, so its last day is taken. */
  clamped: boolean;
}

/**
 * The same day of a later month, or that month's last day if it has no such day (Civil Code, article 192,
 * part 3): 30 November + 3 months is 28 or 29 February. Windows of a grid are always counted from the anchor,
 * never from the window before, so 30 November gives 28 February and then 30 May.
 */
export const addMonths = (day: Day, months: number): Day => {
  const { year, month, day: dom } = partsOf(day);
  const index = year * 12 + (month - 1) + months;
  const target = { year: Math.floor(index / 12), month: (index % 12) + 1 };
  return dayFrom({ ...target, day: Math.min(dom, daysInMonth(target.year, target.month)) });
};

/** The last day of a term as reckoned, before days off are looked at (articles 190 to 192: it starts on the next day). */
export const addTerm = (calendar: ProductionCalendar, start: Day, term: Term): Day =>
  'calendarDays' in term
    ? addDays(start, term.calendarDays)
    : 'workingDays' in term
      ? addWorkingDays(calendar, start, term.workingDays)
      : addMonths(start, term.months);

/** Moves a last day that is a day off to the next working day (article 193) and says which days were skipped. */
export const moveOffDaysOff = (calendar: ProductionCalendar, unmoved: Day): Pick<TermEnd, 'due' | 'skipped'> => {
  const due = nextWorkingDay(calendar, unmoved);
  const skipped: TermEnd['skipped'] = [];
  for (let day = unmoved; day < due; day = addDays(day, 1)) {
    const name = isDayOff(calendar, day);
    if (name) skipped.push({ day, name });
  }
  return { due, skipped };
};

/** Moves a day off to the last working day before it, where a text demands that against article 193. */
export const moveBackOffDaysOff = (calendar: ProductionCalendar, unmoved: Day): Pick<TermEnd, 'due' | 'skipped'> => {
  const skipped: TermEnd['skipped'] = [];
  for (let due = unmoved; ; due = addDays(due, -1)) {
    const name = isDayOff(calendar, due);
    if (!name) return { due, skipped };
    skipped.push({ day: due, name });
  }
};

/** Counting rules 1 to 3: the term starts on the day after `start`; its last day moves off days off. */
export const endOfTerm = (calendar: ProductionCalendar, start: Day, term: Term): TermEnd => {
  const unmoved = addTerm(calendar, start, term);
  const clamped = 'months' in term && partsOf(unmoved).day !== partsOf(start).day;
  return { unmoved, clamped, ...moveOffDaysOff(calendar, unmoved) };
};

/** Window `index` (from 1) of a fixed grid: after `from`, up to and including `to`; `to` is never moved (rule 5). */
export const gridWindow = (anchor: Day, every: Cycle, index: number): { from: Day; to: Day } => ({
  from: cycleEnd(anchor, every, index - 1),
  to: cycleEnd(anchor, every, index),
});

const cycleEnd = (anchor: Day, every: Cycle, times: number): Day =>
  'weeks' in every ? addDays(anchor, 7 * every.weeks * times) : addMonths(anchor, every.months * times);
