import { addDays, maxDay } from '../calendar/civil.ts';
import { isDayOff } from '../calendar/production-calendar.ts';
import type { Day, Instant } from '../calendar/day.ts';
import type { Act, Condition } from '../regulation/regulation.ts';
import { overload } from './caseload.ts';
import { lackingConsents } from './consents.ts';
import type { World } from './decision.ts';
import type { Fact } from './fact.ts';
import { givenDay, pastDay } from './given-days.ts';
import {
  categoryOf,
  everInSop,
  factsOf,
  inSop,
  latestInstant,
  lastSopChange,
  levelOf,
  matches,
  momentOf,
} from './reading.ts';
import { measuresAfter, measuresNamed } from './plans.ts';
import type { Reading } from './reading.ts';
import type { StageCode } from './stage.ts';

/** What makes a condition hold: the entry that keys are built on, and when the records learnt of it. */
export interface Evidence {
  root: number;
  knownAt: Instant;
}

/** What the predicates ask that needs the duties or the stages themselves, or the command that is judged. */
export interface Asked {
  stage?: () => StageCode | null;
  duty?: (rule: string, is: 'met' | 'reached') => boolean;
  /** The fields of the command: codes, and `has` for what was typed. */
  command?: Readonly<Record<string, unknown>>;
  /** Families of each curator by level; absent where a past day is judged again. */
  load?: World['curatorLoad'];
}

const nothing: Evidence = { root: 0, knownAt: '' };
const byFact = (fact: Fact | null | undefined): Evidence | null =>
  fact ? { root: fact.root, knownAt: fact.recordedAt } : null;
const when = (holds: boolean): Evidence | null => (holds ? nothing : null);

/** The body (or person) that a role of the regulation chooses on the reading's day. */
export const chosenBody = (role: string, reading: Reading): string | null =>
  reading.regulation.roles[role]?.choose.find(({ when: conditions }) => allHold(conditions, reading, {}))?.then ?? null;

/** `field` or `field.part`: there, and not empty. */
export const stated = (item: Readonly<Record<string, unknown>>, field: string): boolean => {
  const [name = field, part] = field.split('.');
  return part === undefined
    ? statedWhole(item, field)
    : typeof item[name] === 'object' && item[name] !== null && statedWhole(item[name] as typeof item, part);
};

const statedWhole = (item: Readonly<Record<string, unknown>>, field: string): boolean =>
  (item[field] !== undefined && item[field] !== null && !(Array.isArray(item[field]) && item[field].length === 0)) ||
  (Array.isArray(item['has']) && item['has'].includes(field));

/** The first plan since a day that was approved, or approved and brought to every responsible agency. */
const evidenceOfPlan = (
  asked: 'approved' | 'sentToEveryAgency',
  { plans }: Reading,
  since = '',
): (Evidence & { on: Day }) | null => {
  const plan = plans.find(
    ({ approval, dispatch }) => approval && approval.on >= since && (asked === 'approved' || dispatch),
  );
  if (!plan?.approval) return null;
  const { approval, dispatch } = plan;
  const entries = asked === 'approved' ? [approval] : (dispatch ?? []);
  // The key stands on the first sending, so that a plan sent in parts keeps its keys when a part is corrected.
  return {
    root: Math.min(...entries.map(({ root }) => root)),
    knownAt: latestInstant(entries.map(({ recordedAt }) => recordedAt)),
    // What was sent before the approval was corrected to a later day is the approved plan only from that day on.
    on: entries.reduce((day, { on }) => maxDay(day, on), approval.on),
  };
};

/** Whether a condition holds on the reading's day, and by which entry. */
export const holds = (condition: Condition, reading: Reading, asked: Asked): Evidence | null => {
  if ('any' in condition) {
    for (const one of condition.any) {
      const evidence = holds(one, reading, asked);
      if (evidence) return evidence;
    }
    return null;
  }
  if ('not' in condition) return when(!holds(condition.not, reading, asked));
  if ('fact' in condition) {
    if (!condition.latest) return byFact(factsOf(reading, condition.fact, condition.where)[0]);
    const latest = factsOf(reading, condition.fact, condition.where).at(-1);
    return latest && matches(latest.data, condition.latest) ? byFact(latest) : null;
  }
  if ('duty' in condition) return when(asked.duty?.(condition.duty, condition.is) ?? false);
  if ('stage' in condition) {
    const stage = asked.stage?.() ?? null;
    return when(stage !== null && condition.stage.includes(stage));
  }
  if ('inSop' in condition)
    return inSop(reading) === condition.inSop ? (byFact(lastSopChange(reading)) ?? nothing) : null;
  if ('everInSop' in condition) return when(everInSop(reading) === condition.everInSop);
  if ('category' in condition) return when(condition.category.includes(categoryOf(reading) ?? ''));
  if ('level' in condition) return when(condition.level.includes(levelOf(reading) ?? ''));
  if ('plan' in condition) {
    if (condition.plan === 'drafted') return byFact(reading.plans.at(-1)?.draft);
    if (condition.plan !== 'termOver') return evidenceOfPlan(condition.plan, reading);
    const { plan } = reading;
    if (!plan?.until || reading.day < addDays(plan.until, 1)) return null;
    return { root: plan.draft.root, knownAt: latestInstant([plan.draft.recordedAt, plan.approval?.recordedAt ?? '']) };
  }
  if ('given' in condition) return givenDay(reading, condition.given);
  if ('past' in condition) {
    const given = givenDay(reading, condition.past);
    return given && reading.day > pastDay(given.on, condition.months ?? 0) ? given : null;
  }
  if ('workingDay' in condition)
    return when((isDayOff(reading.calendar, reading.day) === null) === condition.workingDay);
  const command = asked.command ?? {};
  if ('has' in condition) return when(condition.has.every((field) => stated(command, field)));
  if ('by' in condition) {
    const named = command[condition.field ?? 'by'];
    return when(named !== undefined && named === chosenBody(condition.by, reading));
  }
  if ('notBefore' in condition) {
    const named = command[condition.field];
    const given = givenDay(reading, condition.notBefore);
    return when(typeof named !== 'string' || given === null || named >= given.on);
  }
  if ('field' in condition)
    return when((condition.is as readonly unknown[]).includes(command[condition.field] ?? null));
  if ('caseload' in condition) return when(overload(condition.caseload, reading, command, asked.load) === null);
  if ('consent' in condition) return when(lackingConsents(condition, reading, command).length === 0);
  const measures = (command['measures'] ?? []) as Record<string, unknown>[];
  if ('someMeasure' in condition) {
    const left = condition.afterCorrection ? measuresAfter(reading.plans, measures) : measures;
    return when(left.some((measure) => matches(measure, condition.someMeasure)));
  }
  const { everyMeasureHas, having } = condition;
  const named = condition.afterCorrection ? measuresNamed(reading.plans, measures) : measures;
  return when(
    named.length > 0 &&
      named.every(
        (measure) =>
          (having !== undefined && !stated(measure, having)) ||
          everyMeasureHas.every((field) => stated(measure, field)),
      ),
  );
};

export const allHold = (conditions: readonly Condition[], reading: Reading, asked: Asked): boolean =>
  conditions.every((condition) => holds(condition, reading, asked) !== null);

/** From when acts count for a duty. */
export interface ActsFrom {
  on: Day;
  /** Of the acts of that day only those entered after this one. */
  after?: number;
  /** The facts that tell of what started the duty: itself, and those that complete it. */
  told?: readonly Fact[];
  dueOn?: Day | null;
}

type Acted = Evidence & { on: Day };

const earliest = (found: readonly Acted[]): Acted | null =>
  found.reduce<Acted | null>((a, b) => (a && a.on <= b.on ? a : b), null);

/** The first fact of the kind of an act, from a day on. */
export const firstAct = (act: Act, reading: Reading, from: ActsFrom): Acted | null => {
  if ('anyOf' in act) return earliest(act.anyOf.flatMap((one) => firstAct(one, reading, from) ?? []));
  if ('plan' in act) return evidenceOfPlan(act.plan, reading, from.on);
  if ('sameFact' in act) {
    const told = (from.told ?? []).filter(({ data }) => matches(data, act.where));
    return earliest(
      told.flatMap((fact) => {
        const on = momentOf(fact, act.sameFact)?.day;
        return on ? [{ root: fact.root, knownAt: fact.recordedAt, on }] : [];
      }),
    );
  }
  const since = act.notBefore ? maxDay(from.on, from.dueOn ?? from.on) : from.on;
  const fact = factsOf(reading, act.fact, act.where).find(
    ({ on, root }) => on >= since && (from.after === undefined || on > from.on || root > from.after),
  );
  return fact ? { root: fact.root, knownAt: fact.recordedAt, on: fact.on } : null;
};
