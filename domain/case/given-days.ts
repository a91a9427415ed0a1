import { addDays } from '../calendar/civil.ts';
import type { Day, Instant } from '../calendar/day.ts';
import { addMonths } from '../calendar/terms.ts';
import type { GivenDay } from '../regulation/regulation.ts';
import type { Sentence } from './duty.ts';
import type { Fact } from './fact.ts';
import { factsOf, latestInstant } from './reading.ts';
import type { Reading } from './reading.ts';
import { wordOf } from './values.ts';
import { say } from './words.ts';

/** A day that the case names, as it counts on the reading's day. */
export interface Given {
  on: Day;
  root: number;
  knownAt: Instant;
  title: Sentence;
}

const titles: Readonly<Record<GivenDay, readonly [ru: string, en: string]>> = {
  'socialContract.from': ['начало социального контракта', 'the social contract begins'],
  'socialContract.to': ['окончание социального контракта', 'the social contract ends'],
  familyFormedOn: ['создание семьи', 'the family was formed'],
};

export const givenTitle = (name: GivenDay): Sentence => ({ ru: titles[name][0], en: titles[name][1] });

const opened = (fact: Fact, name: GivenDay): Day | null => {
  const [field = '', part] = name.split('.');
  const value = fact.data[field];
  return wordOf(part === undefined ? value : (value as Record<string, unknown> | undefined)?.[part]);
};

/** The day that an amendment of the contract sets: an early end goes before a new last day. */
const amended = ({ data }: Fact): Day | null => wordOf(data['endedOn']) ?? wordOf(data['to']);

/** Each day that ever stood for the name, in the order of the facts: the opening's own, then every amendment of it. */
const versions = (reading: Pick<Reading, 'facts'>, name: GivenDay): { on: Day; fact: Fact }[] => {
  const opening = factsOf(reading, 'caseOpened');
  const amendments = name === 'socialContract.to' ? factsOf(reading, 'socialContractAmended') : [];
  return [
    ...opening.map((fact) => ({ on: opened(fact, name), fact })),
    ...amendments.map((fact) => ({ on: amended(fact), fact })),
  ].flatMap(({ on, fact }) => (on ? [{ on, fact }] : []));
};

/** The day of that name; `null` while nobody has entered it. */
export const givenDay = (reading: Pick<Reading, 'facts'>, name: GivenDay): Given | null => {
  const known = versions(reading, name);
  const last = known.at(-1);
  if (!last) return null;
  return {
    on: last.on,
    root: last.fact.root,
    knownAt: latestInstant([last.fact.recordedAt]),
    title: say('{what} (запись № {n})', '{what} (entry {n})', { what: givenTitle(name), n: last.fact.seq }),
  };
};

/** The last day that a condition `past` waits for. */
export const pastDay = (on: Day, months: number): Day => (months ? addMonths(on, months) : on);

/** Days on which a condition `past` may begin to hold, by any version of the day: an amendment may have moved it since. */
export const turningDaysOf = (reading: Pick<Reading, 'facts'>, name: GivenDay, months: number): Day[] =>
  versions(reading, name).map(({ on }) => addDays(pastDay(on, months), 1));
