import type { Actor } from '../../domain/access/actor.ts';
import type { Relation } from '../../domain/access/relation.ts';
import { relationsTo, type EntryTies } from '../../domain/access/relations-to.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Tx } from '../../platform/database/scope.ts';
import { findCommand } from '../../platform/records/accept-command.ts';
import { findCaseAccess } from '../../platform/records/case-access.ts';
import type { CaseAccess, CommandActor } from '../../platform/records/contract.ts';
import { findEntryAuthor } from '../../platform/records/read-cases.ts';
import { findNamedAgency } from '../../platform/records/find-named-agency.ts';
import { getInstitution } from '../../platform/records/read-directory.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

/** Who asks, and how he stands to what he asks about. */
export function whoServices({
  records,
  actors,
}: Wiring): Pick<Services, 'findActor' | 'findRelations' | 'findCommandCase'> {
  return {
    findActor: (cookie) => actors.find(cookie),

    findRelations: (actor, caseId) =>
      records.db.inSnapshot(actor, async (tx) => {
        const access = await findCaseAccess(tx, caseId);
        return access && relationsIn(tx, records, actor, access);
      }),

    findCommandCase: (actor, commandId) =>
      records.db.inSnapshot(actor, async (tx) => {
        const command = await findCommand(tx, commandId);
        return command && { caseId: command.caseId, own: isOwn(actor, command.actor) };
      }),
  };
}

/** How the actor stands to a case, and to what a command's body names in it. */
export async function relationsIn(
  tx: Tx,
  { now }: Pick<Wiring['records'], 'now'>,
  actor: Actor,
  access: CaseAccess,
  body?: Record<string, unknown>,
): Promise<ReadonlySet<Relation>> {
  const { caseId } = access;
  const entry = body?.['entry'];
  return relationsTo(
    actor,
    { ...access, bodies: new Set(access.bodies), agencies: new Set(access.agencies) },
    {
      body: typeof body?.['by'] === 'string' ? body['by'] : undefined,
      // Asked only where it decides: everybody else stands to the case, not to one of its requests.
      agency: body && actor.agency !== null ? await findNamedAgency(tx, caseId, body) : undefined,
      entry: typeof entry === 'number' ? await findEntryTies(tx, caseId, entry, now()) : undefined,
    },
  );
}

/** As whom a person gives a command. */
export const by = (actor: Actor): CommandActor => ({ kind: 'user', id: actor.staffId });

const isOwn = (actor: Actor, giver: { kind: string; id: string }): boolean =>
  giver.kind === 'user' && giver.id === actor.staffId;

/** Numbers of entries are PostgreSQL's `integer`; a greater one would be a fault of the query. */
const lastNumber = 2 ** 31 - 1;

/** @param caseId the case's id, or that of the institution whose own log the entry is of */
export async function findEntryTies(tx: Tx, caseId: string, entry: number, now: Date): Promise<EntryTies | undefined> {
  if (!Number.isInteger(entry) || entry < 1 || entry > lastNumber) return undefined;
  const author = await findEntryAuthor(tx, caseId, entry);
  if (!author) return undefined;
  const { zone } = await getInstitution(tx);
  const training = await tx.case.findUnique({ where: { id: caseId }, select: { clockOffsetMs: true } });
  return {
    by: author.actorKind === 'user' ? author.actorId : null,
    recordedOn: author.recordedOn,
    today: dayOf(new Date(now.getTime() + Number(training?.clockOffsetMs ?? 0)).toISOString(), zone),
  };
}
