import { addDays } from '../calendar/civil.ts';
import type { Day, Instant } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { buildAgenda } from '../case/build-agenda.ts';
import type { AgendaItem } from '../case/agenda.ts';
import type { Awaited, Duty } from '../case/duty.ts';
import type { Regulation } from '../regulation/regulation.ts';
import { institutionDuties } from './institution-duties.ts';
import type { Submitted } from './institution-duties.ts';

/** What is known of an institution whose own duties are asked for. */
export interface InstitutionLife {
  regulation: Regulation;
  calendar: ProductionCalendar;
  facts: readonly Submitted[];
  /** The day on which it was entered here: what was due before it is not demanded, nobody could have recorded it. */
  enteredOn: Day;
  /** The instant of that entry: nothing is said of a moment before it. */
  enteredAt: Instant;
  /** The first day of a family's support that the records know of, `null` before there is any. */
  supportsSince: Day | null;
}

/**
 * The institution's own duties as the product shows them. It reports from the period that holds its first family's
 * first day, or the day it was entered here when that was earlier: a period whose report is still ahead is never passed
 * over, and one whose day had gone by before the institution was here is nobody's debt.
 * @param asOf the day by which each is open, met or late
 */
export const ownDuties = (life: InstitutionLife, today: Day, asOf: Day = today): Duty[] => {
  const { regulation, calendar, facts, enteredOn, enteredAt, supportsSince } = life;
  const since = supportsSince !== null && supportsSince < enteredOn ? supportsSince : enteredOn;
  return institutionDuties(regulation, calendar, facts, { since, asOf, horizon: addDays(today, ahead) })
    .filter(({ dueOn }) => dueOn === null || dueOn >= enteredOn)
    .map((duty) => ({ ...duty, knownAt: enteredAt }));
};

/** Days ahead of today up to which the next periods are shown. */
const ahead = 100;

/**
 * Every moment at which the institution is reminded of itself. A case tells its curator of everything that is late; a
 * report has no curator, so it is told to whoever is awaited and, by the ladder, to those above.
 */
export const ownAgenda = (duties: readonly Duty[], { regulation, calendar }: InstitutionLife, zone: string) => {
  const curators = new Set(duties.filter(({ awaited }) => awaited.code === 'curator').map(({ key }) => key));
  return buildAgenda(duties, regulation.house, calendar, zone).filter(
    ({ audience, dutyKey }: AgendaItem) => audience.code !== 'curator' || curators.has(dutyKey),
  );
};

/** The word of a regulation that awaits the institution as a whole: its heads and the deputy director. */
export const wholeInstitution: Awaited = { kind: 'body', code: 'institution' };
