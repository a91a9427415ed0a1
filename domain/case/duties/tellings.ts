import type { Act, DutyRule } from '../../regulation/regulation.ts';
import { factTitle } from '../fact-titles.ts';
import type { Fact } from '../fact.ts';
import { matches, momentOf } from '../reading.ts';
import { say } from '../words.ts';
import { factStart } from './scene.ts';
import type { Occurrence, Scene } from './scene.ts';

type TermRule = Extract<DutyRule, { form: 'term' }>;

const doneBy = (act: Act, fact: Fact): boolean =>
  'anyOf' in act
    ? act.anyOf.some((one) => doneBy(one, fact))
    : 'sameFact' in act && momentOf(fact, act.sameFact) !== null && matches(fact.data, act.where);

/**
 * What started the duties of a rule whose facts tell of something that happened on a day of its own (a violation that
 * was found): one start for each thing told. A later telling of the same moment completes one that is not done yet
 * ("reported at last"); once it is done, the same moment told again is another thing.
 */
export const tellings = (rule: TermRule, scene: Scene): Occurrence[] => {
  const { start } = rule;
  if (!('fact' in start) || start.on === undefined) return [];
  const field = start.on;
  const groups: Fact[][] = [];
  for (const fact of scene.reading.facts) {
    if (!start.fact.includes(fact.kind) || !matches(fact.data, start.where)) continue;
    const moment = momentOf(fact, field)?.moment;
    const same = groups.find(
      ([first, ...more]) =>
        first !== undefined &&
        moment !== undefined &&
        momentOf(first, field)?.moment === moment &&
        !rule.met.every((act) => [first, ...more].some((told) => doneBy(act, told))),
    );
    if (same) same.push(fact);
    else groups.push([fact]);
  }
  return groups.flatMap((told) => {
    const [first] = told;
    if (!first) return [];
    const title = say('день самого события ({what}, запись № {n})', 'the day it happened itself ({what}, entry {n})', {
      what: factTitle(first.kind),
      n: first.seq,
    });
    return [{ ...factStart(first), on: momentOf(first, field)?.day ?? first.on, title, told }];
  });
};
