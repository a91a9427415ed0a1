import { randomUUID } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import type { Delivery } from '../mail/mailer.ts';
import { messageIdOf } from '../mail/message-id.ts';
import { placeOf } from './claim-due.ts';
import type { ClaimedNotice } from './claim-due.ts';

const minute = 60_000;
/** RFC 5321 4.5.4.1 asks for at least 4–5 days for mail; a notice of a term is worth a call after one. */
const giveUpAfterMs = 24 * 60 * minute;

/**
 * Whether a notice may arrive twice. A term's own day, its passing and its escalation go out again after a cut, with
 * the same Message-ID; a reminder is a courtesy with others after it: it is not repeated, and is shown as uncertain.
 */
const isCourtesy = (step: string): boolean => step.startsWith('remind');

/** How an attempt ended. */
export interface EndedAttempt {
  notice: ClaimedNotice;
  delivery: Delivery;
  /** Its number, by which a row that another process has taken over meanwhile is told from ours. */
  attempt: number;
}

interface Outcome {
  id: string;
  attempt: number;
  state: 'accepted' | 'ambiguous' | 'queued' | 'bounced';
  answer: string;
  acceptedAt: Date | null;
  /** Until then nobody tries again. */
  leaseUntil: Date | null;
  /** Somebody whom it concerns surely has not got it, or nobody will ever know: another is told. */
  isUndelivered: boolean;
}

/** Writes down how attempts ended, and what follows from it. */
export async function recordOutcomes(
  tx: Tx,
  keyring: Keyring,
  ended: readonly EndedAttempt[],
  now: Date,
): Promise<void> {
  if (ended.length === 0) return;
  const outcomes = ended.map((one) => outcomeOf(one, now));
  // What a server has accepted is accepted, whoever holds the row by now.
  const written = await tx.$queryRaw<{ id: string }[]>`
    UPDATE notices n SET state = o.state, smtp_answer = o.answer, accepted_at = coalesce(o."acceptedAt", n.accepted_at), lease_until = o."leaseUntil"
    FROM jsonb_to_recordset(${JSON.stringify(outcomes)}::jsonb)
      AS o (id uuid, attempt int, state text, answer text, "acceptedAt" timestamptz, "leaseUntil" timestamptz)
    WHERE n.id = o.id AND (o.state = 'accepted' OR (n.attempts = o.attempt AND n.state IN ('queued', 'sending'))) RETURNING n.id`;
  const ours = new Set(written.map(({ id }) => id));
  const undelivered = new Set(
    outcomes.filter(({ isUndelivered, id }) => isUndelivered && ours.has(id)).map(({ id }) => id),
  );
  await tellUndelivered(
    tx,
    keyring,
    ended.map(({ notice }) => notice).filter(({ id }) => undelivered.has(id)),
    now,
  );
}

function outcomeOf({ notice, delivery: { kind, answer, isPartial }, attempt }: EndedAttempt, now: Date): Outcome {
  const ended = { id: notice.id, attempt, answer, acceptedAt: null, leaseUntil: null, isUndelivered: false };
  const lost = (state: 'bounced' | 'ambiguous'): Outcome => ({ ...ended, state, isUndelivered: true });
  const again = (after: Repeated): Outcome =>
    // With no server to talk to nothing is known of this mail, and no other would go either: all of them stay.
    after !== 'unreachable' && now.getTime() - notice.sendAt.getTime() > giveUpAfterMs
      ? lost(after === 'ambiguous' ? 'ambiguous' : 'bounced')
      : { ...ended, state: 'queued', leaseUntil: pauseAfter(after, notice.attempts, now) };
  switch (kind) {
    case 'accepted':
      // Not repeated for those it did not reach: the others would get it with them each time.
      return { ...ended, state: 'accepted', acceptedAt: now, isUndelivered: isPartial === true };
    case 'refused':
      return lost('bounced');
    case 'ambiguous':
      return isCourtesy(notice.step) ? { ...ended, state: 'ambiguous' } : again(kind);
    case 'unreachable':
    case 'deferred':
      return again(kind);
  }
}

type Repeated = 'deferred' | 'unreachable' | 'ambiguous';

const pauses: Record<Repeated, { first: number; longest: number }> = {
  // RFC 6647: a greylisting server wants the same mail again after a minute or more.
  deferred: { first: minute, longest: 30 * minute },
  // A server that is away may be back at once.
  unreachable: { first: 2_000, longest: minute },
  // A server that always hangs up after the text may have taken it each time: a term must not fill a mailbox.
  ambiguous: { first: 10_000, longest: 30 * minute },
};

function pauseAfter(kind: Repeated, attempts: number, now: Date): Date {
  const { first, longest } = pauses[kind];
  return new Date(now.getTime() + Math.min(first * 2 ** Math.min(attempts, 10), longest));
}

/** Visible in the case, and told to the one above, who tells it another way. */
async function tellUndelivered(tx: Tx, keyring: Keyring, notices: readonly ClaimedNotice[], now: Date): Promise<void> {
  const words = notices.flatMap((notice) => {
    const audience = whoHears(notice);
    if (audience === null) return [];
    // "bounced" is no step of the agenda: the plan of notices leaves these rows alone.
    const key = `${notice.key}|bounced|${audience}`;
    const messageId = messageIdOf(keyring, placeOf(notice), key);
    return [{ of: notice.id, id: randomUUID(), key, audience, messageId }];
  });
  if (words.length === 0) return;
  await tx.$executeRaw`
    INSERT INTO notices (id, institution_id, case_id, key, duty_key, step, due_on, audience, urgency, template, vars, not_before, send_at, state, message_id, case_day)
    SELECT w.id, n.institution_id, n.case_id, w.key, n.duty_key, 'bounced', n.due_on, w.audience, 'urgent', 'undelivered', n.vars, n.not_before, ${now}, 'queued',
      w."messageId", n.case_day
    FROM jsonb_to_recordset(${JSON.stringify(words)}::jsonb) AS w (of uuid, id uuid, key text, audience text, "messageId" text) JOIN notices n ON n.id = w.of
    ON CONFLICT DO NOTHING`;
}

/** The head hears of everyone's undelivered mail, the deputy director of the head's; beyond there is nobody. */
function whoHears(notice: ClaimedNotice): string | null {
  if (notice.audience === 'role:deputyDirector') return null;
  return notice.audience === 'role:head' ? 'role:deputyDirector' : 'role:head';
}

/**
 * An attempt whose process died: nobody knows whether the mail went. The same policy as for a cut connection.
 * @returns how many were found
 */
export async function settleAbandoned(tx: Tx, now: Date): Promise<number> {
  return tx.$executeRaw`
    UPDATE notices SET state = CASE WHEN step LIKE 'remind%' THEN 'ambiguous' ELSE 'queued' END, lease_until = NULL
    WHERE id IN (SELECT id FROM notices WHERE state = 'sending' AND lease_until <= ${now} FOR UPDATE SKIP LOCKED)`;
}
