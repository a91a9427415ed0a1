import type { Actor } from '../../domain/access/actor.ts';
import { roles, type Role } from '../../domain/access/role.ts';
import type { Database, Tx } from '../database/scope.ts';
import type { Auth } from './auth.ts';

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
  place: Promise<Place | undefined>;
}

interface Place {
  staffId: string;
  institutionId: string;
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

  const findPlace = (cookie: string): Promise<Place | undefined> => {
    const at = now().getTime();
    const found = known.get(cookie);
    if (found && found.until > at) return found.place;
    if (known.size >= mostKept) known.clear();
    const place = readPlace(auth, db, cookie);
    known.set(cookie, { until: at + keptMs, place });
    // What failed or found nobody is asked again at once.
    place.then(
      (one) => one ?? known.delete(cookie),
      () => known.delete(cookie),
    );
    return place;
  };

  return {
    async find(cookie) {
      const session = findSession(cookie);
      if (session === undefined) return undefined;
      const place = await findPlace(session);
      return place && db.inScope(place, (tx) => findActive(tx, place));
    },
    forget: (cookie) => void known.delete(findSession(cookie) ?? ''),
  };
}

/**
 * The one cookie that counts, as it came. What else a browser sends, or somebody makes up, is neither looked at nor
 * kept: the same session is known, and forgotten, whatever stands beside it.
 */
function findSession(cookies: string | undefined): string | undefined {
  return /(?:^|;)\s*((?:__Secure-)?kurator\.session_token=[^;\s]{1,500})/.exec(cookies ?? '')?.[1];
}

async function readPlace(auth: Auth, db: Database, cookie: string): Promise<Place | undefined> {
  const session = await auth.api.getSession({ headers: new Headers({ cookie }) }).catch((cause: unknown) => {
    throw new SessionsUnavailable('sessions cannot be read', { cause });
  });
  if (!session) return undefined;
  const found = await db.inSystemScope((tx) =>
    tx.staff.findUnique({ where: { userId: session.user.id }, select: { id: true, institutionId: true } }),
  );
  return found ? { staffId: found.id, institutionId: found.institutionId } : undefined;
}

async function findActive(tx: Tx, { staffId }: Place): Promise<Actor | undefined> {
  const staff = await tx.staff.findUnique({ where: { id: staffId } });
  // An account taken off the person is nobody's, like one of a person who has left.
  if (!staff?.active || staff.userId === null) return undefined;
  const agency = staff.agencyId === null ? null : await tx.agency.findUnique({ where: { id: staff.agencyId } });
  return {
    staffId: staff.id,
    institutionId: staff.institutionId,
    role: getRole(staff.role),
    body: staff.body,
    department: staff.department,
    agency: agency?.code ?? null,
  };
}

function getRole(word: string): Role {
  const role = roles.find((one) => one === word);
  if (!role) throw new Error(`staff has an unknown role: ${word}`);
  return role;
}
