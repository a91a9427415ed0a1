import { z } from 'zod';
import { relations } from '../../domain/access/relation.ts';
import { roles } from '../../domain/access/role.ts';
import { Sentence } from './common.ts';

export const CommandField = z
  .object({
    name: z.string().describe('`measures[].what`: a field of each item'),
    required: z.boolean().describe('without it the command says nothing; a clause may demand others too'),
    type: z
      .string()
      .describe('`day`, `code`, `number of a document`, `words`, `integer`, `yes or no`, `list of codes` …'),
    values: z.array(z.string()).nullable().describe('the only values it takes'),
    sealed: z.boolean().describe('what a person typed: kept sealed, never part of the log'),
  })
  .meta({ id: 'CommandField' });

/** One command of the table of all commands. */
export const CommandTableRow = z
  .object({
    command: z.string(),
    fact: z.string().describe('the kind of the entry it makes'),
    title: Sentence.describe('that entry in words'),
    who: z
      .array(z.object({ role: z.enum(roles), relations: z.array(z.enum(relations)) }))
      .describe('who may give it, and in which relations to the case'),
    fields: z.array(CommandField).describe('beside `command`, `on` and `note`, which every command takes'),
  })
  .meta({ id: 'CommandTableRow' });
