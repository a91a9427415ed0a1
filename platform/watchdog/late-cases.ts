import type { Database } from '../database/scope.ts';

/** Open cases whose wake passed before this instant, the longest overdue first. */
export async function listLateCases(db: Database, before: Date, limit: number): Promise<string[]> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM cases WHERE status = 'open' AND next_wake_at <= ${before} ORDER BY next_wake_at LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

/** How many open cases of all institutions have missed their wake since before this instant: `/ready` says it. */
export async function countLateCases(db: Database, before: Date): Promise<number> {
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM cases WHERE status = 'open' AND next_wake_at <= ${before}`,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Open cases after this id, in order: all of them, page by page. */
export async function listOpenCases(db: Database, after: string | null, limit: number): Promise<string[]> {
  const from = after ?? '00000000-0000-0000-0000-000000000000';
  const rows = await db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string }[]>`
      SELECT id FROM cases WHERE status = 'open' AND id > ${from}::uuid ORDER BY id LIMIT ${limit}`,
  );
  return rows.map(({ id }) => id);
}

export async function countOpenCases(db: Database): Promise<number> {
  const rows = await db.inSystemScope(
    (tx) => tx.$queryRaw<{ count: bigint }[]>`SELECT count(*) FROM cases WHERE status = 'open'`,
  );
  return Number(rows[0]?.count ?? 0);
}

/** Every institution, and whether it has a notice that should have gone out before this instant. */
export async function listInstitutions(db: Database, before: Date): Promise<{ id: string; late: boolean }[]> {
  return db.inSystemScope(
    (tx) =>
      tx.$queryRaw<{ id: string; late: boolean }[]>`
      SELECT i.id, EXISTS (
        SELECT 1 FROM notices n WHERE n.institution_id = i.id AND n.send_at <= ${before}
          AND (n.state = 'queued' OR n.state = 'sending') AND (n.lease_until IS NULL OR n.lease_until <= ${before})) AS late
      FROM institutions i ORDER BY i.id`,
  );
}
