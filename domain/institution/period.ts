import { addDays, dayFrom, partsOf } from '../calendar/civil.ts';
import type { Day } from '../calendar/day.ts';
import { say } from '../case/words.ts';
import type { Sentence } from '../case/duty.ts';
import type { Period } from '../regulation/regulation.ts';

/** A stretch of the calendar that is reported on. `next`: the first day after it. */
export interface CalendarPeriod {
  /** `2026-03`, `2026Q1`, `2026H1`, `2026`: a wire name, part of a duty's key. */
  name: string;
  from: Day;
  to: Day;
  next: Day;
}

const monthsIn: Readonly<Record<Period, number>> = { month: 1, quarter: 3, halfYear: 6, year: 12 };

const nameOf = (every: Period, year: number, index: number): string =>
  every === 'month'
    ? `${year}-${String(index + 1).padStart(2, '0')}`
    : every === 'quarter'
      ? `${year}Q${index + 1}`
      : every === 'halfYear'
        ? `${year}H${index + 1}`
        : String(year);

/** The period that holds the day. */
export const periodOf = (day: Day, every: Period): CalendarPeriod => {
  const { year, month } = partsOf(day);
  const months = monthsIn[every];
  const index = Math.floor((month - 1) / months);
  const after = index * months + months;
  const next = dayFrom({ year: after > 11 ? year + 1 : year, month: (after % 12) + 1, day: 1 });
  return {
    name: nameOf(every, year, index),
    from: dayFrom({ year, month: index * months + 1, day: 1 }),
    to: addDays(next, -1),
    next,
  };
};

/** The name as people may write it: `2026-Q1` and `2026q1` are `2026Q1`. */
export const periodName = (written: string): string => written.toUpperCase().replace(/-?([QH])/, '$1');

/** What is reported on a period: the report's own words, and the period's. */
export const reportTitle = (what: Sentence, period: string): Sentence =>
  period === '' ? what : say('{what}: {p}', '{what}: {p}', { what, p: periodWords(period) });

/** The name in words: what a person reads where the key has `2026Q4`. */
export const periodWords = (name: string): Sentence => {
  const [, year = '', kind = '', number = ''] = /^(\d{4})(?:([QH-])(\d+))?$/.exec(name) ?? [];
  const words = wordsOf[kind] ?? say(name, name);
  return say(words.ru, words.en, { year, number });
};

const wordsOf: Readonly<Record<string, Sentence>> = {
  Q: { ru: '{number} квартал {year} года', en: 'quarter {number} of {year}' },
  H: { ru: '{number} полугодие {year} года', en: 'half-year {number} of {year}' },
  '-': { ru: '{number}.{year}', en: '{year}-{number}' },
  '': { ru: '{year} год', en: '{year}' },
};
