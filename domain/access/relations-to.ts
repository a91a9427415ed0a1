import type { Day } from '../calendar/day.ts';
import type { Actor } from './actor.ts';
import type { Relation } from './relation.ts';

/** What must be known of a case to say how somebody stands to it. */
export interface CaseTies {
  institutionId: string;
  curatorId: string | null;
  curatorDepartment: string | null;
  /** Somebody who works here heads the curator's department, or the whole service. */
  curatorHeaded: boolean;
  /** The curator works here no more, and the case still asks for one. */
  curatorLeft: boolean;
  openedBy: string | null;
  /** Bodies of which something is or was awaited. */
  bodies: ReadonlySet<string>;
  /** Codes of the agencies that have been asked. */
  agencies: ReadonlySet<string>;
}

/** The entry that a correction is about; `by` is the person who recorded it, `null` for a link or the system. */
export interface EntryTies {
  by: string | null;
  recordedOn: Day;
  /** Today on the case's clock. */
  today: Day;
}

/**
 * How the actor stands to a case. A command that names a body (`by`) is of that body alone, and one about a request is
 * of the agency that was asked: `agency` is its code, `null` where the command names nothing that was asked of any.
 */
export function relationsTo(
  actor: Actor,
  ties: CaseTies,
  about: { body?: string | undefined; entry?: EntryTies | undefined; agency?: string | null | undefined } = {},
): ReadonlySet<Relation> {
  const found = new Set<Relation>();
  if (ties.institutionId !== actor.institutionId) return found;
  found.add('institution');
  const own = ties.curatorId === null ? ties.openedBy === actor.staffId : ties.curatorId === actor.staffId;
  if (own) found.add('ownCase');
  if (own && about.entry && about.entry.by === actor.staffId && about.entry.recordedOn === about.entry.today) {
    found.add('ownEntryToday');
  }
  if (actor.role === 'head' && headsDepartmentOf(actor, ties)) found.add('ownDepartment');
  if (actor.body !== null && ties.bodies.has(actor.body) && (about.body ?? actor.body) === actor.body)
    found.add('ownBody');
  const asked = about.agency === undefined || about.agency === actor.agency;
  if (actor.agency !== null && ties.agencies.has(actor.agency) && asked) found.add('ownRequest');
  return found;
}

/**
 * A head without a department heads the whole service. A case without a curator, or whose curator has left, waits for any
 * head to assign one; and where nobody heads the curator's department, every head does: a case that nobody could act in
 * would be late in silence.
 */
const headsDepartmentOf = (actor: Actor, ties: CaseTies): boolean =>
  actor.department === null ||
  ties.curatorId === null ||
  ties.curatorLeft ||
  !ties.curatorHeaded ||
  ties.curatorDepartment === actor.department;
