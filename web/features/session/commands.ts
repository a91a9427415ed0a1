import { answerOf, api } from '../../lib/api.ts';
import { wipeDrafts } from '../../lib/drafts.ts';
import { dropOpen } from '../../lib/resume.ts';

export async function signIn(email: string, password: string): Promise<void> {
  await answerOf(api.POST('/api/auth/sign-in/email', { body: { email, password } }));
}

/** By a one-time link; whoever was signed in by the old password no longer is. */
export async function setPassword(token: string, newPassword: string): Promise<void> {
  await answerOf(api.POST('/api/auth/reset-password', { body: { token, newPassword } }));
}

/** Leaves, and takes along what was typed on this device: it holds personal data. */
export async function signOut(): Promise<void> {
  await answerOf(api.POST('/api/auth/sign-out'));
  wipeDrafts();
  dropOpen();
}
