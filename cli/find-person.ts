import type { Employed } from '../platform/records/staffing.ts';
import { listEmployed } from '../platform/records/staffing.ts';
import { OfficeFault } from './make-office.ts';
import type { OfficeDeps } from './office-command.ts';

export interface FoundPerson {
  person: Employed;
  userId: string;
  institution: { id: string; name: string };
  /** Everybody of the institution, he among them. */
  staff: readonly Employed[];
}

/** Who signs in, or signed in, by that address. @throws OfficeFault for an address that nobody of any staff has */
export async function getPerson({ auth, db }: OfficeDeps, given: string): Promise<FoundPerson> {
  const email = given.toLowerCase();
  const { internalAdapter } = await auth.$context;
  const account = await internalAdapter.findUserByEmail(email);
  const row =
    account &&
    (await db.inSystemScope((tx) =>
      tx.staff.findFirst({ where: { userId: account.user.id }, select: { id: true, institutionId: true } }),
    ));
  if (!account || !row)
    throw new OfficeFault(`С адресом ${email} никто не работает / nobody of the staff has the address ${email}`);
  return db.inSnapshot(row, async (tx) => {
    const staff = await listEmployed(tx);
    const person = staff.find(({ id }) => id === row.id);
    const institution = await tx.institution.findFirst({ select: { id: true, name: true } });
    if (!person || !institution) throw new Error('a member of staff left the records between two reads');
    return { person, userId: account.user.id, institution, staff };
  });
}
