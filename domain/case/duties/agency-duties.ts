import type { DutyRule } from '../../regulation/regulation.ts';
import { agenciesOf } from '../plans.ts';
import { say } from '../words.ts';
import { undated } from './reckoning.ts';
import { awaitedOf, endDay } from './scene.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type AgencyRule = Extract<DutyRule, { form: 'agency' }>;

/** One undated duty for each agency that a correction made responsible after the plan had been sent to everyone. */
export const agencyDuties = (rule: AgencyRule, scene: Scene): RawDuty[] => {
  const { facts, plans } = scene.reading;
  const approved = plans.filter(({ approval }) => approval !== null);
  return approved.flatMap(({ joined }, index) =>
    joined.map(({ agency, by }): RawDuty => {
      const next = approved[index + 1]?.approval?.on;
      const ends = [endDay(rule, scene, by.on), next].flatMap((day) => (day ? [day] : [])).sort();
      const sent = facts
        .slice(facts.indexOf(by) + 1)
        .find((fact) => fact.kind === 'planSent' && agenciesOf(fact).includes(agency));
      const title = say('план исправлен (запись № {n})', 'plan corrected (entry {n})', { n: by.seq });
      return {
        key: `${rule.rule}@${by.root}#${agency}`,
        rule: rule.rule,
        clause: rule.clause,
        what: rule.what,
        subject: agency,
        ...undated(title, by.on),
        basis: 'undated',
        awaited: awaitedOf(rule.who, scene, null),
        state: stateOf(sent?.on ?? null, null, ends[0] ?? null, scene.asOf),
        metOn: sent?.on ?? null,
        scope: rule.scope,
        window: null,
        rootEntry: by.root,
        knownAt: by.recordedAt,
        startOn: by.on,
      };
    }),
  );
};
