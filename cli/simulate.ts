import { simulate } from '../domain/case/simulate.ts';
import { loadCalendar } from '../platform/regulations/load.ts';
import { readByShipped } from './read-scenarios.ts';
import type { Language } from './read-scenarios.ts';
import { asJson } from './text/as-json.ts';
import { asPage } from './text/as-page.ts';

interface Options {
  file: string | null;
  json: boolean;
  language: Language;
  fault: string | null;
}

const readOptions = (args: readonly string[]): Options => {
  const options: Options = { file: null, json: false, language: 'ru', fault: null };
  for (let index = 0; index < args.length; index += 1) {
    const word = args[index] ?? '';
    if (word === '--json') options.json = true;
    else if (word === '--lang' || word.startsWith('--lang=')) {
      const language = word === '--lang' ? args[(index += 1)] : word.slice(7);
      if (language === 'ru' || language === 'en') options.language = language;
      else options.fault = '--lang: ru | en';
    } else if (word.startsWith('-') || options.file) options.fault = `неизвестный параметр / unknown option: ${word}`;
    else options.file = word;
  }
  return options;
};

/** `kurator simulate FILE [--json] [--lang ru|en]`: 0, or 2 when the input is invalid. */
export const simulateCommand = (args: readonly string[]): number => {
  const { file, json, language, fault } = readOptions(args);
  if (fault || !file) {
    process.stderr.write(`${fault ?? 'kurator simulate ФАЙЛ [--json] [--lang ru|en]'}\n`);
    return 2;
  }
  const { list, scenarios, faults } = readByShipped(file, language);
  if (faults.length) {
    process.stderr.write(`${faults.join('\n')}\n`);
    return 2;
  }
  const calendar = loadCalendar();
  const played = scenarios.map((scenario) => ({ scenario, result: simulate(scenario, scenario.regulation, calendar) }));
  const out = json
    ? JSON.stringify(
        list
          ? played.map(({ result }) => asJson(result, language))
          : asJson((played[0] as (typeof played)[number]).result, language),
        null,
        2,
      )
    : played.map(({ scenario, result }) => asPage(scenario, result, language)).join('\n\n');
  process.stdout.write(`${out}\n`);
  return 0;
};
