import type { Actor } from '../../domain/access/actor.ts';
import { roles, type Role } from '../../domain/access/role.ts';
import type { Database } from '../database/scope.ts';
import type { Auth } from './auth.ts';
import { findSession } from './find-session.ts';

/** The sign-in library hides what went wrong behind an error of its own: nobody is let in, and it may be tried again. */
export class SessionsUnavailable extends Error {
  override readonly name = 'SessionsUnavailable';
}

export interface ActorFinder {
  /** Who is signed in by this cookie; `undefined` for nobody, and for an account that no active member of staff has. */
  find(cookie: string | undefined): Promise<Actor | undefined>;
  /** After a sign-out: the cookie is asked for anew. */
  forget(cookie: string | undefined): void;
}

interface Known {
  until: number;
  userId: Promise<string | undefined>;
}

/**
 * Reading a session costs more than most answers, and a page asks several things at once, so whose a cookie is is kept
 * for this long. Rights are not: the staff's row is read at each request, and who leaves the staff is out at once. Only
 * a sign-out in another process may be seen this much later.
 */
const keptMs = 5_000;
const mostKept = 10_000;

export function createActorFinder(auth: Auth, db: Database, now: () => Date): ActorFinder {
  const known = new Map<string, Known>();

  const findUserId = (cookie: string): Promise<string | undefined> => {
    const at = now().getTime();
    const found = known.get(cookie);
    if (found && found.until > at) return found.userId;
    if (known.size >= mostKept) known.clear();
    const userId = readUserId(auth, cookie);
    known.set(cookie, { until: at + keptMs, userId });
    // What failed or found nobody is asked again at once.
    userId.then(
      (one) => one ?? known.delete(cookie),
      () => known.delete(cookie),
    );
    return userId;
  };

  return {
    async find(cookie) {
      const session = findSession(cookie);
      if (session === undefined) return undefined;
      const userId = await findUserId(session);
      return userId === undefined ? undefined : findActive(db, userId);
    },
    forget: (cookie) => void known.delete(findSession(cookie) ?? ''),
  };
}

async function readUserId(auth: Auth, cookie: string): Promise<string | undefined> {
  const session = await auth.api.getSession({ headers: new Headers({ cookie }) }).catch((cause: unknown) => {
    throw new SessionsUnavailable('sessions cannot be read', { cause });
  });
  return session?.user.id;
}

type FoundStaff = Omit<Actor, 'role'> & { role: string };

/** An account taken off the person is nobody's, like one of a person who has left. */
async function findActive(db: Database, userId: string): Promise<Actor | undefined> {
  const [found] = await db.inSystemScope(
    (tx) => tx.$queryRaw<FoundStaff[]>`
      SELECT s.id AS "staffId", s.institution_id AS "institutionId", s.role, s.body, s.department, a.code AS agency
      FROM staff s LEFT JOIN agencies a ON a.id = s.agency_id WHERE s.user_id = ${userId} AND s.active`,
  );
  return found && { ...found, role: getRole(found.role) };
}

function getRole(word: string): Role {
  const role = roles.find((one) => one === word);
  if (!role) throw new Error(`staff has an unknown role: ${word}`);
  return role;
}
