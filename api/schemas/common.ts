import { z } from 'zod';
import { isDay } from '../../domain/calendar/civil.ts';

/** A civil day, `YYYY-MM-DD`. */
export const Day = z.iso.date().refine(isDay, 'This day does not exist. / Такого дня нет.');

/** An instant, ISO 8601 in UTC. */
export const Instant = z.iso.datetime();

/** One sentence in the two languages of the product. */
export const Sentence = z.object({ ru: z.string(), en: z.string() }).meta({ id: 'Sentence' });

/** Who is awaited: a role of the institution, a collegial body, or an agency by its code. */
export const Awaited = z.object({ kind: z.enum(['role', 'body', 'agency']), code: z.string() }).meta({ id: 'Awaited' });

/** A member of staff as others see him: nobody's address is needed to show a name. */
export const PersonRef = z.object({ id: z.uuid(), name: z.string() }).meta({ id: 'PersonRef' });

/** An answer that lists: `nextCursor` asks for the next page, `null` at the end. */
export const listOf = <Item extends z.ZodType>(item: Item) =>
  z.object({ items: z.array(item), nextCursor: z.string().nullable() });

/** The query of every list. */
export const Page = z.object({
  cursor: z.string().max(500).optional().describe('`nextCursor` of the page before'),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** A flag in a query: `?late=true`. */
export const Flag = z.enum(['true', 'false']).transform((value) => value === 'true');

/** Values of which any will do: `?state=open&state=overdue`, or one alone. */
export const anyOf = <Value extends z.ZodEnum>(value: Value) =>
  z.preprocess(
    (given) => (given === undefined || Array.isArray(given) ? given : [given]),
    z.array(value).min(1).max(value.options.length).optional(),
  );

/** A code in a query, as commands take it: nothing else can be found by one. */
export const Code = z.string().regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/);

/** A regulation in a query: all its versions, or one. */
export const RegulationFilter = z
  .string()
  .regex(/^[a-z0-9-]{1,40}(@\d{1,6})?$/)
  .describe('`id`, or `id@version`');

/** Whose cases: a curator, or `none` for those nobody is assigned to. */
export const CuratorFilter = z
  .union([z.uuid(), z.literal('none')])
  .describe('a curator, or `none`: nobody is assigned');

export const CaseParams = z.object({ id: z.uuid() });
