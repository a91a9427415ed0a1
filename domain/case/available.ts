import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { CommandWord } from '../commands/command.ts';
import { commandWords } from '../commands/command.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { Now } from './decide.ts';
import type { Refusal, World } from './decision.ts';
import type { CaseState } from './fold.ts';
import { refusalWhatever } from './judge.ts';
import { readingOn } from './reading.ts';
import { refusalByStanding, refuse } from './standing-checks.ts';

export interface Availability {
  command: CommandWord;
  allowed: boolean;
  /** What is missing; only where `allowed` is false. */
  refusal?: Refusal;
}

/** Whether each command could pass today with the right fields, and if not, what is missing. */
export const available = (
  state: CaseState,
  now: Now,
  _world: World,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Availability[] => {
  const setting = { regulation, calendar };
  const reading = readingOn(state.facts, now.today, setting);
  const factOf = new Map([...regulation.refusals, ...regulation.advices].map(({ command, fact }) => [command, fact]));
  return commandWords.map((command) => {
    const fact = factOf.get(command);
    const refusal =
      refusalByStanding(command, state, reading) ??
      (command === 'extend' && !regulation.house.extendable.length ? refuse('house.not-extendable') : null) ??
      (fact ? refusalWhatever(state, fact, now.today, setting) : null);
    return refusal ? { command, allowed: false, refusal } : { command, allowed: true };
  });
};
