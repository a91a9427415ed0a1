import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { startOf } from './duties.ts';
import type { Duty } from './duty.ts';
import type { NewFact } from './fact.ts';
import type { CaseState } from './fold.ts';

/**
 * The observations that freeze the days of duties that have closed since the last look: appended in the same
 * transaction, dated by the day of the act, or of the day that was missed.
 */
export const closings = (state: CaseState, duties: readonly Duty[], calendar: ProductionCalendar): NewFact[] =>
  duties.flatMap(({ key, state: now, dueOn, metOn, why }): NewFact[] => {
    if (dueOn === null || !['met', 'met late', 'missed'].includes(now)) return [];
    const start = startOf({ why });
    if (state.frozen[key]?.start === start) return [];
    return [{ kind: 'dutyClosed', on: metOn ?? dueOn, data: { key, start, dueOn, calendarVersion: calendar.version } }];
  });
