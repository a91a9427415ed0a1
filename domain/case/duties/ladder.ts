import type { Day } from '../../calendar/day.ts';
import { addWorkingDays } from '../../calendar/production-calendar.ts';
import type { ProductionCalendar } from '../../calendar/production-calendar.ts';
import type { House } from '../../regulation/regulation.ts';
import type { Duty } from '../duty.ts';
import type { RawDuty } from './scene.ts';

/** The house's ladder: reminders before the day, escalations after it. A day before the duty began reminds nobody. */
export const ladderOf = (
  { dueOn, startOn, neverLate }: Pick<RawDuty, 'dueOn' | 'startOn' | 'neverLate'>,
  house: House,
  calendar: ProductionCalendar,
): Pick<Duty, 'remindOn' | 'escalateOn'> => {
  if (dueOn === null) return { remindOn: [], escalateOn: [] };
  const remindOn = house.remind
    .map(({ workingDaysBefore }): Day => addWorkingDays(calendar, dueOn, -workingDaysBefore))
    .filter((on) => on >= startOn);
  const escalateOn = (neverLate ? [] : house.escalate).map(({ workingDaysAfter, to }) => ({
    on: addWorkingDays(calendar, dueOn, workingDaysAfter),
    to,
  }));
  return { remindOn, escalateOn };
};
