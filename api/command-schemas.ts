import { z } from 'zod';
import { commandSchemas } from '../domain/commands/catalog.ts';
import { givenInCase } from './elsewhere.ts';
import { scenarioOnly } from './scenario-only.ts';

const nameOf = (word: string): string => `${word.charAt(0).toUpperCase()}${word.slice(1)}Command`;

/**
 * JSON Schemas of the commands that a case takes, by their component's name, from the one table of all commands.
 * Requests are checked against that table by `parseCommand`, which names each fault in a sentence; this is for readers
 * and generators.
 */
export function commandComponents(): Record<string, unknown> {
  return Object.fromEntries(
    givenInCase.map((word) => {
      const { $schema: _, ...schema } = z.toJSONSchema(commandSchemas[word], { io: 'input', unrepresentable: 'any' });
      for (const name of scenarioOnly) delete schema.properties?.[name];
      return [nameOf(word), schema];
    }),
  );
}
