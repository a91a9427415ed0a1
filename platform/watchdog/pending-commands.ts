import type { Database } from '../database/scope.ts';
import { refuse } from '../records/refusals.ts';

/** A command whose row was written and whose transaction has not come. */
export interface PendingCommand {
  commandId: string;
  caseId: string;
  institutionId: string;
}

/** Commands that wait since before this instant, the oldest first. */
export async function listPendingCommands(db: Database, before: Date, limit: number): Promise<PendingCommand[]> {
  return db.inSystemScope(
    (tx) =>
      tx.$queryRaw<PendingCommand[]>`
      SELECT id AS "commandId", case_id AS "caseId", institution_id AS "institutionId" FROM commands
      WHERE state = 'pending' AND created_at <= ${before} ORDER BY created_at LIMIT ${limit}`,
  );
}

/** How many commands of all institutions wait since before this instant: `/ready` says it. */
export async function countPendingCommands(db: Database, before: Date): Promise<number> {
  return db.inSystemScope((tx) => tx.command.count({ where: { state: 'pending', createdAt: { lte: before } } }));
}

/** What nobody took up for a day is dropped: its sender has gone on by then, and its body is about to be destroyed. */
const hopelessAfterMs = 24 * 60 * 60 * 1000;

/**
 * Closes those of the commands that can never be done any more: older than a day, or of a case whose key is destroyed.
 * Their senders are told `command.abandoned`. The row's lock decides between this and a transaction under way.
 * @returns the ids of the closed ones
 */
export async function abandonHopeless(db: Database, commands: readonly PendingCommand[], now: Date): Promise<string[]> {
  const refusal = JSON.stringify(refuse('command.abandoned'));
  const dayAgo = new Date(now.getTime() - hopelessAfterMs);
  const abandoned: string[] = [];
  for (const institutionId of new Set(commands.map((command) => command.institutionId))) {
    const own = commands.filter((command) => command.institutionId === institutionId);
    const ids = own.map(({ commandId }) => commandId);
    const rows = await db.inScope(
      { institutionId },
      (tx) =>
        tx.$queryRaw<{ id: string }[]>`
        UPDATE commands m SET state = 'abandoned', closed_at = ${now}, answer = jsonb_build_object('accepted', false, 'seq', coalesce(x.seq, 0),
          'stage', x.stage, 'level', x.level, 'nextDueOn', x.next_due_on, 'result', NULL, 'refusal', ${refusal}::jsonb)
        FROM (SELECT o.id, k.wrapped IS NULL AS destroyed, c.seq, c.stage, c.level, c.next_due_on
          FROM commands o JOIN case_keys k ON k.case_id = o.case_id LEFT JOIN cases c ON c.id = o.case_id WHERE o.id = ANY (${ids}::uuid[])) x
        WHERE m.id = x.id AND m.state = 'pending' AND (m.created_at <= ${dayAgo} OR x.destroyed) RETURNING m.id`,
    );
    abandoned.push(...rows.map(({ id }) => id));
  }
  return abandoned;
}
