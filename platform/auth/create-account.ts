import type { Auth } from './auth.ts';

/**
 * Makes an account that signs in by password, or gives an account that exists this password and ends its sessions.
 * Returns the account's id, which `staff.user_id` holds. `hash`: of the password, where it is made already.
 */
export async function createAccount(
  auth: Auth,
  account: { email: string; name: string; password: string; hash?: string },
): Promise<string> {
  const { internalAdapter, password } = await auth.$context;
  const email = account.email.toLowerCase();
  const hash = account.hash ?? (await password.hash(account.password));
  const found = await internalAdapter.findUserByEmail(email, { includeAccounts: true });
  const userId =
    found?.user.id ??
    (await internalAdapter.createUser({ email, name: account.name, emailVerified: true }, { method: 'email-password' }))
      .id;
  if (found?.accounts.some((one) => one.providerId === 'credential')) {
    await internalAdapter.updatePassword(userId, hash);
    await internalAdapter.deleteUserSessions(userId);
  } else {
    await internalAdapter.linkAccount({ userId, providerId: 'credential', accountId: userId, password: hash });
  }
  return userId;
}
