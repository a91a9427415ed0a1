import type { Day } from '../calendar/day.ts';
import { weekday } from '../calendar/civil.ts';
import type { Term } from '../calendar/terms.ts';
import type { Sentence } from './duty.ts';

const weekdays = {
  ru: ['пн', 'вт', 'ср', 'чт', 'пт', 'сб', 'вс'],
  en: ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'],
} as const;

/** `12.03.2026 (чт)` and `2026-03-12 (Thu)`. */
export const dayWords = (day: Day): Sentence => ({
  ru: `${shortDay(day)} (${weekdays.ru[weekday(day) - 1]})`,
  en: `${day} (${weekdays.en[weekday(day) - 1]})`,
});

export const shortDay = (day: Day): string => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;

/** The Russian form that goes with a number: 1 день, 2 дня, 5 дней. */
export const plural = (count: number, one: string, few: string, many: string): string => {
  const tens = Math.abs(count) % 100;
  const units = tens % 10;
  if (tens > 10 && tens < 20) return many;
  return units === 1 ? one : units >= 2 && units <= 4 ? few : many;
};

export const termWords = (term: Term): Sentence => {
  if ('calendarDays' in term) {
    const n = term.calendarDays;
    return {
      ru: `${n} ${plural(n, 'календарный день', 'календарных дня', 'календарных дней')}`,
      en: `${n} calendar day${n === 1 ? '' : 's'}`,
    };
  }
  if ('workingDays' in term) {
    const n = term.workingDays;
    return {
      ru: `${n} ${plural(n, 'рабочий день', 'рабочих дня', 'рабочих дней')}`,
      en: `${n} working day${n === 1 ? '' : 's'}`,
    };
  }
  const n = term.months;
  return { ru: `${n} ${plural(n, 'месяц', 'месяца', 'месяцев')}`, en: `${n} month${n === 1 ? '' : 's'}` };
};

export const weeksWords = (n: number): Sentence => ({
  ru: `${n} ${plural(n, 'неделю', 'недели', 'недель')}`,
  en: `${n} week${n === 1 ? '' : 's'}`,
});

type Values = Readonly<Record<string, Sentence | string | number>>;

const fill = (text: string, values: Values, language: 'ru' | 'en'): string => {
  let filled = text;
  for (const name in values) {
    const value = values[name] ?? '';
    filled = filled.split(`{${name}}`).join(typeof value === 'object' ? value[language] : String(value));
  }
  return filled;
};

/** A sentence with `{name}` replaced by a sentence, a word or a number. */
export const say = (ru: string, en: string, values: Values = {}): Sentence => ({
  ru: fill(ru, values, 'ru'),
  en: fill(en, values, 'en'),
});
