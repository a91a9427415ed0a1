import type { DutyRule } from '../../regulation/regulation.ts';
import { factsOfAct } from '../reading.ts';
import { allHold } from '../predicates.ts';
import { say } from '../words.ts';
import { undated } from './reckoning.ts';
import { awaitedOf, endDay } from './scene.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type WindowRule = Extract<DutyRule, { form: 'window' }>;

/** One undated duty for each served window of a grid; an act serves the oldest one that lacks it. */
export const windowDuties = (rule: WindowRule, scene: Scene, grid: readonly RawDuty[]): RawDuty[] => {
  const served = grid.filter(({ metOn, window }) => metOn !== null && window !== null);
  const acts = 'fact' in rule.met ? factsOfAct(scene.reading, rule.met) : [];
  const used = new Set<number>();
  return served.flatMap((source) => {
    const on = source.metOn ?? '';
    if (!allHold(rule.for, scene.on(on), {})) return [];
    const ended = endDay(rule, scene, on);
    const act = acts.find((fact) => fact.on >= on && (ended === null || fact.on <= ended) && !used.has(fact.seq));
    if (act) used.add(act.seq);
    const index = source.window?.index ?? 0;
    const title = say('{what} — исполнено', '{what}: done', { what: source.what });
    return [
      {
        key: `${rule.rule}@${source.rootEntry}/${index}`,
        rule: rule.rule,
        clause: rule.clause,
        what: say('{what} ({n}-й промежуток)', '{what} (window {n})', { what: rule.what, n: index }),
        subject: null,
        ...undated(title, on),
        basis: 'undated' as const,
        awaited: awaitedOf(rule.who, scene, act?.root ?? null),
        state: stateOf(act?.on ?? null, null, ended, scene.asOf),
        metOn: act?.on ?? null,
        scope: rule.scope,
        window: null,
        rootEntry: source.rootEntry,
        knownAt: source.knownAt,
        startOn: on,
      },
    ];
  });
};
