import { createHmac } from 'node:crypto';
import type pg from 'pg';

/** Attempts on one account, right or wrong, from whatever addresses. */
const most = 20;
const windowSeconds = 5 * 60;

/** Counts an attempt; `retryAfter` in seconds once there were too many. */
export type CountAttempt = (email: string) => Promise<{ allowed: true } | { allowed: false; retryAfter: number }>;

/** Of two that sweep at once neither waits for the other. */
const sweep = `DELETE FROM "signInAttempts" WHERE "account" IN (
  SELECT "account" FROM "signInAttempts" WHERE "endsAt" <= now() FOR UPDATE SKIP LOCKED)`;

/**
 * Counts attempts to sign in to one account in the records: every api process counts with the others, and a restart
 * forgets nothing. One statement, so that attempts at once are all counted.
 */
export function createAttemptCounter(pool: pg.Pool, secret: string): CountAttempt {
  return async (email) => {
    const account = createHmac('sha256', secret).update(`sign-in:${email.toLowerCase()}`).digest();
    const { rows } = await pool.query<{ count: number; left: number }>(
      `INSERT INTO "signInAttempts" AS kept VALUES ($1, 1, now() + make_interval(secs => $2))
       ON CONFLICT ("account") DO UPDATE SET
         "count" = CASE WHEN kept."endsAt" <= now() THEN 1 ELSE least(kept."count" + 1, $3 + 1) END,
         "endsAt" = CASE WHEN kept."endsAt" <= now() THEN excluded."endsAt" ELSE kept."endsAt" END
       RETURNING "count", ceil(extract(epoch FROM "endsAt" - now()))::int AS left`,
      [account, windowSeconds, most],
    );
    const [found] = rows;
    if (!found) throw new Error('an upsert that always answers did not');
    // Whoever tries all addresses there are fills no table: each new window sweeps up what has ended.
    if (found.count === 1) await pool.query(sweep);
    return found.count <= most ? { allowed: true } : { allowed: false, retryAfter: found.left };
  };
}
