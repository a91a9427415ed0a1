import { askedIn } from '../agencies/requests.ts';
import { maxDay, minDay } from '../calendar/civil.ts';
import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { Regulation } from '../regulation/regulation.ts';
import { agencyDuties } from './duties/agency-duties.ts';
import { answerDuties } from './duties/answer-duties.ts';
import { parentVisitDuties } from './duties/parent-visit-duties.ts';
import { actsOf } from './duties/acts.ts';
import { documentDuties } from './duties/document-duties.ts';
import { gridDuties } from './duties/grid-duties.ts';
import { isAwaited } from './duties/kept-day.ts';
import { ladderOf } from './duties/ladder.ts';
import { measureDuties } from './duties/measure-duties.ts';
import { requestDuties } from './duties/request-duties.ts';
import type { RawDuty, Scene } from './duties/scene.ts';
import { wordsOf } from './duties/subject-words.ts';
import { termDuties } from './duties/term-duties.ts';
import { windowDuties } from './duties/window-duties.ts';
import type { Duty } from './duty.ts';
import type { CaseState } from './fold.ts';
import { latestInstant, readingLater, readingOn, supportEnd } from './reading.ts';
import type { Reading } from './reading.ts';
import { soonestFirst } from './soonest-first.ts';
import { stretches } from './stages.ts';

export interface DutiesAt {
  /** The case is read at the end of this day. */
  asOf: Day;
  /** Windows are endless: those that end later are left out (the current one never is). */
  horizon: Day;
  /** The institution's zone; days need none, moments do. */
  zone: string;
}

/**
 * A duty that was closed and is awaited again, because the entry that closed it was annulled or corrected, is known
 * since then: until then nobody was to be reminded of it.
 */
const sinceReopened = (duty: RawDuty, { frozen, log, annulledBy }: CaseState): RawDuty => {
  if (!frozen[duty.key] || !isAwaited(duty)) return duty;
  const closed = log.findLast(({ kind, data }) => kind === 'dutyClosed' && data['key'] === duty.key)?.seq ?? 0;
  const by = log.findLast(({ seq }) => {
    const annulled = Object.entries(annulledBy).find(([, by]) => by === seq)?.[0];
    const act = log.find((fact) => fact.seq === Number(annulled));
    return seq > closed && act !== undefined && act.on >= duty.startOn;
  });
  return by ? { ...duty, knownAt: latestInstant([duty.knownAt, by.recordedAt]) } : duty;
};

const withLadder = (raw: RawDuty, scene: Scene): Duty => {
  const { calendar, regulation } = scene.reading;
  const { startOn: _, lacking: __, endedOn, ...duty } = raw;
  return Object.assign(duty, {
    ...(endedOn && raw.state === 'cancelled' ? { endedOn } : {}),
    acts: actsOf(raw, regulation.duties[raw.rule]),
    words: wordsOf(raw, scene),
    ...ladderOf(raw, regulation.house, calendar),
  });
};

/** Of one day, what was begun first. */
const order = (a: RawDuty, b: RawDuty): number => soonestFirst(a, b) || a.rootEntry - b.rootEntry;

export const sceneOf = (
  state: CaseState,
  regulation: Regulation,
  calendar: ProductionCalendar,
  { asOf, horizon }: Pick<DutiesAt, 'asOf' | 'horizon'>,
): Scene => {
  const reading = readingOn(state.facts, asOf, { regulation, calendar });
  const readings = new Map<Day, Reading>();
  return {
    reading,
    stretches: stretches(reading, maxDay(asOf, horizon)),
    asOf,
    horizon,
    ended: supportEnd(reading),
    asked: askedIn(reading.facts),
    frozen: state.frozen,
    on: (day) => {
      if (day >= asOf) return readingLater(reading, day);
      const known = readings.get(day) ?? readingOn(reading.facts, day, reading);
      readings.set(day, known);
      return known;
    },
  };
};

/**
 * Everything the case must do, has done or no longer must, by its facts up to `asOf`: a pure function of its
 * arguments, soonest first. What was due after the end of support is not listed; the institution's own duties are no
 * case's (`domain/institution`).
 */
export const duties = (
  state: CaseState,
  regulation: Regulation,
  calendar: ProductionCalendar,
  at: DutiesAt,
): Duty[] => {
  const scene = sceneOf(state, regulation, calendar, at);
  const made = new Map<string, RawDuty[]>();
  for (const rule of Object.values(regulation.duties)) {
    const raw =
      rule.form === 'term'
        ? termDuties(rule, scene)
        : rule.form === 'grid'
          ? gridDuties(rule, scene)
          : rule.form === 'measure'
            ? measureDuties(rule, scene)
            : rule.form === 'agency'
              ? agencyDuties(rule, scene)
              : rule.form === 'document'
                ? documentDuties(rule, scene)
                : rule.form === 'window'
                  ? windowDuties(rule, scene, made.get(rule.of) ?? [])
                  : rule.form === 'request'
                    ? answerDuties(rule, scene)
                    : rule.form === 'parentVisit'
                      ? parentVisitDuties(rule, scene)
                      : [];
    made.set(rule.rule, raw);
  }
  return [...made.values(), requestDuties(scene)]
    .flat()
    .map((duty) => sinceReopened(duty, state))
    .sort(order)
    .map((duty) => withLadder(duty, scene));
};

/** The duties that the case still speaks of: all of an open one; of one that has ended, what outlived its end. */
export const actingDuties = ({ status }: Pick<CaseState, 'status'>, all: readonly Duty[]): readonly Duty[] =>
  status === 'open' ? all : all.filter(isAwaited);

/** The soonest day that is still awaited, or will be: between two windows of a grid it is the day of the next one. */
export const nextDueOn = (all: readonly Duty[]): Day | null => {
  const days = all.flatMap((duty) =>
    duty.dueOn && (isAwaited(duty) || duty.state === 'upcoming') ? [duty.dueOn] : [],
  );
  return days.length ? days.reduce(minDay) : null;
};
