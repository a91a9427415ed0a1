import { addMonths } from '../calendar/terms.ts';
import type { Day } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { addMs, atTime } from '../calendar/zone.ts';
import type { Command } from '../commands/command.ts';
import { institutionDuties } from '../institution/institution-duties.ts';
import type { Regulation } from '../regulation/regulation.ts';
import { decide } from './decide.ts';
import type { Advice, Refusal, World } from './decision.ts';
import type { Duty } from './duty.ts';
import { duties } from './duties.ts';
import type { Fact } from './fact.ts';
import { fold } from './fold.ts';
import type { CaseState } from './fold.ts';
import { stages } from './stages.ts';
import type { StageSpan } from './stage.ts';

export interface Scenario {
  commands: readonly Command[];
  /** The day at whose end the case is read. */
  until: Day;
  zone: string;
}

export interface Simulated {
  state: CaseState;
  /** Those of the case, then the institution's own: a scenario is an institution that has one family. */
  duties: Duty[];
  stages: StageSpan[];
  rejected: { on: Day; command: string; refusal: Refusal }[];
  advice: { on: Day; command: string; advice: Advice }[];
}

/** Months after `until` for which windows are listed. */
const monthsAhead = 24;

/**
 * Plays dated commands in order, in memory. A command is entered on its `recordedOn`, else on its own day, but
 * never before the one before it: a scenario's clock does not run backwards.
 */
export const simulate = (
  { commands, until, zone }: Scenario,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Simulated => {
  const facts: Fact[] = [];
  const rejected: Simulated['rejected'] = [];
  const advice: Simulated['advice'] = [];
  let state = fold(facts, regulation);
  let today: Day = '';
  const curatorLoad: World['curatorLoad'] = {};
  commands.forEach((command, index) => {
    const entered = command.recordedOn ?? command.on;
    today = entered > today ? entered : today;
    const at = addMs(atTime(today, '12:00', zone), index);
    const curator = command.data['curator'];
    // What a curator has is known from when the scenario says it: the level may be set after the curator is fixed.
    if (command.curatorHas && typeof curator === 'string') curatorLoad[curator] = command.curatorHas;
    const world: World = {
      curatorLoad,
      agencies: null,
      staff: null,
    };
    const decision = decide(state, command, { at, today: command.recordedOn ?? today }, world, regulation, calendar);
    if (!decision.accepted) {
      rejected.push({ on: command.on, command: command.command, refusal: decision.refusal });
      return;
    }
    for (const { root, ...fact } of decision.facts) {
      const seq = facts.length + 1;
      facts.push({ seq, root: root ?? seq, ...fact, recordedAt: at, recordedOn: today });
    }
    advice.push(...decision.advice.map((one) => ({ on: command.on, command: command.command, advice: one })));
    state = fold(facts, regulation);
  });
  const horizon = addMonths(until, monthsAhead);
  const own = state.openedOn
    ? institutionDuties(regulation, calendar, state.facts, { since: state.openedOn, asOf: until, horizon })
    : [];
  return {
    state,
    duties: [...duties(state, regulation, calendar, { asOf: until, horizon, zone }), ...own],
    stages: stages(state, regulation, calendar, until),
    rejected,
    advice,
  };
};
