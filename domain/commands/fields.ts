import { z } from 'zod';
import { isDay } from '../calendar/civil.ts';
import { typed } from './typed-text.ts';

/**
 * Where the value of a field goes: `data` enters the hash chain and may hold ids, codes, days and counts only;
 * `text` is what a person typed and is kept apart, sealed; `simulation` is no fact at all.
 */
export type Stores = 'data' | 'text' | 'simulation';

export interface Field {
  stores: Stores;
  schema: z.ZodType;
  /** Without it the command says nothing: no invalid input, but refused unless a clause refuses it first. */
  needed?: true;
  /** Fields of each item, when the value is a list of objects. */
  items?: Fields;
}
export type Fields = Readonly<Record<string, Field>>;

const data = (schema: z.ZodType): Field => ({ stores: 'data', schema });

/** An id or a code: Latin letters, so that nobody's name gets into the chain. */
const codeSchema = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/, 'code');

/** A day that exists. */
export const daySchema = z
  .string()
  .refine(isDay, 'day')
  .meta({ format: 'date', description: 'A civil day, YYYY-MM-DD' });

/** The number of a document: it has a digit, or is «б/н» (without a number), so it is not a name. */
const numberSchema = z.union([z.string(), z.number().int().transform(String)]).pipe(
  z
    .string()
    .trim()
    .regex(/^(?=.*\d)[\p{L}\p{N} ./№-]{1,32}$|^б\/н$/u, 'number'),
);

const isHour = (value: string): boolean => /^([01]\d|2[0-3]):[0-5]\d$/.test(value);

export const code = data(codeSchema.nullish());
const needed = (field: Field): Field => ({ ...field, needed: true });

export const neededCode = needed(code);
/** Each of them can make a duty, reckoned again with every command of the case: no list of a real plan is longer. */
const mostItems = 200;

export const codes = data(z.array(codeSchema).max(mostItems).nullish());
export const oneOf = (...values: [string, ...string[]]): Field => data(z.enum(values).nullish());
export const neededOneOf = (...values: [string, ...string[]]): Field => needed(oneOf(...values));
export const day = data(daySchema.nullish());
export const number = data(numberSchema.nullish());
export const neededCount = needed(data(z.number().int().positive().nullish()));
export const flag = data(z.boolean().nullish());
/** A day, a day with an hour, or an hour of the command's day: `2026-05-09`, `2026-05-09T21:40`, `21:40`. */
export const moment = data(
  z
    .string()
    .refine(
      (value) =>
        isHour(value) ||
        (isDay(value.slice(0, 10)) &&
          (value.length === 10 || (/[T ]/.test(value.charAt(10)) && isHour(value.slice(11))))),
      'moment',
    )
    .nullish(),
);
export const period = data(
  z
    .strictObject({ from: daySchema.nullish(), to: daySchema.nullish() })
    .refine(({ from, to }) => !from || !to || from <= to, 'period')
    .nullish(),
);
export const days = data(z.array(daySchema).max(mostItems).nullish());

const words = typed(z.string().max(4000), 'text', 'typed');

/** What a person typed. */
export const text: Field = { stores: 'text', schema: words.nullish() };

export const neededText = needed(text);

/** What a person typed, or only the mark that it is there. */
export const textOrMark: Field = {
  stores: 'text',
  schema: z.union([words, z.boolean(), z.array(words)]).nullish(),
};

/** A place that the rules know by code, or any other in words. */
export const place: Field = { stores: 'text', schema: words.nullish() };

/** A code that rules may ask, or words that they pass over. */
export const codeOrWords: Field = { stores: 'text', schema: words.nullish() };

/** What was found: a code that rules ask (`sop`), or words. A code begins with a small letter, a name with a capital one. */
export const finding: Field = { stores: 'text', schema: words.nullish() };

const knownPlaces: readonly string[] = ['institution', 'home'];

/** Whether the value of a field in words is one of the codes that the rules know. */
export const isKnownCode = (field: Field, value: unknown): boolean =>
  (field === place && knownPlaces.includes(value as string)) ||
  (field === finding && /^[a-z][A-Za-z0-9]{0,40}$/.test(String(value))) ||
  (field === codeOrWords && /^[A-Za-z0-9][A-Za-z0-9_.:@/#-]{0,127}$/.test(String(value)));

/** Whether the data of a fact can have the value in this field; words are sealed, so a rule can ask their codes alone. */
export const canBeAsked = (field: Field, value: unknown): boolean =>
  field.stores === 'data' ? field.schema.safeParse(value).success : value === null || isKnownCode(field, value);

export const list = (items: Fields): Field => ({
  stores: 'data',
  items,
  schema: z
    .array(z.strictObject(Object.fromEntries(Object.entries(items).map(([name, field]) => [name, field.schema]))))
    .max(mostItems)
    .nullish(),
});
