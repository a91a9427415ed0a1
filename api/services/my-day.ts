import type { Actor } from '../../domain/access/actor.ts';
import { addDays } from '../../domain/calendar/civil.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import type { Awaited } from '../../domain/case/duty.ts';
import type { CaseVisibility, DutyRow, RecordsDeps } from '../../platform/records/contract.ts';
import type { Tx } from '../../platform/database/scope.ts';
import { readUnblocking } from '../../platform/records/read-unblocking.ts';
import { countWithoutCurator } from '../../platform/records/read-cases.ts';
import { getInstitution } from '../../platform/records/read-directory.ts';
import { listDuties } from '../../platform/records/read-duties.ts';
import { listInstitutionDuties } from '../../platform/records/read-institution.ts';
import type { z } from 'zod';
import type { MyDay } from '../schemas/session.ts';
import { asOwnRow, awaitsOwn, mayReadOwn } from './own-rows.ts';
import { presentRows, withAllowed } from './present.ts';
import { readUnknown } from './unknown.ts';
import { visibilityOf } from './visibility.ts';

/** More open duties than this, and a person's list is no longer one of today. */
const most = 500;

/** The duties that await the actor, by urgency, and what others owe in his cases. Days are those of each case's clock. */
export async function readMyDay(records: RecordsDeps, actor: Actor): Promise<z.output<typeof MyDay>> {
  return records.db.inSnapshot(actor, async (tx) => {
    const { zone } = await getInstitution(tx);
    const today = dayOf(records.now().toISOString(), zone);
    const groups: z.output<typeof MyDay>['groups'] = {
      overdue: [],
      today: [],
      week: [],
      undated: [],
      awaited: [],
      later: [],
    };
    const seen = visibilityOfMine(actor);
    const mine = awaitedOf(actor);
    const mayAssign = relationsAllowing(actor.role, 'assignCurator').length > 0;
    const unassigned = mayAssign ? await countWithoutCurator(tx, seen) : 0;
    const unknown = await readUnknown(tx, records, actor, seen);
    if (!mine) return { today, unassigned, groups, ...unknown };

    const open = { states: ['open', 'overdue'] as DutyRow['state'][] };
    const { items } = await listDuties(tx, records.keyring, seen, { ...open, awaited: mine.code, limit: most });
    // A head who curates families himself owes what any curator owes them.
    if (actor.role === 'head') {
      const curated = { ...open, awaited: 'curator', curatorId: actor.staffId, limit: most };
      items.push(...(await listDuties(tx, records.keyring, seen, curated)).items);
    }
    const own = mayReadOwn(actor) ? await listInstitutionDuties(tx, records) : [];
    const rows = await presentMine(tx, records, [
      ...own.filter((duty) => open.states.includes(duty.state) && awaitsOwn(actor, duty)).map(asOwnRow),
      ...items.filter((one) => one.awaited.kind === mine.kind),
    ]);
    for (const row of rows) {
      const caseToday = row.case?.today ?? today;
      const shown = actor.role === 'agencyOfficer' && row.case ? { ...row, case: { ...row.case, family: null } } : row;
      if (row.state === 'overdue' || (row.dueOn !== null && row.dueOn < caseToday)) groups.overdue.push(shown);
      else if (row.dueOn === null) groups.undated.push(shown);
      else if (row.dueOn === caseToday) groups.today.push(shown);
      else if (row.dueOn <= addDays(caseToday, 7)) groups.week.push(shown);
      else groups.later.push(shown);
    }
    if (actor.role === 'curator' || actor.role === 'head') {
      const others = { ...open, awaitedFromOthers: true, limit: 100 };
      groups.awaited = await presentMine(tx, records, (await listDuties(tx, records.keyring, seen, others)).items);
    }
    return { today, unassigned, groups, ...unknown };
  });
}

/** Each with what stands in the way of its acts, as its case explains itself. */
async function presentMine(
  tx: Tx,
  records: RecordsDeps,
  rows: readonly DutyRow[],
): Promise<z.output<typeof MyDay>['groups']['today']> {
  const unblocking = await readUnblocking(tx, records, rows);
  return (await presentRows(tx, records, rows)).map((row, index) => ({
    ...row,
    unblockedBy: (unblocking[index] ?? []).map(withAllowed),
  }));
}

/** As whom the duties await him; an administrator owes no family anything. */
function awaitedOf(actor: Actor): Awaited | undefined {
  switch (actor.role) {
    case 'curator':
    case 'head':
    case 'deputyDirector':
      return { kind: 'role', code: actor.role };
    case 'secretary':
      return actor.body === null ? undefined : { kind: 'body', code: actor.body };
    case 'agencyOfficer':
      return actor.agency === null ? undefined : { kind: 'agency', code: actor.agency };
    case 'administrator':
      return undefined;
  }
}

const visibilityOfMine = (actor: Actor): CaseVisibility =>
  actor.role === 'agencyOfficer' ? visibilityOf(actor, 'readRequests') : visibilityOf(actor, 'readCase');
