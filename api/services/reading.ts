import { dayOf } from '../../domain/calendar/zone.ts';
import { actions } from '../../domain/access/action.ts';
import type { Actor } from '../../domain/access/actor.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../../platform/database/scope.ts';
import type { DutyRow, InstitutionRow, Page } from '../../platform/records/contract.ts';
import { listCases } from '../../platform/records/read-cases.ts';
import { getInstitution, listAgencies, listStaff } from '../../platform/records/read-directory.ts';
import { listCaseDuties, listDuties, readLateByCurator } from '../../platform/records/read-duties.ts';
import type { DutyFilter } from '../../platform/records/read-duties.ts';
import { loadInstitution } from '../../platform/records/read-institution.ts';
import { listInstitutionNotices, listNotices } from '../../platform/records/read-notices.ts';
import { findNamedRegulation } from '../../platform/records/rules.ts';
import { listTimeline } from '../../platform/records/read-timeline.ts';
import { countOutdatedCases } from '../../platform/watchdog/outdated.ts';
import { countWaitingMails } from '../../platform/watchdog/waiting-mails.ts';
import { NoticeState } from '../schemas/case.ts';
import { readMyDay } from './my-day.ts';
import { mayReadOwn, withOwnRows } from './own-rows.ts';
import { presentCases, presentDuties, presentRows } from './present.ts';
import { dispatcherSleepMs } from '../../workflows/messages.ts';
import { alertAfterMs } from './overdue-wakes.ts';
import type { Services } from './services.ts';
import { readUnknown } from './unknown.ts';
import { visibilityOf } from './visibility.ts';
import type { Wiring } from './wiring.ts';

type Reading = Pick<
  Services,
  | 'readMe'
  | 'readMyDay'
  | 'listCases'
  | 'listDuties'
  | 'listNotices'
  | 'readLate'
  | 'readDuties'
  | 'readEvents'
  | 'readNotices'
  | 'listStaff'
  | 'listAgencies'
>;

/** What the pages show that the records hold as it is asked for. */
export function readingServices({ records, mailbox }: Wiring): Reading {
  const { db, keyring, rules, now } = records;
  const within = <T>(actor: Actor, read: (tx: Tx) => Promise<T>): Promise<T> => db.inSnapshot(actor, read);

  /** Duties of cases, and the institution's own where the actor may see them and the filter does not leave them out. */
  const addOwn = async (tx: Tx, actor: Actor, page: Page<DutyRow>, filter: DutyFilter): Promise<Page<DutyRow>> => {
    if (!mayReadOwn(actor)) return page;
    const { life, today } = await loadInstitution(tx, { rules, now });
    if (life === null) return page;
    const laws = life.laws.filter(({ versions }) => versions.some((one) => isOf(one.regulation, filter.regulation)));
    return withOwnRows(page, ownDuties({ ...life, laws }, today), filter);
  };

  /** What a case opened now would follow. */
  const current = ({ regulation }: InstitutionRow): { id: string; version: number } => {
    const found = findNamedRegulation(rules, regulation);
    return { id: found?.id ?? regulation, version: found?.version ?? 1 };
  };

  return {
    readMe: (actor) =>
      within(actor, async (tx) => {
        const institution = await getInstitution(tx);
        const { name } = await tx.staff.findUniqueOrThrow({ where: { id: actor.staffId }, select: { name: true } });
        const { role, body, department, agency } = actor;
        return {
          staffId: actor.staffId,
          ...{ name, role, body, department, agency },
          institution: {
            id: institution.id,
            name: institution.name,
            zone: institution.zone,
            regulation: current(institution),
          },
          today: dayOf(now().toISOString(), institution.zone),
          may: actions.filter((action) => relationsAllowing(role, action).length > 0),
          mailbox: mailbox !== null,
        };
      }),

    readMyDay: (actor) => readMyDay(records, actor),

    listCases: (actor, query) =>
      within(actor, async (tx) => {
        const seen = visibilityOf(actor, 'readCase');
        const page = await listCases(tx, keyring, seen, query);
        const items = await presentCases(tx, records, page.items);
        return { ...page, items, ...(await readUnknown(tx, records, actor, seen)) };
      }),

    listDuties: (actor, { state: states, curator: curatorId, ...query }) =>
      within(actor, async (tx) => {
        const filter = { ...query, states, curatorId };
        const seen = visibilityOf(actor, 'readCase');
        const page = await addOwn(tx, actor, await listDuties(tx, keyring, seen, filter), filter);
        const items = await presentRows(tx, records, page.items);
        return { ...page, items, ...(await readUnknown(tx, records, actor, seen)) };
      }),

    listNotices: (actor, { state: states, curator: curatorId, ...query }) =>
      within(actor, async (tx) => {
        const filter = { ...query, states, curatorId, own: mayReadOwn(actor) };
        const { items, nextCursor } = await listInstitutionNotices(tx, visibilityOf(actor, 'readCase'), filter);
        return { items: items.map((item) => ({ ...item, state: NoticeState.parse(item.state) })), nextCursor };
      }),

    readLate: (actor, query) =>
      within(actor, async (tx) => {
        const seen = visibilityOf(actor, 'readLate');
        const { zone } = await getInstitution(tx);
        const filter: DutyFilter = { ...query, states: ['overdue'] };
        const page = await addOwn(tx, actor, await listDuties(tx, keyring, seen, filter), filter);
        const byCurator = await readLateByCurator(tx, seen, dayOf(now().toISOString(), zone));
        return {
          ...page,
          items: await presentRows(tx, records, page.items),
          byCurator,
          overdueWakes: await countOverdueWakes(tx, now()),
          waitingMails: await countWaitingMails(tx, new Date(now().getTime() - alertAfterMs)),
          outdated: await countOutdatedCases(tx),
          ...(await readUnknown(tx, records, actor, seen)),
        };
      }),

    readDuties: (actor, caseId) =>
      within(actor, async (tx) => ({
        items: await presentDuties(tx, records, caseId, await listCaseDuties(tx, caseId)),
      })),

    readEvents: (actor, caseId, query) => within(actor, (tx) => listTimeline(tx, keyring, caseId, query)),

    readNotices: (actor, caseId, query) =>
      within(actor, async (tx) => {
        const { items, nextCursor } = await listNotices(tx, caseId, query);
        return { items: items.map((item) => ({ ...item, state: NoticeState.parse(item.state) })), nextCursor };
      }),

    listStaff: (actor) =>
      within(actor, async (tx) => ({
        items: (await listStaff(tx)).map(({ agency, ...person }) => ({ ...person, agency: agency?.code ?? null })),
        nextCursor: null,
      })),

    listAgencies: (actor) => within(actor, async (tx) => ({ items: await listAgencies(tx), nextCursor: null })),
  };
}

const isOf = ({ id, version }: { id: string; version: number }, asked: string | undefined): boolean =>
  asked === undefined || asked === id || asked === `${id}@${version}`;

/** Of the institution alone: its cases', and its own. */
async function countOverdueWakes(tx: Tx, now: Date): Promise<number> {
  const before = now.getTime() - alertAfterMs;
  const cases = await tx.case.count({ where: { nextWakeAt: { lt: new Date(before) } } });
  return cases + (await tx.institution.count({ where: { plannedAt: { lt: new Date(before - dispatcherSleepMs) } } }));
}
