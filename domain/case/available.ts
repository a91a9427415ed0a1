import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { CommandWord } from '../commands/command.ts';
import { commandWords } from '../commands/command.ts';
import { commandCatalog } from '../commands/table.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { Now } from './decide.ts';
import type { Refusal, World } from './decision.ts';
import type { DutyAct } from './duty.ts';
import type { CaseState } from './fold.ts';
import type { Day } from '../calendar/day.ts';
import { refusalSettled, refusalWhatever } from './judge.ts';
import { readingOn } from './reading.ts';
import { refusalByStanding, refuse } from './standing-checks.ts';

export interface Availability {
  command: CommandWord;
  allowed: boolean;
  /** What is missing; only where `allowed` is false. */
  refusal?: Refusal;
}

/** What stands today against a command whatever its fields; with `settled`, against the command with these. */
export type Objection = (command: CommandWord, settled?: Readonly<Record<string, unknown>>) => Refusal | null;

/** Asks of one case on one day, for as many commands as need be. */
export const objections = (
  state: CaseState,
  today: Day,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Objection => {
  const setting = { regulation, calendar };
  const reading = readingOn(state.facts, today, setting);
  const factOf = new Map([...regulation.refusals, ...regulation.advices].map(({ command, fact }) => [command, fact]));
  const whatever = new Map<CommandWord, Refusal | null>();
  const ofAny = (command: CommandWord): Refusal | null => {
    const fact = factOf.get(command);
    return (
      refusalByStanding(command, state, reading) ??
      (command === 'extend' && !regulation.house.extendable.length ? refuse('house.not-extendable') : null) ??
      (fact ? refusalWhatever(state, fact, today, setting) : null)
    );
  };
  return (command, settled) => {
    const known = whatever.get(command);
    const refusal = known === undefined ? ofAny(command) : known;
    whatever.set(command, refusal);
    return refusal ?? (settled ? refusalSettled(state, commandCatalog[command].fact, today, settled, setting) : null);
  };
};

/** A command that would perform a duty: it passes now with the right fields, or what stands against it. */
export interface Unblocking extends DutyAct {
  refusal: Refusal | null;
}

export const unblocking = (acts: readonly DutyAct[], objection: Objection): Unblocking[] =>
  acts.map((act) => ({ ...act, refusal: objection(act.command as CommandWord, act.fields) }));

/** Whether each command could pass today with the right fields, and if not, what is missing. */
export const available = (
  state: CaseState,
  now: Now,
  _world: World,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Availability[] => {
  const objection = objections(state, now.today, regulation, calendar);
  return commandWords.map((command) => {
    const refusal = objection(command);
    return refusal ? { command, allowed: false, refusal } : { command, allowed: true };
  });
};
