import type { Tx } from '../database/scope.ts';

/** How long a claim holds without a sign of life. After a kill nobody else touches the rows for longer than this. */
export const leaseMs = 5_000;

/** A notice that this process may send until its lease runs out. */
export interface ClaimedNotice {
  id: string;
  institutionId: string;
  /** `null`: about a duty of the institution itself. */
  caseId: string | null;
  key: string;
  dutyKey: string | null;
  step: string;
  dueOn: string | null;
  audience: string;
  template: string;
  vars: unknown;
  messageId: string;
  caseDay: string | null;
  attempts: number;
  sendAt: Date;
  curatorId: string | null;
  /** The organisation that is awaited, where it is one. */
  agencyName: string | null;
}

/**
 * Claims due notices, the oldest first. A claim is a lease on a row that stays `queued`: only an attempt makes it
 * `sending`, so a crash between the two loses nothing and repeats nothing. A row already leased, or waiting after a
 * refusal for now, is passed over.
 */
export async function claimDue(tx: Tx, { now, limit }: { now: Date; limit: number }): Promise<ClaimedNotice[]> {
  const lease = new Date(now.getTime() + leaseMs);
  const rows = await tx.$queryRaw<ClaimedNotice[]>`
    WITH due AS (
      SELECT id FROM notices
      WHERE state = 'queued' AND send_at <= ${now} AND (lease_until IS NULL OR lease_until <= ${now})
      ORDER BY send_at, not_before, key LIMIT ${limit} FOR UPDATE SKIP LOCKED
    ), claimed AS (
      UPDATE notices n SET lease_until = ${lease} FROM due WHERE n.id = due.id
      RETURNING n.*
    )
    SELECT n.id, n.institution_id AS "institutionId", n.case_id AS "caseId", n.key, n.duty_key AS "dutyKey", n.step, to_char(n.due_on, 'YYYY-MM-DD') AS "dueOn", n.audience, n.template, n.vars,
      n.message_id AS "messageId", to_char(n.case_day, 'YYYY-MM-DD') AS "caseDay", n.attempts, n.send_at AS "sendAt", c.curator_id AS "curatorId", a.name AS "agencyName"
    FROM claimed n LEFT JOIN cases c ON c.id = n.case_id
    LEFT JOIN duties d ON d.case_id = n.case_id AND d.key = n.duty_key AND d.awaited_kind = 'agency'
    LEFT JOIN agencies a ON a.institution_id = n.institution_id AND a.code = d.awaited_code
    ORDER BY n.send_at, n.not_before, n.key`;
  return rows;
}

/**
 * Keeps the claims of a batch alive. A row that a turn or its case's transaction holds at this moment is passed over,
 * here and below: two statements over many rows in different orders would block each other for good.
 */
export async function renewLease(tx: Tx, ids: string[], now: Date): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET lease_until = ${new Date(now.getTime() + leaseMs)} WHERE id IN (
      SELECT id FROM notices WHERE id = ANY (${ids}::uuid[]) AND state IN ('queued', 'sending') FOR UPDATE SKIP LOCKED)`;
}

/** Gives back what was claimed and not tried; what is passed over is free when its lease runs out. */
export async function releaseLease(tx: Tx, ids: string[]): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET lease_until = NULL WHERE id IN (
      SELECT id FROM notices WHERE id = ANY (${ids}::uuid[]) AND state = 'queued' FOR UPDATE SKIP LOCKED)`;
}

/**
 * The attempts are on record before the first byte goes to the mail server.
 * @param mails by the notice's id
 * @returns the ids that may go: without those withdrawn, or taken over, in the meantime
 */
export async function beginAttempts(
  tx: Tx,
  mails: ReadonlyMap<string, { to: string[] }>,
  now: Date,
): Promise<Set<string>> {
  if (mails.size === 0) return new Set();
  const rows = await tx.$queryRaw<{ id: string }[]>`
    UPDATE notices n SET state = 'sending', attempts = attempts + 1, recipient = m.recipient, lease_until = ${new Date(now.getTime() + leaseMs)}
    FROM unnest(${[...mails.keys()]}::uuid[], ${[...mails.values()].map(({ to }) => to.join(', '))}::text[]) AS m (id, recipient)
    WHERE n.id = m.id AND n.state = 'queued' RETURNING n.id`;
  return new Set(rows.map(({ id }) => id));
}

/** The moment at which the dispatcher must look again: the earliest notice, lease or pause. `null`: nothing is queued. */
export async function findNextAt(tx: Tx): Promise<Date | null> {
  const rows = await tx.$queryRaw<{ at: Date | null }[]>`
    SELECT min(greatest(send_at, coalesce(lease_until, send_at))) AS at FROM notices WHERE state IN ('queued', 'sending')`;
  return rows[0]?.at ?? null;
}

/** Where a notice belongs, by which its mails are threaded and its Message-ID is made: its case, else its institution. */
export const placeOf = ({ caseId, institutionId }: Pick<ClaimedNotice, 'caseId' | 'institutionId'>): string =>
  caseId ?? institutionId;
