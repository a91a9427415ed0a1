import { answerOf, api } from '../../lib/api.ts';
import { wipeDrafts } from '../../lib/drafts.ts';
import { dropOpen } from '../../lib/resume.ts';

export async function signIn(email: string, password: string): Promise<void> {
  await answerOf(api.POST('/api/auth/sign-in/email', { body: { email, password } }));
}

/** Leaves, and takes along what was typed on this device: it holds personal data. */
export async function signOut(): Promise<void> {
  await answerOf(api.POST('/api/auth/sign-out'));
  wipeDrafts();
  dropOpen();
}
