import type { Tx } from '../database/scope.ts';

/**
 * A body that never became a fact is kept for a day, so that its sender can still be told why; then it is destroyed and
 * its row stays. A command that nobody took up for a day is abandoned. Runs in an institution's scope.
 * Returns how many bodies were destroyed.
 */
export async function destroyOldBodies(tx: Tx, now: Date): Promise<number> {
  const dayAgo = new Date(now.getTime() - 24 * 60 * 60 * 1000);
  await tx.$executeRaw`UPDATE commands SET state = 'abandoned', closed_at = ${now} WHERE state = 'pending' AND created_at < ${dayAgo}`;
  return tx.$executeRaw`
    UPDATE commands SET body = NULL WHERE body IS NOT NULL AND created_at < ${dayAgo}
      AND (state = 'abandoned' OR (state = 'refused' AND closed_at < ${dayAgo}))`;
}

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
