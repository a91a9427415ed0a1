import { randomBytes } from 'node:crypto';
import type { Auth } from './auth.ts';

/** Three days: a link that is handed over on a Friday still works on Monday. */
export const linkLastsMs = 72 * 60 * 60 * 1000;

/** What lets one person choose a password, once. */
export interface PasswordLink {
  token: string;
  until: Date;
}

/** Begins every address of a link, on the page that asks for the password. The token stands behind the `#`: no server's log sees it. */
export const passwordLinkUrl = (publicUrl: string, token: string): string => `${publicUrl}/password#${token}`;

/**
 * A one-time link's secret for an account. The sign-in library takes it at `/reset-password` and then forgets it;
 * earlier links of the account stay until they are used or run out.
 */
export async function createPasswordLink(auth: Auth, userId: string, now: Date): Promise<PasswordLink> {
  const { internalAdapter } = await auth.$context;
  const token = randomBytes(24).toString('base64url');
  const until = new Date(now.getTime() + linkLastsMs);
  await internalAdapter.createVerificationValue({
    identifier: `reset-password:${token}`,
    value: userId,
    expiresAt: until,
  });
  return { token, until };
}
