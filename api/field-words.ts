import { z } from 'zod';
import { wordPatterns } from '../domain/commands/typed-text.ts';
import { codeOrWords, finding, moment, number, place, textOrMark, type Field } from '../domain/commands/fields.ts';

type Json = z.core.JSONSchema.BaseSchema;

/** Kinds of fields whose JSON Schema says less than people know. */
const known = new Map([
  [number.schema, 'number of a document'],
  [moment.schema, 'day, day with an hour, or hour'],
  [textOrMark.schema, 'words, or `true` for "it is there"'],
  [codeOrWords.schema, 'code or words'],
  [finding.schema, 'code or words'],
  [place.schema, 'code or words'],
]);

/** What a field takes, in a word or two, and its values where they are a closed list. */
export function describeField({ schema }: Field): { type: string; values: string[] | null } {
  const ways = filled(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  const values = ways.flatMap(({ enum: listed }) => (listed ?? []).map(String));
  return {
    type: known.get(schema) ?? [...new Set(ways.map(wordOf))].join(' or '),
    values: values.length > 0 ? values : null,
  };
}

/** The ways to fill a field in, `null` left out. */
const filled = (schema: Json): Json[] =>
  (schema.anyOf ? schema.anyOf.flatMap(filled) : [schema]).filter(({ type }) => type !== 'null');

function wordOf({ enum: values, format, type, items, properties, pattern }: Json): string {
  if (values) return 'one of';
  if (format === 'date') return 'day';
  const named = Array.isArray(type) ? (type as string[]).find((one) => one !== 'null') : type;
  switch (named) {
    case 'array':
      return `list of ${plurals[wordOf(items as Json)] ?? 'items'}`;
    case 'object':
      return `{ ${Object.keys(properties ?? {}).join(', ')} }`;
    case 'boolean':
      return 'yes or no';
    case 'string':
      return pattern === undefined || wordPatterns.includes(pattern) ? 'words' : 'code';
    default:
      return named ?? 'value';
  }
}

const plurals: Readonly<Record<string, string>> = { day: 'days', code: 'codes', words: 'words' };
