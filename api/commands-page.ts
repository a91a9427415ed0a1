import { writeFile } from 'node:fs/promises';
import { commandsPage } from './commands-page-text.ts';

/** Writes the table of all commands: `npm run commands-page`, after a change of the commands or of who may give them. */
const [file] = process.argv.slice(2);
if (file) await writeFile(file, commandsPage());
else process.stdout.write(commandsPage());
