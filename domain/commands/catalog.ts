/** What the edges use: the words, the wire shapes, and the reading of a command. The table itself is `table.ts`. */
export { commandWords, systemWords } from './command.ts';
export type { Command, Parsed } from './command.ts';
export { commandCatalog, commandSchemas } from './table.ts';
export { parseCommand } from './parse-command.ts';
