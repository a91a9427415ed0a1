import type { Database, Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import { isLive } from '../records/live-cases.ts';
import { wantedReckoning } from './reckonings.ts';

/**
 * Of `cases`: what an other calendar or rule of counting may move. That is every live case, and one that is over but
 * still awaits something by a day. What is closed keeps what it had.
 */
const awaits = sql`(${isLive} OR next_due_on IS NOT NULL)`;

/** Live cases that were reckoned by anything else, the one whose day comes soonest first. @param except those that are left alone for now */
export async function listOutdatedCases(
  db: Database,
  reckoning: string,
  except: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM cases WHERE reckoning IS DISTINCT FROM ${reckoning} AND ${awaits} AND id <> ALL (${except}::uuid[])
      ORDER BY next_due_on NULLS LAST, id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

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

/** Institutions whose own duties' mails were planned by anything else. */
export async function listOutdatedInstitutions(
  db: Database,
  reckoning: string,
  except: readonly string[],
  limit: number,
): Promise<string[]> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM institutions WHERE reckoning IS DISTINCT FROM ${reckoning} AND id <> ALL (${except}::uuid[]) ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
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
