import { ask, send, type Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { CommandActor, CommandAnswer, CommandRow } from './contract.ts';
import { loadedCase, toLoadedCase, type LoadedCase, type RawCase } from './load-case.ts';
import { UnknownRow } from './system-lookup.ts';

/** A command's row, locked with its case until the transaction ends. */
export interface LockedCommand {
  id: string;
  caseId: string;
  actor: CommandActor;
  word: string;
  body: Uint8Array | null;
  state: CommandRow['state'];
  answer: CommandAnswer | null;
}

/**
 * A command with its case, in one round trip. Asked in the turn of the case, which the scope has taken: a statement sees
 * the records as they were when it began, so one that waits for the lock itself would read facts from before it.
 * @throws UnknownRow
 */
export async function getCommandAndCase(
  tx: Tx,
  { commandId, caseId: turnOf }: { commandId: string; caseId: string },
): Promise<{ command: LockedCommand; loaded: LoadedCase }> {
  const [row] = await ask<
    RawCase & Omit<LockedCommand, 'actor'> & { actorKind: CommandActor['kind']; actorId: string }
  >(
    tx,
    sql`
    SELECT m.id, m.case_id AS "caseId", m.actor_kind AS "actorKind", m.actor_id AS "actorId", m.word, m.body, m.state, m.answer, ${loadedCase}
    FROM commands m JOIN case_keys k ON k.case_id = m.case_id WHERE m.id = ${commandId}::uuid AND m.case_id = ${turnOf}::uuid FOR NO KEY UPDATE OF m`,
  );
  // Of another case it would be judged outside that case's turn.
  if (row === undefined) throw new UnknownRow(`no command ${commandId} of case ${turnOf} in this institution`);
  const { id, caseId, actorKind, actorId, word, body, state, answer, ...raw } = row;
  const command = { id, caseId, actor: { kind: actorKind, id: actorId }, word, body, state, answer };
  return { command, loaded: toLoadedCase(caseId, raw) };
}

/**
 * The load of curators is counted over all cases of the institution: two assignments at once must not both see room
 * for one more. Taken after the case's own lock, and nobody who holds it waits for a case: no circle can close.
 */
export async function lockCuratorLoad(tx: Tx, institutionId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`curators ${institutionId}`}, 0))`;
}

/** Words after which a curator may have more families, or more of a level, than before. */
export const wordsOfLoad: ReadonlySet<string> = new Set([
  'assignCurator',
  'setLevel',
  'changeLevel',
  'adoptCase',
  'correctEntry',
  'annulEntry',
]);

/** Closes a command's row with its answer. */
export function closeCommand(tx: Tx, commandId: string, answer: CommandAnswer, closedAt: Date): void {
  send(
    tx,
    sql`
    UPDATE commands SET state = ${answer.accepted ? 'applied' : 'refused'}, answer = ${JSON.stringify(answer)}::jsonb, closed_at = ${closedAt} WHERE id = ${commandId}::uuid`,
  );
}

/** The next number of a year, `2026-0014`. The counter's row stays locked to the transaction's end: a rollback leaves no gap. */
export async function takeCaseNumber(tx: Tx, institutionId: string, year: string): Promise<string> {
  const rows = await tx.$queryRaw<{ last: number }[]>`
    INSERT INTO case_numbers AS n (institution_id, year, last) VALUES (${institutionId}::uuid, ${Number(year)}, 1)
    ON CONFLICT (institution_id, year) DO UPDATE SET last = n.last + 1 RETURNING last`;
  return `${year}-${String(rows[0]?.last ?? 0).padStart(4, '0')}`;
}
