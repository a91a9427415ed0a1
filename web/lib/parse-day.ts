import type { Day } from '../../domain/calendar/day.ts';
import { addDays, weekday as weekdayOf } from '../../domain/calendar/civil.ts';
import { findDay } from './days.ts';

/** Where a day without its year, or a weekday, is looked for: an act was in the past, a term lies ahead. */
export type Leaning = 'past' | 'future';

const words: Record<string, number> = {
  позавчера: -2,
  вчера: -1,
  сегодня: 0,
  завтра: 1,
  послезавтра: 2,
  yesterday: -1,
  today: 0,
  tomorrow: 1,
};
const weekdays = [
  ['пн', 'понедельник', 'mon', 'monday'],
  ['вт', 'вторник', 'tue', 'tuesday'],
  ['ср', 'среда', 'среду', 'wed', 'wednesday'],
  ['чт', 'четверг', 'thu', 'thursday'],
  ['пт', 'пятница', 'пятницу', 'fri', 'friday'],
  ['сб', 'суббота', 'субботу', 'sat', 'saturday'],
  ['вс', 'воскресенье', 'sun', 'sunday'],
];

function nearestWeekday(weekday: number, today: Day, leaning: Leaning): Day {
  const ahead = (weekday - weekdayOf(today) + 7) % 7;
  return addDays(today, leaning === 'future' || ahead === 0 ? ahead : ahead - 7);
}

function withoutYear(month: number, date: number, today: Day, leaning: Leaning): Day | null {
  const year = Number(today.slice(0, 4));
  const here = findDay(year, month, date);
  const past = findDay(year - 1, month, date);
  const next = findDay(year + 1, month, date);
  if (leaning === 'past') return here !== null && here <= today ? here : (past ?? here);
  return here !== null && here >= today ? here : (next ?? here);
}

const fullYear = (text: string): number => (text.length === 2 ? 2000 + Number(text) : Number(text));

/**
 * A day as people type it: `2.3`, `2.3.26`, `020326`, `02.03.2026`, `2026-03-02`, `завтра`, `пн`, `+10`, `-3`.
 * The day of the month always stands first. `null` when it is no day.
 */
export function parseDay(input: string, today: Day, leaning: Leaning = 'past'): Day | null {
  const text = input
    .trim()
    .toLowerCase()
    .replace(/\s+/g, ' ')
    .replace(/\s?г\.?$/, '');
  const word = words[text];
  if (word !== undefined) return addDays(today, word);
  const weekday = weekdays.findIndex((names) => names.includes(text));
  if (weekday >= 0) return nearestWeekday(weekday + 1, today, leaning);
  const shift = /^([+\-−])\s?(\d{1,4})$/.exec(text);
  if (shift) return addDays(today, shift[1] === '+' ? Number(shift[2]) : -Number(shift[2]));
  const iso = /^(\d{4})-(\d{2})-(\d{2})$/.exec(text);
  if (iso) return findDay(Number(iso[1]), Number(iso[2]), Number(iso[3]));
  const parts =
    /^(\d{1,2})[., /-](\d{1,2})(?:[., /-](\d{4}|\d{2}))?\.?$/.exec(text) ?? /^(\d{2})(\d{2})(\d{4}|\d{2})?$/.exec(text);
  if (!parts) return null;
  const [, date, month, year] = parts;
  if (year === undefined) return withoutYear(Number(month), Number(date), today, leaning);
  return findDay(fullYear(year), Number(month), Number(date));
}
