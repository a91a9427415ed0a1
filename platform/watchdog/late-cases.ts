import { dispatcherSleepMs } from '../../workflows/messages.ts';
import type { Database } from '../database/scope.ts';
import { isLive } from '../records/live-cases.ts';

/**
 * Its dispatcher looks at an institution's own duties at least hourly, and says so; so long after it nobody has looked.
 * Nothing else would show that no mail of them is made ready.
 */
const plannedWithin = `${dispatcherSleepMs / 1000} seconds`;

/** Cases whose wake passed before this instant, the longest overdue first. One that has ended may still have a wake. */
export async function listLateCases(db: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM cases WHERE next_wake_at <= ${before} ORDER BY next_wake_at LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/**
 * How many wakes of all institutions are missed since before this instant: of cases, and of institutions whose own
 * duties nobody has looked at though somebody should have. `/ready` says it.
 */
export async function countOverdueWakes(db: Database, before: Date): Promise<number> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ count: bigint }[]>`
      SELECT (SELECT count(*) FROM cases WHERE next_wake_at <= ${before})
        + (SELECT count(*) FROM institutions WHERE planned_at + ${plannedWithin}::interval <= ${before}) AS count`,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Live cases after this id, in order: all of them, page by page. */
export async function listLiveCases(db: Database, after: string | null, limit: number): Promise<string[]> {
  const from = after ?? '00000000-0000-0000-0000-000000000000';
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM cases WHERE ${isLive} AND id > ${from}::uuid ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

export async function countLiveCases(db: Database): Promise<number> {
  const rows = await db.inSystemScope(
    (tx) => tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM cases WHERE ${isLive}`,
  );
  return Number(rows[0]?.count ?? 0);
}

/**
 * Every institution, and whether its dispatcher is late: with a notice that should have gone out before this instant, or
 * with its own duties, which should have been looked at.
 */
export async function listInstitutions(db: Database, before: Date): Promise<{ id: string; late: boolean }[]> {
  return db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string; late: boolean }[]>`
      SELECT i.id, i.planned_at + ${plannedWithin}::interval <= ${before} OR EXISTS (
        SELECT 1 FROM notices n WHERE n.institution_id = i.id AND n.send_at <= ${before}
          AND (n.state = 'queued' OR n.state = 'sending') AND (n.lease_until IS NULL OR n.lease_until <= ${before})) AS late
      FROM institutions i ORDER BY i.id`,
  );
}
