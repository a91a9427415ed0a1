import type { Tx } from '../database/scope.ts';

/**
 * Whether this case now has the institution's earliest notice, due while the dispatcher may still be asleep. With the
 * earliest one elsewhere, that case's transaction has poked the dispatcher itself.
 */
export async function hasSoonestNotice(tx: Tx, caseId: string, before: Date): Promise<boolean> {
  const rows = await tx.$queryRaw<{ sooner: boolean }[]>`
    SELECT coalesce(min(send_at) FILTER (WHERE case_id = ${caseId}::uuid) <=
      coalesce(min(send_at) FILTER (WHERE case_id <> ${caseId}::uuid), 'infinity'), false) AS sooner
    FROM notices WHERE state = 'queued' AND send_at < ${before} AND lease_until IS NULL`;
  return rows[0]?.sooner ?? false;
}
