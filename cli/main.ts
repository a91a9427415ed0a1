import { adoptCommand } from './adopt.ts';
import { helpAsked, helpOf } from './help.ts';
import { simulateCommand } from './simulate.ts';
import { regulationsCommand } from './regulations.ts';

/** Runs one command; resolves to the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  const help = helpAsked(args);
  if (help !== null) {
    process.stdout.write(help);
    return 0;
  }
  const [word, ...rest] = args;
  if (word === 'simulate') return simulateCommand(rest);
  if (word === 'adopt') return adoptCommand(rest);
  if (word === 'regulations') return regulationsCommand(rest);
  // Loaded only here: it opens the records, and the words above must start without them.
  if (word === 'demo') return (await import('./demo.ts')).demoCommand(rest);
  if (word === 'records') return (await import('./records.ts')).recordsCommand(rest);
  if (word === 'institution') return (await import('./institution.ts')).institutionCommand(rest);
  if (word === 'staff') return (await import('./staff.ts')).staffCommand(rest);
  if (word === 'engine') return (await import('./engine.ts')).engineCommand(rest);
  process.stderr.write(helpOf());
  return 2;
};
