import { randomUUID } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import type { Delivery } from '../mail/mailer.ts';
import { messageIdOf } from '../mail/message-id.ts';
import type { ClaimedNotice } from './claim-due.ts';

const minute = 60_000;
/** RFC 5321 4.5.4.1 asks for at least 4–5 days for mail; a notice of a term is worth a call after one. */
const giveUpAfterMs = 24 * 60 * minute;

/**
 * Whether a notice may arrive twice. A term's own day, its passing and its escalation go out again after a cut, with
 * the same Message-ID; a reminder is a courtesy with others after it: it is not repeated, and is shown as uncertain.
 */
const isCourtesy = (step: string): boolean => step.startsWith('remind');

/** Writes down how an attempt ended, and what follows from it. */
export async function recordOutcome(
  tx: Tx,
  keyring: Keyring,
  notice: ClaimedNotice,
  delivery: Delivery,
  now: Date,
): Promise<void> {
  switch (delivery.kind) {
    case 'accepted':
      await tx.$executeRaw`
        UPDATE notices SET state = 'accepted', accepted_at = ${now}, smtp_answer = ${delivery.answer}, lease_until = NULL WHERE id = ${notice.id}::uuid`;
      return;
    case 'ambiguous':
      if (isCourtesy(notice.step)) {
        await tx.$executeRaw`UPDATE notices SET state = 'ambiguous', smtp_answer = ${delivery.answer}, lease_until = NULL WHERE id = ${notice.id}::uuid`;
        return;
      }
      await retryLater(tx, notice, delivery.answer, new Date(now.getTime() + 10_000));
      return;
    case 'unreachable':
    case 'deferred':
      if (now.getTime() - notice.sendAt.getTime() > giveUpAfterMs) {
        await recordUndelivered(tx, keyring, notice, delivery.answer, now);
        return;
      }
      await retryLater(tx, notice, delivery.answer, pauseAfter(delivery.kind, notice.attempts, now));
      return;
    case 'refused':
      await recordUndelivered(tx, keyring, notice, delivery.answer, now);
  }
}

/** RFC 6647: a greylisting server wants the same mail again after a minute or more. A server that is away may be back at once. */
function pauseAfter(kind: 'deferred' | 'unreachable', attempts: number, now: Date): Date {
  const first = kind === 'deferred' ? minute : 2_000;
  const longest = kind === 'deferred' ? 30 * minute : minute;
  return new Date(now.getTime() + Math.min(first * 2 ** Math.min(attempts, 10), longest));
}

async function retryLater(tx: Tx, notice: ClaimedNotice, answer: string, at: Date): Promise<void> {
  await tx.$executeRaw`UPDATE notices SET state = 'queued', smtp_answer = ${answer}, lease_until = ${at} WHERE id = ${notice.id}::uuid`;
}

/** It will not arrive: visible in the case, and told to the one above, who tells it another way. */
export async function recordUndelivered(
  tx: Tx,
  keyring: Keyring,
  notice: ClaimedNotice,
  answer: string,
  now: Date,
): Promise<void> {
  await tx.$executeRaw`
    UPDATE notices SET state = 'bounced', smtp_answer = ${answer}, lease_until = NULL WHERE id = ${notice.id}::uuid`;
  const audience = whoHears(notice);
  if (audience === null) return;
  // "bounced" is no step of the agenda: the plan of notices leaves these rows alone.
  const key = `${notice.key}|bounced|${audience}`;
  await tx.$executeRaw`
    INSERT INTO notices (id, institution_id, case_id, key, duty_key, step, due_on, audience, urgency, template, vars, not_before, send_at, state, message_id, case_day)
    SELECT ${randomUUID()}::uuid, institution_id, case_id, ${key}, duty_key, 'bounced', due_on, ${audience}, 'urgent', 'undelivered', vars, not_before, ${now}, 'queued',
      ${messageIdOf(keyring, notice.caseId, key)}, case_day
    FROM notices WHERE id = ${notice.id}::uuid
    ON CONFLICT (case_id, key) DO NOTHING`;
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
    WHERE state = 'sending' AND lease_until <= ${now}`;
}
