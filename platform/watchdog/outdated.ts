import type { Database, Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import { isLive } from '../records/live-cases.ts';
import { wantedReckoning } from './reckonings.ts';

/**
 * Of `cases`: what an other calendar or rule of counting may move. That is every live case, and one that is over but
 * still awaits something by a day. What is closed keeps what it had.
 */
const awaits = sql`(${isLive} OR next_due_on IS NOT NULL)`;

type Sql = ReturnType<typeof sql>;

/** What is asked to follow now. */
export interface Wanted {
  reckoning: string;
  /** Those that are left alone for now. */
  except: readonly string[];
  limit: number;
}

const listOutdated = async (db: Database, rows: Sql, order: Sql, wanted: Wanted): Promise<string[]> => {
  const found = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM ${rows} AND reckoning IS DISTINCT FROM ${wanted.reckoning} AND id <> ALL (${wanted.except}::uuid[])
      ORDER BY ${order} LIMIT ${wanted.limit}`,
  );
  return found.map(({ id }) => id);
};

/** Live cases that were reckoned by anything else, the one whose day comes soonest first. */
export const listOutdatedCases = (db: Database, wanted: Wanted): Promise<string[]> =>
  listOutdated(db, sql`cases WHERE ${awaits}`, sql`next_due_on NULLS LAST, id`, wanted);

/** Institutions whose own duties' mails were planned by anything else. */
export const listOutdatedInstitutions = (db: Database, wanted: Wanted): Promise<string[]> =>
  listOutdated(db, sql`institutions WHERE true`, sql`id`, wanted);

/** How many of these cases are not brought to it yet. */
export async function countStillOutdated(db: Database, reckoning: string, ids: readonly string[]): Promise<number> {
  if (ids.length === 0) return 0;
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ count: bigint }[]>`
      SELECT count(*) FROM cases WHERE id = ANY (${ids}::uuid[]) AND reckoning IS DISTINCT FROM ${reckoning}`,
  );
  return Number(rows[0]?.count ?? 0);
}

/**
 * How many cases that the reader may see are not yet brought to what the newest living process counts by: by the system
 * role of all institutions, by the app role of its own.
 */
export async function countOutdatedCases(tx: Tx): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    WITH wanted AS (${wantedReckoning})
    SELECT count(*) FROM cases, wanted WHERE reckoning IS DISTINCT FROM wanted.id AND ${awaits}`;
  return Number(rows[0]?.count ?? 0);
}
