import { betterAuth } from 'better-auth';
import { openPool } from '../database/open-pool.ts';
import { createSignInAttempts } from './sign-in-attempts.ts';

export interface AuthSettings {
  /** Role `kurator_auth`: the schema `auth` and nothing of the records. */
  authUrl: string;
  /** Signs the sessions' cookies. */
  secret: string;
  /** The origin people type; cookies are `Secure` when it is https. */
  publicUrl: string;
}

/** The header that carries the client's address to better-auth; set by our own HTTP server, never taken from outside. */
export const clientAddressHeader = 'x-kurator-client';

/** A working day and a bit: a curator signs in once a morning, and a forgotten screen is safe by the next one. */
const sessionSeconds = 12 * 60 * 60;

export const minPasswordLength = 12;

/**
 * Accounts and sessions. Sessions are looked up at each request, never cached in a cookie: a right that is taken away
 * is gone at once. There is no sign-up; accounts are made by `createAccount`.
 */
export function createAuth(settings: AuthSettings) {
  const pool = openPool({ connectionString: settings.authUrl, max: 5, connectionTimeoutMillis: 5_000 });
  const auth = betterAuth({
    database: pool,
    secret: settings.secret,
    baseURL: settings.publicUrl,
    basePath: '/api/auth',
    trustedOrigins: [settings.publicUrl],
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength,
      maxPasswordLength: 128,
      // Who sets a password anew has lost the old one, perhaps to somebody who is signed in by it.
      revokeSessionsOnPasswordReset: true,
    },
    session: { expiresIn: sessionSeconds, updateAge: 60 * 60, cookieCache: { enabled: false } },
    // It counts right attempts too, and until a minute passes without any: an office behind one router would be refused.
    rateLimit: { enabled: false },
    advanced: {
      cookiePrefix: 'kurator',
      useSecureCookies: settings.publicUrl.startsWith('https:'),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', path: '/' },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
    },
    telemetry: { enabled: false },
    logger: { disabled: true },
  });
  return { auth, attempts: createSignInAttempts(pool, settings.secret), close: () => pool.end() };
}

export type Auth = ReturnType<typeof createAuth>['auth'];
