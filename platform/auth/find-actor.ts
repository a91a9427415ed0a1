import type { Actor } from '../../domain/access/actor.ts';
import { roles, type Role } from '../../domain/access/role.ts';
import type { Database } from '../database/scope.ts';
import type { Auth } from './auth.ts';

/** The sign-in library hides what went wrong behind an error of its own: nobody is let in, and it may be tried again. */
export class SessionsUnavailable extends Error {
  override readonly name = 'SessionsUnavailable';
}

/** Who is signed in by these headers; `undefined` for nobody, and for an account that no active member of staff has. */
export async function findActor(auth: Auth, db: Database, headers: Headers): Promise<Actor | undefined> {
  const session = await auth.api.getSession({ headers }).catch((cause: unknown) => {
    throw new SessionsUnavailable('sessions cannot be read', { cause });
  });
  if (!session) return undefined;
  const found = await db.inSystemScope((tx) =>
    tx.staff.findUnique({
      where: { userId: session.user.id },
      select: { id: true, institutionId: true, active: true },
    }),
  );
  if (!found?.active) return undefined;
  return db.inScope({ institutionId: found.institutionId }, async (tx) => {
    const staff = await tx.staff.findUnique({ where: { id: found.id } });
    if (!staff?.active) return undefined;
    const agency = staff.agencyId === null ? null : await tx.agency.findUnique({ where: { id: staff.agencyId } });
    return {
      staffId: staff.id,
      institutionId: staff.institutionId,
      role: getRole(staff.role),
      body: staff.body,
      department: staff.department,
      agency: agency?.code ?? null,
    };
  });
}

function getRole(word: string): Role {
  const role = roles.find((one) => one === word);
  if (!role) throw new Error(`staff has an unknown role: ${word}`);
  return role;
}
