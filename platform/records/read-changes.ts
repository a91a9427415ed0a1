import type { Instant } from '../../domain/calendar/day.ts';
import type { Tx } from '../database/scope.ts';
import type { CaseVisibility } from './contract.ts';
import { visibleCases } from './visibility.ts';

/** That a case, or the institution's own log, is no longer as it was: ids, numbers and kinds, never what stands in it. */
export interface Change {
  /** `null`: the institution's own log. */
  caseId: string | null;
  /** Number of its last entry. */
  seq: number;
  /** The kind of that entry; the same as before where the calendar alone has changed something. */
  kind: string | null;
  /** When its transaction began, by the clock of the records. */
  at: Instant;
}

/** More than these are not told one by one. */
export const mostChanges = 500;

/**
 * As long as a transaction lasts at most, and a little more: it is dated by its beginning and seen at its end, so what
 * is asked since a moment must reach back as far as this.
 */
const overlap = '12 seconds';

/**
 * Cases changed since a moment and up to 12 s before it, the oldest change first; at most `mostChanges` and one.
 * @param own whether a change of the institution's own log is among what the viewer may see
 */
export async function listChanges(tx: Tx, seen: CaseVisibility, since: Instant, own: boolean): Promise<Change[]> {
  const rows = await tx.$queryRaw<(Omit<Change, 'at'> & { at: Date })[]>`
    SELECT c.id AS "caseId", c.seq, c.updated_at AS at,
      (SELECT e.kind FROM events e WHERE e.case_id = c.id AND e.seq = c.seq) AS kind
    FROM cases c
    WHERE c.updated_at > ${since}::timestamptz - ${overlap}::interval AND ${visibleCases(seen)}
    UNION ALL SELECT NULL, i.log_seq, i.log_changed_at, (SELECT e.kind FROM events e WHERE e.case_id = i.id AND e.seq = i.log_seq)
    FROM institutions i WHERE ${own} AND i.log_changed_at > ${since}::timestamptz - ${overlap}::interval
    ORDER BY at, "caseId" LIMIT ${mostChanges + 1}`;
  return rows.map((row) => ({ ...row, at: row.at.toISOString() }));
}

/** Those of the cases that the viewer may see. */
export async function findVisible(tx: Tx, seen: CaseVisibility, ids: readonly string[]): Promise<ReadonlySet<string>> {
  const rows = await tx.$queryRaw<{ id: string }[]>`
    SELECT c.id FROM cases c WHERE c.id = ANY (${[...ids]}::uuid[]) AND ${visibleCases(seen)}`;
  return new Set(rows.map(({ id }) => id));
}

/** Now, by the clock of the records. */
export async function readClock(tx: Tx): Promise<Instant> {
  const [row] = await tx.$queryRaw<{ now: Date }[]>`SELECT now()::timestamptz(3) AS now`;
  if (!row) throw new Error('the records did not tell the time');
  return row.now.toISOString();
}
