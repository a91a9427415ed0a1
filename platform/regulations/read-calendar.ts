import { addDays, isDay, yearOf } from '../../domain/calendar/civil.ts';
import type { Day } from '../../domain/calendar/day.ts';
import type { CalendarYear, ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { readYaml } from './read-yaml.ts';
import type { Path } from './read-yaml.ts';

type Names = Record<Day, { ru: string; en: string }>;

/** The files of a calendar have faults; each is named as `file:line: sentence`. */
export class CalendarError extends Error {
  readonly faults: readonly string[];

  constructor(faults: readonly string[]) {
    super(faults.join('\n'));
    this.name = 'CalendarError';
    this.faults = faults;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const daysOf = (
  value: unknown,
  year: number | null,
  path: string,
  fault: (path: Path, text: string) => void,
): Names => {
  const names: Names = {};
  if (!Array.isArray(value)) {
    fault([path], `${path}: expected a list`);
    return names;
  }
  value.forEach((item: unknown, index) => {
    const at = [path, index];
    if (!isObject(item)) return fault(at, `${path}: each item is { day, ru, en } or { from, to, ru, en }`);
    const { day, from = day, to = day, ru, en, ...rest } = item;
    for (const key of Object.keys(rest)) fault([...at, key], `unknown key "${key}"; known: day, from, to, ru, en`);
    if (!isDay(from) || !isDay(to) || to < from) return fault(at, `${path}: no such day or days`);
    if (typeof ru !== 'string' || typeof en !== 'string')
      return fault(at, `${path}: a day off has a name in both languages, ru and en`);
    for (let current = from; current <= to; current = addDays(current, 1)) {
      if (year !== null && yearOf(current) !== year) fault(at, `${current} is not a day of ${year}`);
      names[current] = { ru, en };
    }
  });
  return names;
};

const known = ['year', 'official', 'edition', 'source', 'daysOff', 'workingSaturdays', 'region'];

/**
 * A calendar from the texts of its files: one a year, and regional files (with `region` instead of `year`) whose
 * days off are added to every year.
 * @throws CalendarError naming every fault.
 */
export const readCalendar = (files: readonly { fileName: string; text: string }[]): ProductionCalendar => {
  const faults: string[] = [];
  const years: Record<number, CalendarYear> = {};
  const regional: Names = {};
  const editions: string[] = [];
  for (const { fileName, text } of files) {
    const { data, line, faults: bad } = readYaml(text, fileName);
    const fault = (path: Path, sentence: string): void => void faults.push(`${fileName}:${line(path)}: ${sentence}`);
    faults.push(...bad);
    if (bad.length) continue;
    if (!isObject(data)) {
      fault([], 'expected year, official, edition, source, daysOff, workingSaturdays');
      continue;
    }
    for (const key of Object.keys(data))
      if (!known.includes(key)) fault([key], `unknown key "${key}"; known: ${known.join(', ')}`);
    const { year, region, official, edition, source } = data;
    if (typeof edition !== 'number')
      fault(['edition'], 'edition: expected a number, raised with each correction of the file');
    if (typeof source !== 'string') fault(['source'], 'source: name the act or the source');
    if (typeof region === 'string') {
      Object.assign(regional, daysOf(data['daysOff'], null, 'daysOff', fault));
      editions.push(`${region}/${String(edition)}`);
      continue;
    }
    if (typeof year !== 'number' || typeof official !== 'boolean') {
      fault([], 'year: expected a year such as 2026; official: true or false');
      continue;
    }
    if (years[year]) fault(['year'], `${year} is already in another file`);
    const daysOff = daysOf(data['daysOff'], year, 'daysOff', fault);
    const workingSaturdays = daysOf(data['workingSaturdays'] ?? [], year, 'workingSaturdays', fault);
    years[year] = { year, official, edition: Number(edition), source: String(source), daysOff, workingSaturdays };
    editions.push(`${year}/${String(edition)}`);
  }
  if (faults.length) throw new CalendarError(faults);
  return { version: editions.sort().join(' '), years, regional };
};
