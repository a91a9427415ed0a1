import { isDay } from '../../domain/calendar/civil.ts';
import type { Page } from './contract.ts';

/** Thrown for a cursor that this program did not make. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** What stands at each place of a list's sort key; `day` is also `infinity`, the place of what has no day. */
export type KeyPart = 'day' | 'instant' | 'number' | 'text';

const fits: Readonly<Record<KeyPart, (part: unknown) => boolean>> = {
  day: (part) => typeof part === 'string' && (part === 'infinity' || isDay(part)),
  instant: (part) =>
    typeof part === 'string' && /^\d{4}-\d{2}-\d{2}T[\d:.]{8,12}Z$/.test(part) && !isNaN(Date.parse(part)),
  number: (part) => typeof part === 'number' && Number.isInteger(part) && part >= 0 && part < 2 ** 31,
  // PostgreSQL has no place for the null character in a text.
  text: (part) => typeof part === 'string' && part.length <= 300 && !part.includes('\0'),
};

/**
 * The sort key of the last row of a page, opaque to clients.
 * @throws BadCursor unless it is one of this list: a cursor comes from outside, and goes into a query.
 */
export function readCursor(cursor: string | null | undefined, shape: readonly KeyPart[]): (string | number)[] | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.length === shape.length && shape.every((part, at) => fits[part](value[at])))
      return value as (string | number)[];
  } catch {
    // Falls through: the same fault as a cursor of another shape.
  }
  throw new BadCursor('the cursor is not one that this list has given');
}

/** Cuts a result of `limit + 1` rows to a page. */
export function pageOf<Row, Item>(
  rows: Row[],
  limit: number,
  sortKey: (row: Row) => (string | number)[],
  item: (row: Row) => Item,
): Page<Item> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(JSON.stringify(sortKey(last))).toString('base64url') : null;
  return { items: shown.map(item), nextCursor };
}
