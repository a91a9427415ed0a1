import type { z } from 'zod';
import { relationsAllowing } from '../domain/access/may-do.ts';
import { roles } from '../domain/access/role.ts';
import { factTitle } from '../domain/case/fact-titles.ts';
import { commandCatalog, commandWords } from '../domain/commands/catalog.ts';
import type { Fields } from '../domain/commands/fields.ts';
import { describeField } from './field-words.ts';
import { scenarioOnly } from './scenario-only.ts';
import type { CommandField, CommandTableRow } from './schemas/command-table.ts';

type Row = z.output<typeof CommandTableRow>;
type FieldRow = z.output<typeof CommandField>;

/** Every command with its fields, their values and who may give it: made of the schemas that requests are read by. */
export const commandTable = (): Row[] =>
  commandWords.map((command) => {
    const { fact, fields } = commandCatalog[command];
    const who = roles
      .map((role) => ({ role, relations: [...relationsAllowing(role, command)] }))
      .filter(({ relations }) => relations.length > 0);
    return { command, fact, title: factTitle(fact), who, fields: [...rowsOf(fields, ''), ...(nested[command] ?? [])] };
  });

const rowsOf = (fields: Fields, path: string): FieldRow[] =>
  Object.entries(fields)
    .filter(([name]) => !scenarioOnly.includes(name))
    .flatMap(([name, field]) => [
      {
        name: `${path}${name}`,
        required: field.needed === true,
        ...describeField(field),
        sealed: field.stores === 'text',
      },
      ...(field.items ? rowsOf(field.items, `${path}${name}[].`) : []),
    ]);

const holding = (name: string, type: string, required: boolean): FieldRow[] => [
  { name, required, type, values: null, sealed: false },
];

/** Fields that hold other commands stand in no table of fields. */
const nested: Readonly<Record<string, FieldRow[]>> = {
  correctEntry: holding('replacement', 'a command of this table', true),
  adoptCase: holding('facts', 'list of commands of this table', false),
};
