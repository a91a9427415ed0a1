import { randomUUID } from 'node:crypto';
import type { Auth } from '../platform/auth/auth.ts';
import { createPasswordLink, type PasswordLink } from '../platform/auth/password-link.ts';
import type { Database } from '../platform/database/scope.ts';
import { insertOffice, type OfficeRows } from './insert-office.ts';
import type { OfficeAgency, OfficePerson } from './office.ts';

/** Why nothing was made, in one sentence. */
export class OfficeFault extends Error {
  override readonly name = 'OfficeFault';
}

export interface MadePerson {
  email: string;
  role: string;
  link: PasswordLink;
}

export interface OfficeParts {
  institutionId: string;
  /** Of a new institution. */
  institution?: NonNullable<OfficeRows['institution']>;
  agencies: readonly OfficeAgency[];
  staff: readonly OfficePerson[];
}

/**
 * Makes an institution, or adds to one: everything or nothing. Accounts and records belong to two roles of the
 * database, so accounts come first, without a password; the records' one transaction decides. An account that a run left
 * behind because it was killed or came second belongs to nobody, opens nothing and is taken up by the next run.
 * @throws OfficeFault
 */
export async function makeOffice(
  { db, auth, now }: { db: Database; auth: Auth; now: () => Date },
  { institutionId, institution, agencies, staff }: OfficeParts,
): Promise<MadePerson[]> {
  const people = staff.map((person) => ({ ...person, email: person.email.toLowerCase() }));
  const { internalAdapter } = await auth.$context;
  const known = new Map<string, string>();
  for (const { email } of people) {
    const found = await internalAdapter.findUserByEmail(email);
    if (found) known.set(email, found.user.id);
  }
  const taken = await db.inSystemScope(async (tx) => ({
    names: await tx.institution.findMany({ select: { id: true, name: true } }),
    accounts: await tx.staff.findMany({
      where: { userId: { in: [...known.values()] } },
      select: { userId: true, active: true },
    }),
  }));
  const double = institution && taken.names.find(({ id, name }) => id === institutionId || name === institution.name);
  if (double)
    throw new OfficeFault(
      `Учреждение с таким кодом или названием уже есть (${double.id}), ничего не сделано; сотрудников добавляет kurator staff add / ` +
        `an institution of that code or name is there already (${double.id}), nothing was done; kurator staff add adds people`,
    );
  const gone = people.filter(({ email }) =>
    taken.accounts.some(({ userId, active }) => !active && userId === known.get(email)),
  );
  if (gone.length > 0)
    throw new OfficeFault(
      `Работали здесь раньше: ${gone.map(({ email }) => email).join(', ')}; ничего не сделано. Вернуть человека: kurator staff return / ` +
        'worked here before, nothing was done; kurator staff return brings somebody back',
    );
  const inUse = people.filter(({ email }) => taken.accounts.some(({ userId }) => userId === known.get(email)));
  if (inUse.length > 0)
    throw new OfficeFault(
      `Уже входят в Куратор: ${inUse.map(({ email }) => email).join(', ')}; ничего не сделано. Новую ссылку даёт kurator staff link / ` +
        'sign in to Kurator already, nothing was done; kurator staff link makes a new link',
    );

  const accounts: (MadePerson & { userId: string })[] = [];
  for (const { email, name, role } of people) {
    const userId = known.get(email) ?? (await findOrCreate(auth, { email, name }));
    accounts.push({ userId, email, role, link: await createPasswordLink(auth, userId, now()) });
  }
  try {
    await db.inScope({ institutionId }, async (tx) => {
      const there = await tx.agency.findMany({ select: { id: true, code: true } });
      const added = agencies.map((agency) => ({ id: randomUUID(), ...agency }));
      const agencyIds = new Map([...there, ...added].map(({ code, id }) => [code, id]));
      const rows = people.map(({ agency, ...person }, index) => ({
        id: randomUUID(),
        ...person,
        agencyId: (agency !== undefined && agencyIds.get(agency)) || null,
        userId: accounts[index]?.userId as string,
      }));
      const office = { ...(institution && { institution }), agencies: added, staff: rows };
      await insertOffice(tx, institutionId, office, { skipDuplicates: false });
    });
  } catch (error) {
    // Prisma's "unique constraint": another run was faster.
    if ((error as { code?: unknown }).code !== 'P2002') throw error;
    throw new OfficeFault(
      'Одновременно добавлено то же самое, ничего не сделано; повторите / the same was added at the same moment, nothing was done; try again',
    );
  }
  return accounts.map(({ userId: _own, ...person }) => person);
}

/** Another run may make the same account at the same moment: it is shared, and the records decide whose person it is. */
async function findOrCreate(auth: Auth, person: { email: string; name: string }): Promise<string> {
  const { internalAdapter } = await auth.$context;
  try {
    return (await internalAdapter.createUser({ ...person, emailVerified: true }, { method: 'email-password' })).id;
  } catch (error) {
    const found = await internalAdapter.findUserByEmail(person.email);
    if (!found) throw error;
    return found.user.id;
  }
}
