import type { Asked } from '../../agencies/requests.ts';
import { addDays, daysBetween, maxDay, minDay } from '../../calendar/civil.ts';
import type { Day, Instant } from '../../calendar/day.ts';
import { nextWorkingDay } from '../../calendar/production-calendar.ts';
import { leavesOf } from '../../regulation/leaves-of.ts';
import type { Act, Condition, DutyRule, Start } from '../../regulation/regulation.ts';
import type { Awaited, Duty } from '../duty.ts';
import { factTitle } from '../fact-titles.ts';
import type { Fact } from '../fact.ts';
import type { CaseState } from '../fold.ts';
import { givenDay } from '../given-days.ts';
import type { Given } from '../given-days.ts';
import { allHold, chosenBody } from '../predicates.ts';
import { factsOf, lastSopChange, matches, readingOn } from '../reading.ts';
import type { Reading } from '../reading.ts';
import { kindsIn } from '../stages.ts';
import type { StageStretch } from '../stages.ts';
import { say } from '../words.ts';
import { roles } from '../../access/role.ts';
import type { Role } from '../../access/role.ts';
import type { Sentence } from '../duty.ts';

/** Everything that the making of duties reads. */
export interface Scene {
  /** The case at the end of `asOf`. */
  reading: Reading;
  /** Stages to the horizon, by what is known at the end of `asOf`. */
  stretches: readonly StageStretch[];
  asOf: Day;
  horizon: Day;
  /** The end of support, if it has come. */
  ended: Fact | null;
  /** What agencies were asked, in order. */
  asked: readonly Asked[];
  /** The case as it stood at the end of an earlier day, by what is known at the end of `asOf`. */
  on: (day: Day) => Reading;
  /** The days that duties were closed under. */
  frozen: CaseState['frozen'];
}

/** A duty before the house's ladder is put on it. `startOn`: the day its term starts from. */
export type RawDuty = Omit<Duty, 'remindOn' | 'escalateOn' | 'acts' | 'words'> & {
  startOn: Day;
  /** Acts of the rule that are not on record yet; without it, all of them. */
  lacking?: readonly Act[];
};

/** Something that starts a term: the day, the entry, and its name for the reckoning. */
export interface Occurrence {
  on: Day;
  root: number;
  knownAt: Instant;
  title: Sentence;
  /** The term is counted from a day that the case names, `null` while it does not; the duty is demanded from `on`. */
  counted?: Given | null;
  /** The facts that tell of it, where it is not the fact itself but something that it speaks of. */
  told?: readonly Fact[];
}

export const factStart = (fact: Fact): Occurrence => ({
  on: fact.on,
  root: fact.root,
  knownAt: fact.recordedAt,
  title: say('{what} (запись № {n})', '{what} (entry {n})', { what: factTitle(fact.kind), n: fact.seq }),
});

const ofStretch = (scene: Scene, { stage, from, root, knownAt }: StageStretch): Occurrence => ({
  on: from,
  root,
  knownAt,
  title: say('начался этап «{stage}»', 'stage "{stage}" began', {
    stage: scene.reading.regulation.stages[stage]?.title ?? stage,
  }),
});

/** The moments that start a term, up to the reading's day. */
export const occurrences = (start: Start, scene: Scene): Occurrence[] => {
  const { reading } = scene;
  if ('stage' in start) {
    const begun = scene.stretches.filter(({ stage, from }) => stage === start.stage && from <= scene.asOf);
    return begun.map((stretch) => ofStretch(scene, stretch));
  }
  if ('sop' in start) {
    const change = lastSopChange(reading);
    return change?.kind === 'sopLifted' ? [factStart(change)] : [];
  }
  const found =
    'plan' in start
      ? reading.plans.flatMap(({ approval }) => (approval ? [approval] : []))
      : reading.facts.filter(({ kind, data }) => start.fact.includes(kind) && matches(data, start.where));
  const occurred = (start.every ? found : found.slice(0, 1)).map(factStart);
  if (!('day' in start) || !start.day) return occurred;
  const counted = givenDay(reading, start.day);
  return occurred.map((one) => ({ ...one, counted }));
};

/**
 * The first day from `since` on from which one of the conditions of an `until` holds; only facts and stages stand there.
 * `after`: the entry that started the duty. It does not end it, nor do those of its day that came before it.
 */
export const endDay = (
  rule: Pick<DutyRule, 'until'> & { outlivesSupport?: boolean },
  scene: Scene,
  since: Day,
  after?: number,
): Day | null => {
  const days = rule.until.flatMap((condition) => {
    if ('fact' in condition)
      return factsOf(scene.reading, condition.fact, condition.where)
        .filter(({ on, root }) => on > since || (on === since && (after === undefined || root > after)))
        .map(({ on }) => on)
        .slice(0, 1);
    if (!('stage' in condition)) return [];
    return scene.stretches
      .filter(({ stage, from }) => condition.stage.includes(stage) && from > since && from <= scene.asOf)
      .map(({ from }) => from)
      .slice(0, 1);
  });
  // What the end of support itself demands (its order, its paper) outlives it.
  if (scene.ended && scene.ended.root !== after && !rule.outlivesSupport) days.push(scene.ended.on);
  return days.length ? days.reduce(minDay) : null;
};

const asksLevel = (condition: Condition): boolean => leavesOf(condition).some((one) => 'level' in one);

/**
 * Whether a rule concerns the family as it is on the duty's own day, so that a change of level neither hides what was
 * missed before it nor asks in hindsight for what nobody was to do. A day that lies ahead asks the family as it is. A
 * level that was set only after that day is asked as it was set first: setting it late must not hide a missed day.
 */
export const concerns = (rule: Pick<DutyRule, 'for'>, scene: Scene, day: Day): boolean =>
  !rule.for.length || allHold(rule.for, scene.on(askedOn(rule, scene.reading.facts, day)), {});

const askedOn = (rule: Pick<DutyRule, 'for'>, facts: readonly Fact[], day: Day): Day => {
  const level = rule.for.some(asksLevel)
    ? facts.find(({ kind }) => kind === 'levelSet' || kind === 'levelChanged')
    : undefined;
  return maxDay(day, level?.on ?? day);
};

/**
 * Since when the records have known without a break that a rule concerns the family on the duty's day; empty: as long as
 * anything. A level that is entered late makes known a duty whose day may be past, of which nobody is reminded any more.
 */
export const concernedSince = (rule: Pick<DutyRule, 'for'>, { reading }: Scene, day: Day): Instant => {
  const kinds = new Set(rule.for.flatMap(leavesOf).flatMap(kindsIn));
  const instants = new Set(reading.facts.filter(({ kind }) => kinds.has(kind)).map(({ recordedAt }) => recordedAt));
  let since: Instant = '';
  for (const instant of ['', ...instants].sort().reverse()) {
    const known = reading.facts.filter(({ recordedAt }) => recordedAt <= instant);
    if (!allHold(rule.for, readingOn(known, askedOn(rule, known, day), reading), {})) return since;
    since = instant;
  }
  return '';
};

/** Who is awaited: a role that the regulation chooses is asked as of the act (an entry's root), else on the reading's day. */
export const awaitedOf = (who: string, scene: Scene, act: number | null): Awaited => {
  const { reading } = scene;
  if (reading.regulation.roles[who]) {
    const at = act === null ? -1 : reading.facts.findIndex(({ root }) => root === act);
    const body = chosenBody(who, at < 0 ? reading : readingOn(reading.facts.slice(0, at + 1), reading.day, reading));
    return { kind: 'body', code: body ?? who };
  }
  return roles.includes(who as Role) ? { kind: 'role', code: who } : { kind: 'body', code: who };
};

/**
 * Calendar days by which suspensions have moved a day that `house:` marks suspendable: of each one the days that fall
 * after the start of the term, if it began before the term, so moved, was over. In the shipped files nothing is marked.
 */
export const suspendedDays = (scene: Scene, start: Day, due: Day): number => {
  const { facts, calendar } = scene.reading;
  let total = 0;
  const count = (since: Day, until: Day): void => {
    const from = maxDay(since, start);
    if (until > from && since <= nextWorkingDay(calendar, addDays(due, total))) total += daysBetween(from, until);
  };
  let since: Day | null = null;
  for (const { kind, on } of facts) {
    if (kind === 'supportSuspended') since ??= on;
    if (kind === 'supportResumed' && since) {
      count(since, on);
      since = null;
    }
  }
  if (since) count(since, scene.asOf);
  return total;
};

/** Days by which `extend` has put off a duty; asked by the rule's name, those granted to any duty of the rule. */
export const grantedDays = (facts: readonly Fact[], rule: string, key: string): number =>
  factsOf({ facts }, 'termExtended')
    .filter(({ data }) => {
      const named = String(data['duty']);
      return named === key || named === rule || (key === rule && named.startsWith(`${rule}@`));
    })
    .reduce((sum, { data }) => sum + Number(data['days'] ?? 0), 0);

/** Granted days within the bound of the house. */
export const extendedDays = ({ reading }: Scene, rule: string, key: string): number => {
  const bound = reading.regulation.house.extendable.find(({ duty }) => duty === rule)?.days ?? 0;
  return bound && Math.min(bound, grantedDays(reading.facts, rule, key));
};
