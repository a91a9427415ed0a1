import { isDay } from '../../domain/calendar/civil.ts';
import type { Day } from '../../domain/calendar/day.ts';

/** The day of these numbers, or `null` when the calendar has no such day (31.04, 29.02 of a common year). */
export function findDay(year: number, month: number, date: number): Day | null {
  const text = `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`;
  return isDay(text) ? text : null;
}

/** `2026-03-02` as `02.03.2026`: the one way a day is written in both languages. */
export const dottedDay = (day: Day): string => `${day.slice(8, 10)}.${day.slice(5, 7)}.${day.slice(0, 4)}`;
