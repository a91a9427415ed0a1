import type { Auth } from './auth.ts';

/**
 * Nothing that opened an account opens it any more: its sessions, in every api process, its links that nobody used yet
 * and its password. The account itself stays: whoever comes back is given a new link.
 */
export async function endAccess(auth: Auth, userId: string): Promise<void> {
  const { adapter, internalAdapter } = await auth.$context;
  // Links and password first: what signs in anew must be gone before those who are signed in are out.
  await adapter.deleteMany({ model: 'verification', where: [{ field: 'value', value: userId }] });
  await internalAdapter.deleteAccounts(userId);
  await internalAdapter.deleteUserSessions(userId);
}
