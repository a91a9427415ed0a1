import type { Day } from '../calendar/day.ts';
import type { Command } from '../commands/command.ts';
import type { Advice, Refusal } from './decision.ts';
import type { Sentence } from './duty.ts';
import { factTitle } from './fact-titles.ts';
import { refuse } from './standing-checks.ts';
import { say, shortDay } from './words.ts';

type Fault = NonNullable<Refusal['faults']>[number];

const pathOf = (index: number): string => `facts.${index}`;

/** Entries of the past get their numbers first, in their order: the number of an entry is its place in the list. */
const placed = (index: number, { fact, on }: Command, why: Sentence): Sentence =>
  say('№ {n} ({what}, {day}): {why}', 'no. {n} ({what}, {day}): {why}', {
    n: index + 1,
    what: factTitle(fact),
    day: shortDay(on),
    why,
  });

const reasonOf = ({ text, missing }: Refusal): Sentence => missing[0] ?? text;

/** What stands against a command of the past, by its place in the body. */
export const asFault = (index: number, past: Command, refusal: Refusal): Fault => ({
  path: pathOf(index),
  code: refusal.code,
  clause: refusal.clause,
  text: placed(index, past, reasonOf(refusal)),
});

/** History is history: what a clause would have refused is on record, and is shown. */
export const asAdvice = (index: number, past: Command, against: Refusal): Advice => ({
  code: 'advice.past-against-clause',
  clause: against.clause,
  text: placed(index, past, against.text),
  path: pathOf(index),
});

/** The past is told in the order of its days and ends with the day of the adoption. */
export const misplacedDay = (on: Day, previous: Day | undefined, adoptedOn: Day): Refusal | null => {
  if (previous !== undefined && on < previous) {
    return refuse(
      'past.out-of-order',
      say('день раньше, чем у записи перед ней ({day})', 'the day is before that of the one above ({day})', {
        day: shortDay(previous),
      }),
    );
  }
  return on > adoptedOn
    ? refuse(
        'entry.day-in-future',
        say('день позже дня принятия дела ({day})', 'the day is after that of the adoption ({day})', {
          day: shortDay(adoptedOn),
        }),
      )
    : null;
};

/** Nothing of a past with faults is recorded; each is named. */
export const refusalOfPast = (faults: Fault[]): Refusal => ({
  ...refuse('past.refused', ...faults.map(({ text }) => text)),
  faults,
});
