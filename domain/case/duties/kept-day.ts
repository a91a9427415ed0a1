import { minDay } from '../../calendar/civil.ts';
import type { Day } from '../../calendar/day.ts';
import { isProvisional } from '../../calendar/production-calendar.ts';
import type { ProductionCalendar } from '../../calendar/production-calendar.ts';
import type { Duty, DutyState } from '../duty.ts';
import type { Frozen } from '../fold.ts';
import { dayWords, say } from '../words.ts';
import type { Reckoned } from './reckoning.ts';
import type { Scene } from './scene.ts';

/** The day from which a duty's day was reckoned, as its first step says. */
export const startOf = ({ why }: Pick<Duty, 'why'>): Day => why.find(({ kind }) => kind === 'start')?.day ?? '';

export const isAwaited = ({ state }: Pick<Duty, 'state'>): boolean => state === 'open' || state === 'overdue';

/** Whether it is over: done, missed for good, or no longer demanded. */
export const isClosed = ({ state }: Pick<Duty, 'state'>): boolean =>
  state === 'met' || state === 'met late' || state === 'missed' || state === 'cancelled';

/** A day as it was reckoned when its duty closed, whatever it would be now. */
export const frozenOn = (
  day: Reckoned,
  frozen: Pick<Frozen, 'dueOn' | 'calendarVersion'>,
  calendar: ProductionCalendar,
): Reckoned => {
  if (day.dueOn === frozen.dueOn) return day;
  const text = say(
    'день закреплён при закрытии: {day} (календарь {v})',
    'frozen when it was closed: {day} (calendar {v})',
    { day: dayWords(frozen.dueOn), v: frozen.calendarVersion },
  );
  return {
    dueOn: frozen.dueOn,
    unmovedDueOn: minDay(day.unmovedDueOn ?? frozen.dueOn, frozen.dueOn),
    provisional: isProvisional(calendar, frozen.dueOn),
    why: [...day.why, { kind: 'frozen', day: frozen.dueOn, text }],
  };
};

/**
 * The day of a duty with what it is judged to be by that day. A duty that was closed is judged by the day it was closed
 * under, so that a calendar published later (or a corrected rule of counting) makes last year's work neither late nor
 * in time, and takes nothing that was missed off the record. Another start, through a correction, means another day;
 * one that is awaited again is reckoned anew.
 * @param judge what the duty is if that is its day: it must not read `day` itself
 */
export const judgedByItsDay = <Judged extends { state: DutyState }>(
  scene: Scene,
  key: string,
  day: Reckoned,
  judge: (dueOn: Day | null) => Judged,
): Reckoned & Judged => {
  const frozen = scene.frozen[key];
  if (frozen && !frozen.reopened && frozen.start === startOf(day)) {
    const judged = judge(frozen.dueOn);
    if (isClosed(judged)) return { ...frozenOn(day, frozen, scene.reading.calendar), ...judged };
  }
  return { ...day, ...judge(day.dueOn) };
};
