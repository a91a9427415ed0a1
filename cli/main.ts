import { simulateCommand } from './simulate.ts';
import { regulationsCommand } from './regulations.ts';

const usage = `kurator — сопровождение семей по регламенту / support of families by a regulation

  kurator simulate ФАЙЛ [--json] [--lang ru|en]
      проиграть датированные команды семьи и показать каждую обязанность, её день и почему
      play a family's dated commands and show every duty, its day and why
  kurator regulations check [ФАЙЛ…]
      проверить файлы регламентов: ошибка называется файлом, строкой и предложением
      check regulation files: each fault is named by file, line and sentence
  kurator regulations schema
      JSON Schema файла регламента для редактора / the JSON Schema of a regulation's file, for editors
  kurator demo [logins | reset [--yes]]
      учебные учреждения и семьи, через работающий API; второй раз — только недостающее. logins: все входы;
      reset: начать заново (данные учебной папки удаляются)
      the demo's offices and families, through the running API; a second time only what is missing. logins: all of
      them; reset: begin anew (what is in the demo's data folder is removed)
  kurator records check|rebuild [ДЕЛО…]
      сверить дела с их записями или построить сроки и повестку из записей заново
      compare cases with their own facts, or write what follows from the facts anew
`;

/** Runs one command; resolves to the exit code. */
export const main = async (args: readonly string[]): Promise<number> => {
  const [word, ...rest] = args;
  if (word === 'simulate') return simulateCommand(rest);
  if (word === 'regulations') return regulationsCommand(rest);
  // Loaded only here: it opens the records, and the words above must start without them.
  if (word === 'demo') return (await import('./demo.ts')).demoCommand(rest);
  if (word === 'records') return (await import('./records.ts')).recordsCommand(rest);
  (word === undefined || word === '--help' || word === 'help' ? process.stdout : process.stderr).write(usage);
  return word === undefined || word === '--help' || word === 'help' ? 0 : 2;
};
