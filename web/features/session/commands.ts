import { ApiProblem } from '../../lib/api.ts';
import { wipeDrafts } from '../../lib/drafts.ts';

/** better-auth's own routes stand outside the OpenAPI document. */
async function post(path: string, body: unknown): Promise<void> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST',
      credentials: 'same-origin',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiProblem(0, { code: 'offline' });
  }
  if (response.ok) return;
  const told = (await response.json().catch(() => ({}))) as { code?: string; message?: string; detail?: string };
  const detail = told.detail ?? told.message;
  throw new ApiProblem(response.status, {
    ...(told.code === undefined ? {} : { code: told.code }),
    ...(detail === undefined ? {} : { detail }),
  });
}

export const signIn = (email: string, password: string): Promise<void> =>
  post('/api/auth/sign-in/email', { email, password });

/** Leaves, and takes along what was typed on this device: it holds personal data. */
export async function signOut(): Promise<void> {
  await post('/api/auth/sign-out', {});
  wipeDrafts();
}
