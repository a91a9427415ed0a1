import { wholeInstitution } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';

interface Person {
  id: string;
  email: string;
  role: string;
  body: string | null;
  department: string | null;
}

/** Who is who in an institution at the moment of sending: absence and substitutes hold until the last minute. */
export interface Directory {
  staff: Person[];
  /** E-mail by the agency's code. */
  agencies: Map<string, string>;
}

export async function loadDirectory(tx: Tx): Promise<Directory> {
  const staff = await tx.staff.findMany({
    where: { active: true },
    select: { id: true, email: true, role: true, body: true, department: true },
    orderBy: { id: 'asc' },
  });
  const agencies = await tx.agency.findMany({ select: { code: true, email: true } });
  return { staff, agencies: new Map(agencies.map(({ code, email }) => [code, email])) };
}

/**
 * The addresses behind an audience (`role:curator`, `body:commission`, `agency:school`); empty when nobody stands
 * there, which is a fault to be shown and never a reason to keep silent.
 */
export function resolveAudience(directory: Directory, audience: string, curatorId: string | null): string[] {
  const [kind, code] = splitAudience(audience);
  switch (kind) {
    case 'agency':
      return onlyFilled([directory.agencies.get(code)]);
    case 'body':
      return emails(directory.staff.filter((person) => person.role === 'secretary' && person.body === code));
    case 'role':
      return resolveRole(directory, code, curatorId);
    default:
      return [];
  }
}

/**
 * The addresses behind an audience of the institution's own duty: everybody in the role, for no curator is its one. What
 * awaits the institution as a whole awaits its heads; where one is missing, whoever stands above.
 */
export function resolveOwnAudience(directory: Directory, audience: string): string[] {
  const [, code] = splitAudience(audience);
  const holders = (role: string): string[] => emails(directory.staff.filter((person) => person.role === role));
  if (code !== wholeInstitution.code) return holders(code);
  const heads = holders('head');
  return heads.length > 0 ? heads : holders('deputyDirector');
}

function resolveRole(directory: Directory, role: string, curatorId: string | null): string[] {
  const curator = directory.staff.find((person) => person.id === curatorId);
  // A case without a curator, or whose curator has left, is the head's until one is assigned.
  if (role === 'curator') return curator ? [curator.email] : resolveRole(directory, 'head', null);
  const holders = directory.staff.filter((person) => person.role === role);
  if (role !== 'head' || !curator) return emails(holders);
  // Whoever is told of a case may also open it (`domain/access/relations-to.ts`): its department's head, else who heads
  // the whole service, else every head.
  const of = (department: string | null) => holders.filter((person) => person.department === department);
  return emails([of(curator.department), of(null), holders].find((heads) => heads.length > 0) ?? []);
}

function splitAudience(audience: string): [string, string] {
  const at = audience.indexOf(':');
  return [audience.slice(0, at), audience.slice(at + 1)];
}

const emails = (people: Person[]): string[] => onlyFilled(people.map(({ email }) => email));
const onlyFilled = (list: (string | undefined)[]): string[] => list.filter((email): email is string => Boolean(email));
