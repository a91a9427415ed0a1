import type { Tx } from '../database/scope.ts';

/**
 * How many mails should have gone out before this instant and have not: the mail server is away, or puts them off, or
 * nobody sends. By the system role of all institutions, by the app role of its own.
 */
export async function countWaitingMails(tx: Tx, before: Date): Promise<number> {
  const rows = await tx.$queryRaw<{ count: bigint }[]>`
    SELECT count(*) FROM notices WHERE state IN ('queued', 'sending') AND send_at <= ${before}`;
  return Number(rows[0]?.count ?? 0);
}
