import { daysBetween, minDay } from '../../calendar/civil.ts';
import type { Day, Instant } from '../../calendar/day.ts';
import type { Act, DutyRule, Start } from '../../regulation/regulation.ts';
import type { Awaited, Duty } from '../duty.ts';
import { factTitle } from '../fact-titles.ts';
import type { Fact } from '../fact.ts';
import type { CaseState } from '../fold.ts';
import { chosenBody } from '../predicates.ts';
import { factsOf, lastSopChange, readingOn } from '../reading.ts';
import type { Reading } from '../reading.ts';
import type { StageStretch } from '../stages.ts';
import { say } from '../words.ts';
import { roles } from '../../access/role.ts';
import type { Role } from '../../access/role.ts';
import type { Sentence } from '../duty.ts';

/** Everything that the making of duties reads. */
export interface Scene {
  state: CaseState;
  /** The case at the end of `asOf`. */
  reading: Reading;
  /** Stages to the horizon, by what is known at the end of `asOf`. */
  stretches: readonly StageStretch[];
  asOf: Day;
  horizon: Day;
  /** The end of support, if it has come. */
  ended: Fact | null;
}

/** A duty before the house's ladder is put on it. `startOn`: the day its term starts from. */
export type RawDuty = Omit<Duty, 'remindOn' | 'escalateOn' | 'acts'> & {
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
}

const ofFact = (fact: Fact): Occurrence => ({
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
    return change?.kind === 'sopLifted' ? [ofFact(change)] : [];
  }
  const found =
    'plan' in start
      ? reading.plans.flatMap(({ approval }) => (approval ? [approval] : []))
      : factsOf(reading, start.fact, start.where);
  return (start.every ? found : found.slice(0, 1)).map(ofFact);
};

/** The first day from `since` on from which one of the conditions of an `until` holds; only facts and stages stand there. */
export const endDay = (rule: Pick<DutyRule, 'until'>, scene: Scene, since: Day): Day | null => {
  const days = rule.until.flatMap((condition) => {
    if ('fact' in condition)
      return factsOf(scene.reading, condition.fact, condition.where)
        .filter(({ on }) => on >= since)
        .map(({ on }) => on)
        .slice(0, 1);
    if (!('stage' in condition)) return [];
    return scene.stretches
      .filter(({ stage, from }) => condition.stage.includes(stage) && from > since && from <= scene.asOf)
      .map(({ from }) => from)
      .slice(0, 1);
  });
  if (scene.ended) days.push(scene.ended.on);
  return days.length ? days.reduce(minDay) : null;
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
 * Calendar days by which a suspension has moved a day that `house:` marks suspendable: those of every suspension
 * that began between the start and the day. In the shipped files nothing is marked.
 */
export const suspendedDays = (scene: Scene, start: Day, due: Day): number => {
  let total = 0;
  let since: Day | null = null;
  for (const fact of scene.reading.facts) {
    if (fact.kind === 'supportSuspended' && fact.on >= start && fact.on <= due) since ??= fact.on;
    if (fact.kind === 'supportResumed' && since) {
      total += daysBetween(since, fact.on);
      since = null;
    }
  }
  return since ? total + daysBetween(since, scene.asOf) : total;
};

/** Days by which `extend` has put off a duty, by its key or its rule, within the bound of the house. */
export const extendedDays = (scene: Scene, rule: string, key: string): number => {
  const bound = scene.reading.regulation.house.extendable.find(({ duty }) => duty === rule);
  if (!bound) return 0;
  const granted = factsOf(scene.reading, 'termExtended').filter(
    ({ data }) => data['duty'] === key || data['duty'] === rule,
  );
  return Math.min(
    bound.days,
    granted.reduce((sum, { data }) => sum + Number(data['days'] ?? 0), 0),
  );
};
