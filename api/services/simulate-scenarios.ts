import { daysBetween } from '../../domain/calendar/civil.ts';
import { isZone } from '../../domain/calendar/zone.ts';
import type { Command, InputError } from '../../domain/commands/command.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import { simulate } from '../../domain/case/simulate.ts';
import { findNamedRegulation, type Rules } from '../../platform/records/rules.ts';
import type { z } from 'zod';
import type { Scenario as ScenarioSchema, Simulated } from '../schemas/regulation.ts';
import { unnamed } from './present.ts';

/** Grids are reckoned window by window: a scenario of centuries would hold the process up for everybody. */
const longestDays = 20 * 366;

export type Scenario = z.output<typeof ScenarioSchema>;

export type Played = { faults: InputError[] } | { items: z.output<typeof Simulated>[] };

/** Plays each scenario against its regulation, or names every fault of them. */
export function simulateScenarios(rules: Rules, scenarios: readonly Scenario[]): Played {
  const faults: InputError[] = [];
  const read = scenarios.map((scenario, index) => readScenario(rules, scenario, `scenarios.${index}`, faults));
  if (faults.length > 0) return { faults };
  const items = read.map(({ commands, regulation, until, zone }) => {
    if (!regulation) throw new Error('a scenario without a regulation passed its checks');
    const { duties, stages, rejected, advice } = simulate({ commands, until, zone }, regulation, rules.calendar);
    return { duties: duties.map(unnamed), stages, rejected, advice };
  });
  return { items };
}

function readScenario(rules: Rules, scenario: Scenario, path: string, faults: InputError[]) {
  const regulation = findNamedRegulation(rules, scenario.regulation);
  if (!regulation) {
    const named = scenario.regulation;
    faults.push({
      path: `${path}.regulation`,
      message: `there is no regulation "${named}"`,
      ru: `положения «${named}» нет`,
    });
  }
  if (!isZone(scenario.zone)) {
    faults.push({
      path: `${path}.zone`,
      message: `no time zone "${scenario.zone}"`,
      ru: `часового пояса «${scenario.zone}» нет`,
    });
  }
  const commands = scenario.commands.flatMap((input, index): Command[] => {
    const parsed = parseCommand(input);
    if (parsed.ok) return [parsed.command];
    const at = `${path}.commands.${index}`;
    faults.push(...parsed.errors.map((fault) => ({ ...fault, path: fault.path ? `${at}.${fault.path}` : at })));
    return [];
  });
  const tooLong = commands.some(({ on }) => Math.abs(daysBetween(on, scenario.until)) > longestDays);
  if (tooLong) {
    faults.push({
      path: `${path}.until`,
      message: 'a scenario spans 20 years at most',
      ru: 'сценарий охватывает не больше 20 лет',
    });
  }
  return { commands, regulation, until: scenario.until, zone: scenario.zone };
}
