import { addDays, maxDay } from '../calendar/civil.ts';
import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { leavesOf } from '../regulation/leaves-of.ts';
import type { Condition, Regulation } from '../regulation/regulation.ts';
import type { CaseState } from './fold.ts';
import { turningDaysOf } from './given-days.ts';
import { holds } from './predicates.ts';
import type { Evidence } from './predicates.ts';
import { latestInstant, readingLater, readingOn, supportEnd } from './reading.ts';
import type { Reading } from './reading.ts';
import { stageCodes } from './stage.ts';
import type { StageCode, StageSpan } from './stage.ts';

/** A stretch of a stage with the entry that began it: keys of what is counted from the stage stand on it. */
export interface StageStretch extends StageSpan {
  root: number;
  knownAt: Evidence['knownAt'];
}

/** The last stage all of whose `from` holds on the reading's day; none before the opening and after the end. */
const stageAt = (reading: Reading): { stage: StageCode; evidence: Evidence } | null => {
  const ended = supportEnd(reading);
  if (ended && reading.day > ended.on) return null;
  for (const stage of [...stageCodes].reverse()) {
    const from = reading.regulation.stages[stage]?.from ?? [];
    const evidence = from.map((condition) => holds(condition, reading, {}));
    if (from.length && evidence.every((one) => one !== null)) {
      const last = evidence.at(-1);
      return {
        stage,
        evidence: { root: last?.root ?? 0, knownAt: latestInstant(evidence.map(({ knownAt }) => knownAt)) },
      };
    }
  }
  return null;
};

export const stageOn = (reading: Reading): StageCode | null => stageAt(reading)?.stage ?? null;

/** Kinds of facts that a condition with no others inside looks at. */
export const kindsIn = (condition: Condition): string[] => {
  if ('fact' in condition) return [condition.fact];
  if ('plan' in condition) return ['planDrafted', 'planDecided', 'planSent', 'planCorrected'];
  if ('level' in condition) return ['levelSet', 'levelChanged'];
  if ('given' in condition || 'past' in condition) return ['caseOpened', 'socialContractAmended'];
  return ['caseOpened', 'sopRecorded', 'sopLifted'];
};

const turningKinds = new WeakMap<Regulation, ReadonlySet<string>>();

/** Kinds of facts by which a stage of the regulation may begin or end. */
export const kindsThatTurn = (regulation: Regulation): ReadonlySet<string> => {
  const known = turningKinds.get(regulation);
  if (known) return known;
  const kinds = new Set([
    'supportEnded',
    ...Object.values(regulation.stages).flatMap(({ from }) => from.flatMap(leavesOf).flatMap(kindsIn)),
  ]);
  turningKinds.set(regulation, kinds);
  return kinds;
};

/** Days that conditions of stages wait for. */
const awaitedDays = (condition: Condition, reading: Pick<Reading, 'facts'>): Day[] =>
  leavesOf(condition).flatMap((one) => ('past' in one ? turningDaysOf(reading, one.past, one.months ?? 0) : []));

/** Days on which a stage may begin by the calendar alone, because a day that the case names is past. */
export const daysOfStages = (reading: Pick<Reading, 'facts'>, { stages: rules }: Pick<Regulation, 'stages'>): Day[] =>
  Object.values(rules).flatMap(({ from }) => from.flatMap((condition) => awaitedDays(condition, reading)));

/** Days on which the stage can change: those of facts that stages ask, those that come by themselves, the day after the end. */
const turningDays = (reading: Reading, last: Day): Day[] => {
  const kinds = kindsThatTurn(reading.regulation);
  const days = new Set(reading.facts.filter(({ kind }) => kinds.has(kind)).map(({ on }) => on));
  for (const { until, approval } of reading.plans)
    if (approval && until) days.add(maxDay(addDays(until, 1), approval.on));
  for (const day of daysOfStages(reading, reading.regulation)) days.add(day);
  const ended = supportEnd(reading);
  if (ended) days.add(addDays(ended.on, 1));
  return [...days].filter((day) => day <= last).sort();
};

/**
 * The stages from the opening to `last`, by what the reading knows: days after the reading's own are what the
 * calendar alone will bring (the end of the plan's term).
 */
export const stretches = (reading: Reading, last: Day): StageStretch[] => {
  const result: StageStretch[] = [];
  for (const day of turningDays(reading, last)) {
    const at = stageAt(day <= reading.day ? readingOn(reading.facts, day, reading) : readingLater(reading, day));
    const current = result.at(-1);
    if (current && current.to === null) {
      if (at?.stage === current.stage) continue;
      current.to = addDays(day, -1);
    }
    if (at) result.push({ stage: at.stage, from: day, to: null, ...at.evidence });
  }
  const ended = supportEnd(reading);
  const current = result.at(-1);
  if (ended && current && current.to === null) current.to = ended.on;
  return result;
};

/** The stages of the case up to the end of `asOf`, each read off the facts and the day; nothing stores them. */
export const stages = (
  state: CaseState,
  regulation: Regulation,
  calendar: ProductionCalendar,
  asOf: Day,
): StageSpan[] =>
  stretches(readingOn(state.facts, asOf, { regulation, calendar }), asOf).map(({ stage, from, to }) => ({
    stage,
    from,
    to,
  }));
