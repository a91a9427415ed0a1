import { decide } from '../../../domain/case/decide.ts';
import type { Decision } from '../../../domain/case/decision.ts';
import { fold } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { atTime } from '../../../domain/calendar/zone.ts';
import type { Regulation } from '../../../domain/regulation/regulation.ts';
import { calendar, command, nobody, recorded, regulation, zone } from './family.ts';
import type { Input } from './family.ts';

export const file = regulation('borovichi@1');

/** Decides on one command at noon of `today` and records what was accepted. */
export const perform = (
  state: CaseState,
  input: Input,
  today: string = input.on,
  by: Regulation = file,
): { state: CaseState; decision: Decision } => {
  const at = atTime(today, '12:00', zone);
  const decision = decide(state, command(input), { at, today }, nobody, by, calendar);
  if (!decision.accepted) return { state, decision };
  const facts = recorded(decision.facts, state.seq + 1, at).map((fact) => ({ ...fact, recordedOn: today }));
  return { state: fold([...state.log, ...facts], by), decision };
};

export const performAll = (inputs: readonly Input[], today?: string, by: Regulation = file): CaseState =>
  inputs.reduce(
    (state, input) => {
      const done = perform(state, input, today ?? input.on, by);
      if (!done.decision.accepted) throw new Error(`${input.command} on ${input.on}: ${done.decision.refusal.text.en}`);
      return done.state;
    },
    fold([], by),
  );
