import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { isClosed, startOf } from './duties/kept-day.ts';
import type { Duty } from './duty.ts';
import type { NewFact } from './fact.ts';
import type { CaseState } from './fold.ts';

/** A window that is no longer demanded had a day that no calendar moves: nothing is to be frozen. */
const isFrozen = (duty: Duty): duty is Duty & { dueOn: Day } =>
  duty.dueOn !== null && isClosed(duty) && !(duty.window && duty.state === 'cancelled');

/** The day of the act, of the end that left nothing to demand, or the day that was missed. */
const dayOf = ({ metOn, state, endedOn, dueOn }: Duty & { dueOn: Day }): Day =>
  metOn ?? (state === 'cancelled' ? (endedOn ?? dueOn) : dueOn);

/**
 * The observations that freeze the days of duties that have closed since the last look, and those that let go of the
 * days of duties that are awaited again: appended in the same transaction.
 */
export const closings = (state: CaseState, duties: readonly Duty[], calendar: ProductionCalendar): NewFact[] =>
  duties.flatMap((duty): NewFact[] => {
    const { key } = duty;
    const frozen = state.frozen[key];
    const standing = frozen !== undefined && !frozen.reopened;
    if (!isClosed(duty)) {
      const last = state.log.at(-1);
      return standing && last ? [{ kind: 'dutyReopened', on: last.on, data: { key } }] : [];
    }
    const start = startOf(duty);
    if (!isFrozen(duty) || (standing && frozen.start === start)) return [];
    const data = { key, start, dueOn: duty.dueOn, calendarVersion: calendar.version };
    return [{ kind: 'dutyClosed', on: dayOf(duty), data }];
  });
