import type { Actor } from '../../domain/access/actor.ts';
import { addDays } from '../../domain/calendar/civil.ts';
import type { Day } from '../../domain/calendar/day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Awaited } from '../../domain/case/duty.ts';
import type { Tx } from '../../platform/database/scope.ts';
import type { CaseVisibility, DutyRow, RecordsDeps } from '../../platform/records/contract.ts';
import { getInstitution } from '../../platform/records/read-directory.ts';
import { listDuties } from '../../platform/records/read-duties.ts';
import type { z } from 'zod';
import type { MyDay } from '../schemas/session.ts';
import { visibilityOf } from './visibility.ts';

/** More open duties than this, and a person's list is no longer one of today. */
const most = 500;

/** The duties that await the actor, by urgency, and what others owe in his cases. Days are those of each case's clock. */
export async function readMyDay(records: RecordsDeps, actor: Actor): Promise<z.output<typeof MyDay>> {
  return records.db.inScope(actor, async (tx) => {
    const { zone } = await getInstitution(tx);
    const today = dayOf(records.now().toISOString(), zone);
    const groups: z.output<typeof MyDay>['groups'] = { overdue: [], today: [], week: [], undated: [], awaited: [] };
    const seen = visibilityOfMine(actor);
    const mine = awaitedOf(actor);
    if (!mine) return { today, groups };

    const open = { states: ['open', 'overdue'] as DutyRow['state'][] };
    const { items } = await listDuties(tx, records.keyring, seen, { ...open, awaited: mine.code, limit: most });
    // A head who curates families himself owes what any curator owes them.
    if (actor.role === 'head') {
      const own = { ...open, awaited: 'curator', curatorId: actor.staffId, limit: most };
      items.push(...(await listDuties(tx, records.keyring, seen, own)).items);
    }
    const todayOf = await readTodays(tx, items, records.now(), zone, today);
    for (const row of items.filter((one) => one.awaited.kind === mine.kind)) {
      const caseToday = todayOf(row.case.id);
      const shown = actor.role === 'agencyOfficer' ? { ...row, case: { ...row.case, family: null } } : row;
      if (row.state === 'overdue' || (row.dueOn !== null && row.dueOn < caseToday)) groups.overdue.push(shown);
      else if (row.dueOn === null) groups.undated.push(shown);
      else if (row.dueOn === caseToday) groups.today.push(shown);
      else if (row.dueOn <= addDays(caseToday, 7)) groups.week.push(shown);
    }
    if (actor.role === 'curator' || actor.role === 'head') {
      groups.awaited = (
        await listDuties(tx, records.keyring, seen, { ...open, awaitedFromOthers: true, limit: 100 })
      ).items;
    }
    return { today, groups };
  });
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

/** A training case has its own today; every other case has the institution's. */
async function readTodays(
  tx: Tx,
  rows: DutyRow[],
  now: Date,
  zone: string,
  today: Day,
): Promise<(caseId: string) => Day> {
  const ids = [...new Set(rows.filter((row) => row.case.training).map((row) => row.case.id))];
  if (ids.length === 0) return () => today;
  const cases = await tx.case.findMany({ where: { id: { in: ids } }, select: { id: true, clockOffsetMs: true } });
  const todays = new Map(
    cases.map((one) => [one.id, dayOf(new Date(now.getTime() + Number(one.clockOffsetMs)).toISOString(), zone)]),
  );
  return (caseId) => todays.get(caseId) ?? today;
}
