import type { Page } from './contract.ts';

/** Thrown for a cursor that this program did not make. */
export class BadCursor extends Error {
  override readonly name = 'BadCursor';
}

/** The sort key of the last row of a page, opaque to clients. */
export function readCursor(cursor: string | null | undefined): (string | number)[] | null {
  if (cursor === null || cursor === undefined) return null;
  try {
    const value: unknown = JSON.parse(Buffer.from(cursor, 'base64url').toString('utf8'));
    if (Array.isArray(value) && value.every((part) => typeof part === 'string' || typeof part === 'number'))
      return value;
  } catch {
    // Falls through: the same fault as a cursor of another shape.
  }
  throw new BadCursor('the cursor is not one that a list has given');
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
