import { addDays } from '../calendar/civil.ts';
import type { Instant } from '../calendar/day.ts';
import { addMs, atTime, startOfDay } from '../calendar/zone.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { AgendaItem } from './agenda.ts';
import { actingDuties } from './duties.ts';
import type { Duty } from './duty.ts';
import type { CaseState } from './fold.ts';
import { plansOf } from './plans.ts';
import { daysOfStages } from './stages.ts';

export interface WakeQuestion {
  state: CaseState;
  duties: readonly Duty[];
  /** Of the duties that still act: of a case that has ended those that outlived it. */
  agenda: readonly AgendaItem[];
  regulation: Regulation;
  zone: string;
  /** The case's clock. */
  now: Instant;
  /** How long before an agenda moment its notices are prepared, in milliseconds; differs from case to case. */
  prepareAhead: number;
}

/**
 * The next instant at which the case must look at itself: early enough before the next moment of its agenda to
 * prepare the notices, and in the night after which a duty or the stage changes by the calendar alone. One wake
 * serves a day: both fall before the morning's hour, never before the day has begun. `null`: nothing is due ever again.
 */
export const nextWake = ({
  state,
  duties,
  agenda,
  regulation,
  zone,
  now,
  prepareAhead,
}: WakeQuestion): Instant | null => {
  const over = state.status !== 'open';
  const preparedUntil = addMs(now, prepareAhead);
  const moments = agenda.filter(({ at }) => at > preparedUntil).map(({ at }) => addMs(at, -prepareAhead));

  const turning = new Set<string>();
  for (const { state: standing, dueOn, window } of actingDuties(state, duties)) {
    if (dueOn && (standing === 'open' || standing === 'upcoming')) turning.add(addDays(dueOn, 1));
    if (window && standing === 'upcoming') turning.add(addDays(window.from, 1));
  }
  if (!over) {
    for (const { approval, until } of plansOf(state.facts)) if (approval && until) turning.add(addDays(until, 1));
    for (const day of daysOfStages(state, regulation)) turning.add(day);
  }
  for (const day of turning) {
    const begins = startOfDay(day, zone);
    const early = addMs(atTime(day, regulation.house.hours.remindAt, zone), -prepareAhead);
    moments.push(early > begins ? early : begins);
  }
  const later = moments.filter((at) => at > now);
  return later.length ? later.reduce((a, b) => (a < b ? a : b)) : null;
};
