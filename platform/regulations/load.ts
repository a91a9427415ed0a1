import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { compileRegulation, RegulationError } from '../../domain/regulation/parse.ts';
import { regulationKey } from '../../domain/regulation/regulation.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import { readCalendar } from './read-calendar.ts';
import { readYaml } from './read-yaml.ts';

const shipped = fileURLToPath(new URL('../../regulations/', import.meta.url));

/**
 * Reads one regulation from its text.
 * @throws RegulationError naming every fault as `file:line: sentence`.
 */
export const parseRegulation = (text: string, fileName: string): Regulation => {
  const { data, line, faults } = readYaml(text, fileName);
  if (faults.length) throw new RegulationError(faults);
  return compileRegulation({ fileName, data, line });
};

const filesIn = (dir: string): string[] =>
  readdirSync(dir)
    .filter((name) => /\.ya?ml$/.test(name))
    .sort()
    .map((name) => join(dir, name));

const regulations = new Map<string, Map<string, Regulation>>();
const calendars = new Map<string, ProductionCalendar>();

/** All regulations of a folder (the shipped ones by default), by `id@version`. Read once a process. */
export const loadRegulations = (dir: string = shipped): Map<string, Regulation> => {
  const known = regulations.get(dir);
  if (known) return known;
  const read = new Map<string, Regulation>();
  for (const file of filesIn(dir)) {
    const regulation = parseRegulation(readFileSync(file, 'utf8'), basename(file));
    const key = regulationKey(regulation);
    if (read.has(key))
      throw new RegulationError([`${basename(file)}:1: ${key} is already in another file of the folder`]);
    read.set(key, regulation);
  }
  regulations.set(dir, read);
  return read;
};

/** The production calendar of a folder (the shipped one by default). Read once a process. */
export const loadCalendar = (dir: string = join(shipped, 'calendars')): ProductionCalendar => {
  const known = calendars.get(dir);
  if (known) return known;
  const read = readCalendar(
    filesIn(dir).map((file) => ({ fileName: basename(file), text: readFileSync(file, 'utf8') })),
  );
  calendars.set(dir, read);
  return read;
};
