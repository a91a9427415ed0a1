import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { isAwaited } from './duties/kept-day.ts';
import type { Duty } from './duty.ts';
import type { NewFact } from './fact.ts';

/** A duty as it was last shown. */
export type FormerDay = Pick<Duty, 'key' | 'state' | 'dueOn'>;

/**
 * The observations that a calendar published later, or a corrected rule of counting, has moved the day of what is
 * awaited: without them nobody could tell afterwards why somebody was reminded of another day, or was late and is not.
 * @param former as the same facts were reckoned before
 * @param on the day on which the case came under the later one
 */
export const movings = (
  former: readonly FormerDay[],
  duties: readonly Duty[],
  calendar: Pick<ProductionCalendar, 'version'>,
  on: Day,
): NewFact[] => {
  const before = new Map(former.filter(isAwaited).map(({ key, dueOn }) => [key, dueOn]));
  return duties.flatMap((duty): NewFact[] => {
    const movedFrom = before.get(duty.key);
    if (movedFrom === undefined || !isAwaited(duty) || movedFrom === duty.dueOn) return [];
    const data = { key: duty.key, movedFrom, dueOn: duty.dueOn, calendarVersion: calendar.version };
    return [{ kind: 'dutyMoved', on, data }];
  });
};
