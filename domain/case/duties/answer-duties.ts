import type { DutyRule } from '../../regulation/regulation.ts';
import { answersTo, registeredRequests } from '../register.ts';
import type { Registered } from '../register.ts';
import { say } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { namedDay, reckon, undated } from './reckoning.ts';
import type { Reckoned } from './reckoning.ts';
import { awaitedOf, endDay, factStart } from './scene.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type RequestRule = Extract<DutyRule, { form: 'request' }>;

const dayOf = (rule: RequestRule, key: string, scene: Scene, { fact, number }: Registered): Reckoned => {
  const title = say('зарегистрирован запрос № {number} (запись № {n})', 'request {number} registered (entry {n})', {
    number,
    n: fact.seq,
  });
  const asked = fact.data['answerBy'];
  if (typeof asked !== 'string')
    return rule.term
      ? reckon(scene, { ...factStart(fact), title }, rule.term, rule.rule, key)
      : undated(title, fact.on);
  const named = say('в запросе № {number} назван день ответа', 'request {number} names the day of the answer', {
    number,
  });
  return namedDay(scene, named, asked);
};

/** One duty for each entry of the register: the answer to what came in, or to what went out. */
export const answerDuties = (rule: RequestRule, scene: Scene): RawDuty[] => {
  const answered = answersTo(scene.reading.facts);
  return registeredRequests(scene.reading.facts)
    .filter(({ direction }) => direction === rule.direction)
    .map((request): RawDuty => {
      const { fact, number } = request;
      const key = `${rule.rule}@${fact.root}`;
      const day = dayOf(rule, key, scene, request);
      const answer = answered.get(fact.root);
      const metOn = answer?.on ?? null;
      const endedOn = endDay(rule, scene, fact.on);
      const judged = judgedByItsDay(scene, key, day, (dueOn) => ({
        state: stateOf(metOn, dueOn, endedOn, scene.asOf),
      }));
      return {
        key,
        rule: rule.rule,
        clause: rule.clause,
        what: say('{what} № {number}', '{what} {number}', { what: rule.what, number }),
        subject: number,
        // A day that the request names is the sender's own; one reckoned by the clause is the law's.
        basis: judged.dueOn === null ? 'undated' : typeof fact.data['answerBy'] === 'string' ? 'internal' : rule.basis,
        ...judged,
        endedOn,
        awaited: awaitedOf(rule.who, scene, null),
        metOn,
        scope: rule.scope,
        window: null,
        rootEntry: fact.root,
        knownAt: fact.recordedAt,
        startOn: fact.on,
      };
    });
};
