import { addDays } from '../calendar/civil.ts';
import type { Day, Instant } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { buildAgenda } from '../case/build-agenda.ts';
import type { AgendaItem } from '../case/agenda.ts';
import type { Awaited, Duty } from '../case/duty.ts';
import { soonestFirst } from '../case/soonest-first.ts';
import { say } from '../case/words.ts';
import type { Regulation } from '../regulation/regulation.ts';
import { institutionDuties } from './institution-duties.ts';
import type { Submitted } from './institution-duties.ts';
import type { CalendarPeriod } from './period.ts';

/** A law by which the institution reports. */
export interface ReportingLaw {
  id: string;
  /** The one that the institution follows; every other binds it by the families it supports under it. */
  own: boolean;
  /** Its versions, oldest first, each with the day on which it came to this installation; `null`: always there. */
  versions: readonly [LawVersion, ...LawVersion[]];
  /** The first day of a family's support under it that the records know of, `null` before there is any. */
  supportsSince: Day | null;
  /** The last day of the last one, `null` while there is one, and of the institution's own law always. */
  supportsUntil: Day | null;
}

export interface LawVersion {
  regulation: Regulation;
  from: Day | null;
}

/** What is known of an institution whose own duties are asked for. */
export interface InstitutionLife {
  laws: readonly ReportingLaw[];
  calendar: ProductionCalendar;
  /** Each names its law (`regulation`). */
  facts: readonly Submitted[];
  /** The day on which it was entered here: what was due before it is not demanded, nobody could have recorded it. */
  enteredOn: Day;
  /** The instant of that entry: nothing is said of a moment before it. */
  enteredAt: Instant;
}

/** A version of a law with the duties that it asks for, those of the periods that are reported by it. */
export interface VersionDuties {
  law: ReportingLaw;
  regulation: Regulation;
  duties: Duty[];
}

/**
 * The institution's own duties by law and version. It reports by its own law from the period that holds its first
 * family's first day, or the day it was entered here when that was earlier: a period whose report is still ahead is
 * never passed over, and one whose day had gone by before the institution was here is nobody's debt. By another law it
 * reports on each period that holds a day on which it supported a family under it. A period is reported by the version
 * that is here on its last day: what a newer one changes begins with the period in which it came.
 */
export const dutiesByVersion = (life: InstitutionLife, today: Day, asOf: Day = today): VersionDuties[] =>
  life.laws.flatMap((law) =>
    law.versions.map(({ regulation }) => ({ law, regulation, duties: dutiesOf(life, law, regulation, today, asOf) })),
  );

const dutiesOf = (
  { calendar, facts, enteredOn, enteredAt }: InstitutionLife,
  law: ReportingLaw,
  regulation: Regulation,
  today: Day,
  asOf: Day,
): Duty[] => {
  const { supportsSince, supportsUntil } = law;
  const first = supportsSince ?? enteredOn;
  const since = law.own && enteredOn < first ? enteredOn : first;
  const binds = ({ name, from, to }: CalendarPeriod): boolean =>
    versionOn(law, to) === regulation && (supportsUntil === null || (name !== '' && from <= supportsUntil));
  const own = facts.filter(({ data }) => data['regulation'] === law.id);
  return institutionDuties(regulation, calendar, own, { since, asOf, horizon: addDays(today, ahead), binds })
    .filter(({ dueOn }) => dueOn === null || dueOn >= enteredOn)
    .map((duty) => ({ ...(law.own ? duty : underLaw(duty, regulation)), knownAt: enteredAt }));
};

const versionOn = ({ versions }: ReportingLaw, day: Day): Regulation =>
  (versions.findLast(({ from }) => from === null || from <= day) ?? versions[0]).regulation;

/** Two laws may call a report by one word: of every law but its own a duty's key, its act and its words say which. */
const underLaw = (duty: Duty, { id, title }: Regulation): Duty => ({
  ...duty,
  key: `${duty.key}/${id}`,
  what: say('{what} ({title})', '{what} ({title})', { what: duty.what, title }),
  acts: duty.acts.map((act) => ({ ...act, fields: { ...act.fields, regulation: id } })),
});

/** The period in a duty's key; empty where the report is on none. */
export const periodIn = ({ key }: Pick<Duty, 'key'>): string => /@i\/(\d[^/]*)/.exec(key)?.[1] ?? '';

/**
 * The institution's own duties as the product shows them, soonest first.
 * @param asOf the day by which each is open, met or late
 */
export const ownDuties = (life: InstitutionLife, today: Day, asOf: Day = today): Duty[] =>
  dutiesByVersion(life, today, asOf)
    .flatMap(({ duties }) => duties)
    .sort(soonestFirst);

/** Days ahead of today up to which the next periods are shown. */
const ahead = 100;

/**
 * Every moment at which the institution is reminded of itself, by each law's own ladder. A case tells its curator of
 * everything that is late; a report has no curator, so it is told to whoever is awaited and, by the ladder, to those above.
 */
export const ownAgenda = (life: InstitutionLife, today: Day, zone: string): AgendaItem[] =>
  dutiesByVersion(life, today).flatMap(({ regulation, duties }) => {
    const curators = new Set(duties.filter(({ awaited }) => awaited.code === 'curator').map(({ key }) => key));
    return buildAgenda(duties, regulation.house, life.calendar, zone).filter(
      ({ audience, dutyKey }) => audience.code !== 'curator' || curators.has(dutyKey),
    );
  });

/** The word of a regulation that awaits the institution as a whole: its heads and the deputy director. */
export const wholeInstitution: Awaited = { kind: 'body', code: 'institution' };
