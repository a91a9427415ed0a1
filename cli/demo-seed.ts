import type { Auth } from '../platform/auth/auth.ts';
import { createAccount } from '../platform/auth/create-account.ts';
import type { Database } from '../platform/database/scope.ts';
import { eachOf } from '../platform/temporal/each-of.ts';
import { officeId, type Office } from './demo-office.ts';
import { insertOffice, type OfficeRows } from './insert-office.ts';

export interface SeededInstitution {
  institutionId: string;
  logins: { code: string; staffId: string; role: string; name: string; email: string; password: string }[];
  agencies: { code: string; id: string; email: string }[];
}

const signedUpAtOnce = 3;

/**
 * Makes an institution with its agencies, its people and their logins; a second time it only adds what is missing, and
 * leaves alone what people have changed since. Families are not made here: they come through the API like any other.
 */
export async function seedInstitution(deps: { db: Database; auth: Auth }, office: Office): Promise<SeededInstitution> {
  const institutionId = officeId(office, 'institution');
  const known = await deps.db.inScope({ institutionId }, async (tx) => {
    await insertOffice(tx, institutionId, rowsOf(office), { skipDuplicates: true });
    return tx.staff.findMany({ where: { userId: { not: null } }, select: { id: true } });
  });
  const signedUp = new Set(known.map((person) => person.id));
  // One password for all of them, known to everybody: its slow hash is made once.
  const { password } = await deps.auth.$context;
  const hash = signedUp.size < office.staff.length ? await password.hash(office.password) : undefined;
  const signUp = async (person: Office['staff'][number]): Promise<void> => {
    const staffId = officeId(office, `staff/${person.code}`);
    // A password that somebody has changed must not come back with the next start.
    if (signedUp.has(staffId)) return;
    const userId = await createAccount(deps.auth, {
      email: person.email,
      name: person.name,
      password: office.password,
      ...(hash === undefined ? {} : { hash }),
    });
    await deps.db.inScope({ institutionId }, (tx) => tx.staff.update({ where: { id: staffId }, data: { userId } }));
  };
  // A few at a time: on a busy machine all at once waited for a connection longer than a transaction may.
  await eachOf(office.staff, signedUpAtOnce, signUp);
  return {
    institutionId,
    logins: office.staff.map(({ code, role, name, email }) => ({
      code,
      staffId: officeId(office, `staff/${code}`),
      role,
      name,
      email,
      password: office.password,
    })),
    agencies: office.agencies.map(({ code, email }) => ({ code, id: officeId(office, `agency/${code}`), email })),
  };
}

function rowsOf(office: Office): OfficeRows {
  const { name, zone, regulations, hours } = office.institution;
  return {
    institution: { name, zone, regulation: regulations[0] ?? '', hours },
    agencies: office.agencies.map((agency) => ({ id: officeId(office, `agency/${agency.code}`), ...agency })),
    staff: office.staff.map(({ code, agency, ...person }) => ({
      id: officeId(office, `staff/${code}`),
      ...person,
      agencyId: agency === undefined ? null : officeId(office, `agency/${agency}`),
    })),
  };
}
