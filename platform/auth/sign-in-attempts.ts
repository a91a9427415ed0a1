import { createHmac } from 'node:crypto';
import { isIPv6 } from 'node:net';
import type pg from 'pg';

const windowSeconds = 5 * 60;

/** Attempts on one account in the window, from whatever addresses, since it was last signed in to. */
const mostOfAccount = 20;

/**
 * Wrong attempts from one address in the window, on whatever accounts. Whole offices share an address: sixty people on a
 * Monday morning, each mistyping once, stay far below, and what is right is not counted at all.
 */
const mostWrongOfAddress = 100;

export interface Attempt {
  email: string;
  /** The client's address, as the api's own server and its trusted proxies name it. */
  address: string;
}

export type Allowance = { allowed: true } | { allowed: false; retryAfter: number };

export interface SignInAttempts {
  /** Asked before the password is looked at; `retryAfter` in seconds once there were too many. */
  begin(attempt: Attempt): Promise<Allowance>;
  end(attempt: Attempt, outcome: 'right' | 'wrong'): Promise<void>;
}

/** Of two that sweep at once neither waits for the other. */
const sweep = `DELETE FROM "signInAttempts" WHERE "account" IN (
  SELECT "account" FROM "signInAttempts" WHERE "endsAt" <= now() FOR UPDATE SKIP LOCKED)`;

/**
 * Counts attempts to sign in in the records: every api process counts with the others, and a restart forgets nothing. An
 * attempt on an account is counted before it is judged, so that attempts at once are all counted; who comes from an
 * address that guesses is sent away before that, so that he shuts nobody's account.
 */
export function createSignInAttempts(pool: pg.Pool, secret: string): SignInAttempts {
  const keyOf = (of: string): Buffer => createHmac('sha256', secret).update(of).digest();
  const accountOf = ({ email }: Attempt): Buffer => keyOf(`sign-in:${email.toLowerCase()}`);
  const addressOf = ({ address }: Attempt): Buffer => keyOf(`address:${networkOf(address)}`);

  const count = async (key: Buffer, most: number): Promise<Allowance> => {
    const { rows } = await pool.query<{ count: number; left: number }>(
      `INSERT INTO "signInAttempts" AS kept VALUES ($1, 1, now() + make_interval(secs => $2))
       ON CONFLICT ("account") DO UPDATE SET
         "count" = CASE WHEN kept."endsAt" <= now() THEN 1 ELSE least(kept."count" + 1, $3 + 1) END,
         "endsAt" = CASE WHEN kept."endsAt" <= now() THEN excluded."endsAt" ELSE kept."endsAt" END
       RETURNING "count", ceil(extract(epoch FROM "endsAt" - now()))::int AS left`,
      [key, windowSeconds, most],
    );
    const [found] = rows;
    if (!found) throw new Error('an upsert that always answers did not');
    // Whoever tries all addresses there are fills no table: each new window sweeps up what has ended.
    if (found.count === 1) await pool.query(sweep);
    return found.count <= most ? { allowed: true } : { allowed: false, retryAfter: found.left };
  };

  return {
    async begin(attempt) {
      const { rows } = await pool.query<{ left: number }>(
        `SELECT ceil(extract(epoch FROM "endsAt" - now()))::int AS left FROM "signInAttempts"
         WHERE "account" = $1 AND "endsAt" > now() AND "count" >= $2`,
        [addressOf(attempt), mostWrongOfAddress],
      );
      const [guessing] = rows;
      if (guessing) return { allowed: false, retryAfter: guessing.left };
      return count(accountOf(attempt), mostOfAccount);
    },
    async end(attempt, outcome) {
      if (outcome === 'wrong') await count(addressOf(attempt), mostWrongOfAddress);
      else await pool.query('DELETE FROM "signInAttempts" WHERE "account" = $1', [accountOf(attempt)]);
    },
  };
}

/** One customer has a whole IPv6 network of 64 bits: each of its addresses counts as the network. */
export function networkOf(address: string): string {
  const mapped = /^::ffff:(\d+(?:\.\d+){3})$/i.exec(address)?.[1];
  if (mapped !== undefined || !isIPv6(address)) return mapped ?? address;
  const [head = '', tail] = address.split('::');
  const groups = head.split(':').filter((group) => group !== '');
  const after = tail === undefined ? 0 : tail.split(':').filter((group) => group !== '').length;
  const zeros = Array.from({ length: Math.max(8 - groups.length - after, 0) }, () => '0');
  const whole = tail === undefined ? groups : [...groups, ...zeros, ...tail.split(':')];
  return whole
    .slice(0, 4)
    .map((group) => Number.parseInt(group, 16).toString(16))
    .join(':');
}
