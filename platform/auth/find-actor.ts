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
}

interface Known {
  until: number;
  sessionId: Promise<string | undefined>;
}

/**
 * To check a cookie's signature and to let the library prolong its session costs more than most answers, and a page asks
 * several things at once: which session a cookie is of, which never changes, is kept for this long. Whether that session
 * still lives, and what its person may, is read at each request, so nothing that has ended opens anything again.
 */
const keptMs = 60_000;
const mostKept = 10_000;

export function createActorFinder(auth: Auth, db: Database, now: () => Date): ActorFinder {
  const known = new Map<string, Known>();

  const findSessionId = (cookie: string): Promise<string | undefined> => {
    const at = now().getTime();
    const found = known.get(cookie);
    if (found && found.until > at) return found.sessionId;
    if (known.size >= mostKept) known.clear();
    const sessionId = readSessionId(auth, cookie);
    known.set(cookie, { until: at + keptMs, sessionId });
    // What failed or found nobody is asked again at once.
    sessionId.then(
      (one) => one ?? known.delete(cookie),
      () => known.delete(cookie),
    );
    return sessionId;
  };

  return {
    async find(cookie) {
      const session = findSession(cookie);
      if (session === undefined) return undefined;
      const sessionId = await findSessionId(session);
      return sessionId === undefined ? undefined : findActive(db, sessionId);
    },
  };
}

async function readSessionId(auth: Auth, cookie: string): Promise<string | undefined> {
  const found = await auth.api.getSession({ headers: new Headers({ cookie }) }).catch((cause: unknown) => {
    throw new SessionsUnavailable('sessions cannot be read', { cause });
  });
  return found?.session.id;
}

type FoundStaff = Omit<Actor, 'role'> & { role: string };

/** An account taken off the person is nobody's, like one of a person who has left. */
async function findActive(db: Database, sessionId: string): Promise<Actor | undefined> {
  const [found] = await db.inSystemScope(
    (tx) => tx.$queryRaw<FoundStaff[]>`
      SELECT s.id AS "staffId", s.institution_id AS "institutionId", s.role, s.body, s.department, a.code AS agency
      FROM auth."session" v JOIN staff s ON s.user_id = v."userId" LEFT JOIN agencies a ON a.id = s.agency_id
      WHERE v.id = ${sessionId} AND v."expiresAt" > now() AND s.active`,
  );
  return found && { ...found, role: getRole(found.role) };
}

function getRole(word: string): Role {
  const role = roles.find((one) => one === word);
  if (!role) throw new Error(`staff has an unknown role: ${word}`);
  return role;
}
