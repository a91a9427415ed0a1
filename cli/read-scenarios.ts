import { readFileSync } from 'node:fs';
import { isDay } from '../domain/calendar/civil.ts';
import { isZone } from '../domain/calendar/zone.ts';
import type { Scenario } from '../domain/case/simulate.ts';
import type { Command } from '../domain/commands/command.ts';
import { isTyped } from '../domain/commands/typed-text.ts';
import { parseCommand } from '../domain/commands/parse-command.ts';
import { RegulationError } from '../domain/regulation/parse.ts';
import type { Regulation } from '../domain/regulation/regulation.ts';
import { loadRegulations } from '../platform/regulations/load.ts';
import { readYaml } from '../platform/regulations/read-yaml.ts';
import type { Path } from '../platform/regulations/read-yaml.ts';

export type Language = 'ru' | 'en';

export interface NamedScenario extends Scenario {
  title: string | null;
  regulation: Regulation;
}

export interface ReadScenarios {
  /** The file holds a list, so the answer is a list too. */
  list: boolean;
  scenarios: NamedScenario[];
  faults: string[];
}

const known = ['regulation', 'zone', 'commands', 'until', 'title', 'id', 'note'];
/** Keys of a scenario that is also an expectation; they are the tests' own. */
const expectation = ['expect', 'rejected', 'advice', 'absent', 'stages', 'certainty', 'clauses'];

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const words = (value: unknown): string => (typeof value === 'string' ? value : JSON.stringify(value ?? null));

/** `town` is its latest version; `town@2` that one. */
export const findRegulation = (regulations: ReadonlyMap<string, Regulation>, name: string): Regulation | undefined =>
  regulations.get(name) ??
  [...regulations.values()].filter(({ id }) => id === name).sort((a, b) => b.version - a.version)[0];

/** Reads one scenario or a list of them from YAML or JSON. Every fault is `file:line: sentence`. */
export const readScenarios = (
  file: string,
  regulations: ReadonlyMap<string, Regulation>,
  language: Language,
): ReadScenarios => {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return {
      list: false,
      scenarios: [],
      faults: [language === 'ru' ? `${file}: файл не читается` : `${file}: cannot be read`],
    };
  }
  const { data, line, faults: bad } = readYaml(text, file);
  if (bad.length) return { list: false, scenarios: [], faults: bad };
  const faults: string[] = [];
  const fault = (path: Path, ru: string, en: string): void =>
    void faults.push(`${file}:${line(path)}: ${language === 'ru' ? ru : en}`);

  const readOne = (value: unknown, at: Path): NamedScenario[] => {
    if (!isObject(value)) {
      fault(
        at,
        'сценарий записывается полями regulation, commands, until',
        'a scenario has regulation, commands, until',
      );
      return [];
    }
    for (const key of Object.keys(value)) {
      if (![...known, ...expectation].includes(key))
        fault(
          [...at, key],
          `неизвестное поле «${key}»; известны: ${known.join(', ')}`,
          `unknown field "${key}"; known: ${known.join(', ')}`,
        );
    }
    for (const key of ['title', 'id', 'note']) {
      const said = value[key];
      if (typeof said === 'string' && !isTyped(said))
        fault([...at, key], `«${key}»: есть управляющий знак; удалите его`, `"${key}": it has a control character`);
    }
    const name = words(value['regulation']);
    const regulation = findRegulation(regulations, name);
    if (!regulation)
      fault(
        [...at, 'regulation'],
        `регламента «${name}» нет; есть: ${[...regulations.keys()].join(', ')}`,
        `no regulation "${name}"; there are: ${[...regulations.keys()].join(', ')}`,
      );
    const zone = value['zone'] === undefined ? 'Europe/Moscow' : words(value['zone']);
    if (!isZone(zone))
      fault(
        [...at, 'zone'],
        `часового пояса «${zone}» нет; нужен, например, Europe/Moscow`,
        `no time zone "${zone}"; expected, say, Europe/Moscow`,
      );
    const raw = value['commands'];
    if (!Array.isArray(raw))
      fault([...at, 'commands'], 'commands: нужен список команд', 'commands: expected a list of commands');
    const commands = (Array.isArray(raw) ? (raw as unknown[]) : []).flatMap((input, index): Command[] => {
      const parsed = parseCommand(input);
      if (parsed.ok) return [parsed.command];
      for (const { path, ru, message } of parsed.errors) {
        const parts = path ? path.split('.').map((part) => (/^\d+$/.test(part) ? Number(part) : part)) : [];
        fault([...at, 'commands', index, ...parts], ru, message);
      }
      return [];
    });
    const last = commands.reduce((day, { on, recordedOn }) => [day, on, recordedOn ?? on].sort().at(-1) ?? day, '');
    const until = value['until'] ?? last;
    if (!isDay(until)) {
      fault(
        [...at, 'until'],
        `until: нет такого дня «${words(until)}»; нужен день вида 2026-12-31`,
        `until: no such day "${words(until)}"; expected a day like 2026-12-31`,
      );
      return [];
    }
    return regulation
      ? [{ title: typeof value['title'] === 'string' ? value['title'] : null, regulation, zone, commands, until }]
      : [];
  };

  const list = Array.isArray(data);
  const scenarios = list ? (data as unknown[]).flatMap((one, index) => readOne(one, [index])) : readOne(data, []);
  return { list, scenarios, faults };
};

/** The same by the shipped regulations: a fault in one of their files is told like one of the scenario's own. */
export const readByShipped = (file: string, language: Language): ReadScenarios => {
  try {
    return readScenarios(file, loadRegulations(), language);
  } catch (error) {
    if (!(error instanceof RegulationError)) throw error;
    return { list: false, scenarios: [], faults: [...error.faults] };
  }
};
