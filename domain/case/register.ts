import type { Fact } from './fact.ts';
import { wordOf } from './values.ts';

/** An entry of the register of incoming and outgoing requests. */
export interface Registered {
  fact: Fact;
  direction: 'in' | 'out';
  /** Its number; an entry without one goes by the number of the entry in the case. */
  number: string;
}

/** Requests of the register, in the order of their days. */
export const registeredRequests = (facts: readonly Fact[]): Registered[] =>
  facts
    .filter(({ kind }) => kind === 'requestRegistered')
    .map((fact) => ({
      fact,
      direction: fact.data['direction'] === 'out' ? 'out' : 'in',
      number: wordOf(fact.data['number']) ?? String(fact.root),
    }));

/** What goes out answers what came in, and the other way round; an answer that does not say may be either. */
const opposite = ({ data }: Fact, { direction }: Registered): boolean =>
  data['direction'] === undefined || data['direction'] !== direction;

/**
 * The answer of each request, by the request's root. An answer names a number, and numbers of different bodies may be
 * the same: it goes to the oldest request of that number that has none.
 */
export const answersTo = (facts: readonly Fact[]): ReadonlyMap<number, Fact> => {
  const requests = registeredRequests(facts);
  const answers = new Map<number, Fact>();
  for (const answer of facts.filter(({ kind }) => kind === 'answerRegistered')) {
    const open = requests.find(
      (request) =>
        request.number === answer.data['to'] &&
        request.fact.on <= answer.on &&
        !answers.has(request.fact.root) &&
        opposite(answer, request),
    );
    if (open) answers.set(open.fact.root, answer);
  }
  return answers;
};
