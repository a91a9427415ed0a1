import { readFileSync } from 'node:fs';
import { publishedSchema } from '../domain/regulation/schema.ts';
import type { Regulation } from '../domain/regulation/regulation.ts';
import { RegulationError } from '../domain/regulation/parse.ts';
import { CalendarError } from '../platform/regulations/read-calendar.ts';
import { loadCalendar, loadRegulations, parseRegulation } from '../platform/regulations/load.ts';
import { cited } from './text/as-page.ts';

const faultsOf = (error: unknown): readonly string[] | null =>
  error instanceof RegulationError || error instanceof CalendarError ? error.faults : null;

/** What a file holds, and openly what of its text the program does not do by itself yet. */
const inOrder = ({ id, version, duties, refusals, notYetExecutable }: Regulation): string => {
  const counts = `обязанностей: ${Object.keys(duties).length}, запретов: ${refusals.length} / in order`;
  const open = notYetExecutable.map(
    ({ clause, what, why }) => `    ${cited(clause, 'ru')}: ${what.ru} — ${why.ru}\n      ${what.en}: ${why.en}`,
  );
  return [
    `${id}@${version} — ${counts}`,
    ...(open.length ? ['  ещё не исполняется программой / not yet executable:', ...open] : []),
  ].join('\n');
};

const check = (run: () => string): boolean => {
  try {
    process.stdout.write(`${run()}\n`);
    return true;
  } catch (error) {
    const faults = faultsOf(error) ?? [error instanceof Error ? error.message : String(error)];
    process.stderr.write(`${faults.join('\n')}\n`);
    return false;
  }
};

/** `kurator regulations check [FILE…]` and `schema`: 0, 1 when a file has faults, 2 when the words are not known. */
export const regulationsCommand = (args: readonly string[]): number => {
  const [word, ...files] = args;
  if (word === 'schema') {
    process.stdout.write(`${JSON.stringify(publishedSchema(), null, 2)}\n`);
    return 0;
  }
  if (word !== 'check') {
    process.stderr.write('kurator regulations check [ФАЙЛ…] | schema\n');
    return 2;
  }
  const good = files.length
    ? files.map((file) =>
        check(() => {
          return `${file}: ${inOrder(parseRegulation(readFileSync(file, 'utf8'), file))}`;
        }),
      )
    : [
        check(() => [...loadRegulations().values()].map(inOrder).join('\n')),
        check(() => `календарь / calendar: ${loadCalendar().version}`),
      ];
  return good.every(Boolean) ? 0 : 1;
};
