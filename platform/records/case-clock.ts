import type { Day, Instant } from '../../domain/calendar/day.ts';
import { atTime, dayOf, instantFromMs, msOfInstant } from '../../domain/calendar/zone.ts';

/** A moment as a case sees it. Engine instants and case instants differ by the offset of a training case, else by nothing. */
export interface CaseClock {
  /** The case's clock. */
  at: Instant;
  /** The civil day of `at` in the institution's zone. */
  today: Day;
  offsetMs: number;
  zone: string;
}

export function caseClock(engineNow: Date, offsetMs: number, zone: string): CaseClock {
  const at = instantFromMs(engineNow.getTime() + offsetMs);
  return { at, today: dayOf(at, zone), offsetMs, zone };
}

/** The same engine moment under an offset that makes the case's clock show `at`. */
export const movedTo = (clock: CaseClock, at: Instant): CaseClock => ({
  ...clock,
  at,
  today: dayOf(at, clock.zone),
  offsetMs: clock.offsetMs + msOfInstant(at) - msOfInstant(clock.at),
});

/** When the engine's clock shows what the case's clock calls `at`. */
export const engineInstant = (clock: CaseClock, at: Instant): Instant =>
  instantFromMs(msOfInstant(at) - clock.offsetMs);

/** Midday: past the morning's notices, before the day ends. A training clock is set to it when it is moved to a day. */
export const midday = (day: Day, zone: string): Instant => atTime(day, '12:00', zone);
