import type { Database, Tx } from '../database/scope.ts';
import { listInstitutionIds } from './system-lookup.ts';

/**
 * A body that never became a fact is kept for a day, so that its sender can still be told why; then it is destroyed and
 * its row stays. What still waits is not touched: the watchdog performs it, or drops it with an answer. Goes through all
 * institutions; where another process is at it, there is nothing left to do.
 * @returns how many bodies were destroyed
 */
export async function destroyOldBodies(db: Database, now: Date): Promise<number> {
  let destroyed = 0;
  for (const institutionId of await listInstitutionIds(db)) {
    destroyed += await db.inScope({ institutionId }, async (tx) => {
      const [lock] = await tx.$queryRaw<{ taken: boolean }[]>`
        SELECT pg_try_advisory_xact_lock(hashtextextended(${`retention ${institutionId}`}, 0)) AS taken`;
      return lock?.taken ? destroyIn(tx, new Date(now.getTime() - dayMs)) : 0;
    });
  }
  return destroyed;
}

const dayMs = 24 * 60 * 60 * 1000;

const destroyIn = (tx: Tx, dayAgo: Date): Promise<number> =>
  tx.$executeRaw`
    UPDATE commands SET body = NULL WHERE body IS NOT NULL AND created_at < ${dayAgo}
      AND (state = 'abandoned' OR (state = 'refused' AND closed_at < ${dayAgo}))`;

/**
 * Destroys the key of a case: its texts, its family and its commands' bodies can never be read again, in backups
 * neither. The log stays, and its chain still verifies. Nothing more is awaited in such a case: it never wakes again,
 * and no mail of it leaves.
 */
export async function destroyCaseKey(tx: Tx, caseId: string, now: Date): Promise<void> {
  await tx.$executeRaw`UPDATE case_keys SET wrapped = NULL, destroyed_at = ${now} WHERE case_id = ${caseId}::uuid AND wrapped IS NOT NULL`;
  await tx.$executeRaw`UPDATE cases SET next_wake_at = NULL WHERE id = ${caseId}::uuid`;
  await tx.$executeRaw`UPDATE notices SET state = 'withdrawn' WHERE case_id = ${caseId}::uuid AND state = 'queued'`;
}
