import { isDay } from '../domain/calendar/civil.ts';
import type { Day } from '../domain/calendar/day.ts';
import { simulate } from '../domain/case/simulate.ts';
import type { Command } from '../domain/commands/command.ts';
import { loadCalendar } from '../platform/regulations/load.ts';
import { readByShipped, type Language, type NamedScenario } from './read-scenarios.ts';
import { asJson } from './text/as-json.ts';
import { asPage, cited } from './text/as-page.ts';

const usage = 'kurator adopt ФАЙЛ [--on ДЕНЬ] [--json] [--lang ru|en]';

/**
 * `kurator adopt FILE [--on DAY] [--json] [--lang ru|en]`: what taking in a family with this past would bring and what
 * would be late on that day, in memory. The past is a scenario's commands, the day its `until` unless named.
 * 0; 1 when the past would be refused; 2 when the input is invalid.
 */
export const adoptCommand = (args: readonly string[]): number => {
  const options = readOptions(args);
  if (typeof options === 'string') {
    process.stderr.write(`${options}\n`);
    return 2;
  }
  const { file, json, language } = options;
  const { list, scenarios, faults } = readByShipped(file, language);
  if (faults.length) {
    process.stderr.write(`${faults.join('\n')}\n`);
    return 2;
  }
  const calendar = loadCalendar();
  const adopted = scenarios.map((scenario) => {
    const on = options.on ?? scenario.until;
    const whole = { ...scenario, commands: [adoptionOf(scenario, on)], until: on };
    return { scenario: whole, result: simulate(whole, scenario.regulation, calendar) };
  });
  const answers = adopted.map(({ result }) => ({
    ...asJson(result, language),
    late: asJson({ ...result, duties: result.duties.filter(({ state }) => state === 'overdue') }, language).duties,
  }));
  const pages = adopted.map(({ scenario, result }, index) => {
    const late = (answers[index]?.late ?? []).map(
      ({ what, clause, dueOn }) => `  ${dueOn}  ${what} (${cited(clause, language)})`,
    );
    const heading = language === 'ru' ? `ПРОСРОЧЕНО НА ${scenario.until}` : `LATE ON ${scenario.until}`;
    return `${asPage(scenario, result, language)}\n\n${heading}\n${late.join('\n') || '  —'}`;
  });
  process.stdout.write(`${json ? JSON.stringify(list ? answers : answers[0], null, 2) : pages.join('\n\n')}\n`);
  return adopted.some(({ result }) => result.rejected.length > 0) ? 1 : 0;
};

const adoptionOf = ({ commands }: NamedScenario, on: Day): Command => ({
  command: 'adoptCase',
  on,
  recordedOn: null,
  fact: 'caseAdopted',
  data: {},
  texts: {},
  lacking: [],
  curatorHas: null,
  replacement: null,
  past: [...commands],
});

function readOptions(
  args: readonly string[],
): { file: string; on: Day | null; json: boolean; language: Language } | string {
  let file: string | null = null;
  let on: Day | null = null;
  let json = false;
  let language: Language = 'ru';
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word === '--json') json = true;
    else if (word === '--on') {
      on = args[(index += 1)] ?? '';
      if (!isDay(on)) return '--on: день вида 2026-12-31 / a day like 2026-12-31';
    } else if (word === '--lang') {
      const named = args[(index += 1)];
      if (named !== 'ru' && named !== 'en') return '--lang: ru | en';
      language = named;
    } else if (word.startsWith('-') || file !== null) return usage;
    else file = word;
  }
  return file === null ? usage : { file, on, json, language };
}
