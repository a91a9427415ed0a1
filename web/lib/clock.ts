import type { Day } from '../../domain/calendar/day.ts';

/**
 * The only place of the pages that makes a `Date`. "Today" of a case comes from the API (a training case has a clock
 * of its own); the browser's clock serves drafts and instants, never a legal day.
 */
export const now = (): number => Date.now();

/** A civil day as a `Date` at midnight UTC, for `Intl` with `timeZone: 'UTC'`. */
export const dateOf = (day: Day): Date => new Date(`${day}T00:00:00Z`);

export const instantOf = (iso: string): Date => new Date(iso);

/** The hour that it is now in the zone, `21:40`: for "reported just now", never for reckoning a day. */
export const hourNow = (zone: string): string =>
  new Intl.DateTimeFormat('ru', { hour: '2-digit', minute: '2-digit', hourCycle: 'h23', timeZone: zone }).format(now());
