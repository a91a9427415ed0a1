import type { Actor } from '../../domain/access/actor.ts';
import { relationsAllowing } from '../../domain/access/may-do.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { wholeInstitution } from '../../domain/institution/own-duties.ts';
import type { DutyRow, Page } from '../../platform/records/contract.ts';
import { pageOf, readCursor } from '../../platform/records/cursor.ts';
import type { DutyFilter } from '../../platform/records/read-duties.ts';

export const mayReadOwn = (actor: Actor): boolean => relationsAllowing(actor.role, 'readInstitution').length > 0;

/** A duty of the institution itself, beside those of cases. */
export const asOwnRow = (duty: Duty): DutyRow => ({ ...duty, case: null, curator: null });

/** Whether the actor is the one awaited; what awaits the institution as a whole awaits those who head it. */
export const awaitsOwn = ({ role }: Actor, { awaited }: Pick<Duty, 'awaited'>): boolean =>
  awaited.kind === wholeInstitution.kind && awaited.code === wholeInstitution.code
    ? role === 'head' || role === 'deputyDirector'
    : awaited.kind === 'role' && awaited.code === role;

type Key = [string, string, string];
const keyOf = ({ dueOn, case: of, key }: DutyRow): Key => [dueOn ?? 'infinity', of?.number ?? '', key];
const compare = (a: Key, b: Key): number => {
  const at = a.findIndex((part, index) => part !== b[index]);
  return at === -1 ? 0 : (a[at] as string) < (b[at] as string) ? -1 : 1;
};

/**
 * A page of duties of cases with the institution's own among them: on one day the institution's stand first, as their
 * missing number sorts before any. The cursor is that of the cases' list.
 */
export function withOwnRows(page: Page<DutyRow>, own: readonly Duty[], filter: DutyFilter): Page<DutyRow> {
  const after = readCursor(filter.cursor, ['day', 'text', 'text']) as Key | null;
  const wanted = own
    .filter((duty) => fits(duty, filter))
    .map(asOwnRow)
    .filter((row) => after === null || compare(keyOf(row), after) > 0)
    .sort((a, b) => compare(keyOf(a), keyOf(b)));
  const items: DutyRow[] = [];
  // Cases keep the order that the records gave them: only days are compared across the two lists.
  const rest = [...wanted];
  for (const row of page.items) {
    while (rest[0] && (rest[0].dueOn ?? 'infinity') <= (row.dueOn ?? 'infinity')) items.push(rest.shift() as DutyRow);
    items.push(row);
  }
  // With more cases to come, what is due after the last of them belongs to a later page.
  if (page.nextCursor === null) items.push(...rest);
  const cut = pageOf(items, filter.limit, keyOf, (row) => row);
  return { items: cut.items, nextCursor: cut.nextCursor ?? page.nextCursor };
}

const fits = (duty: Duty, { from, to, states, awaited, curatorId }: DutyFilter): boolean =>
  curatorId === undefined &&
  (from === undefined || (duty.dueOn !== null && duty.dueOn >= from)) &&
  (to === undefined || (duty.dueOn !== null && duty.dueOn <= to)) &&
  (states === undefined || states.includes(duty.state)) &&
  (awaited === undefined || duty.awaited.code === awaited);
