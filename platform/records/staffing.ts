import type { StaffRow } from './contract.ts';
import { listStaff } from './read-directory.ts';
import type { Tx } from '../database/scope.ts';

/** Somebody of the staff, and how many cases that are still looked after are his. */
export interface Employed extends StaffRow {
  cases: number;
}

/** Everybody who works or has worked in the institution of the scope, by name. */
export async function listEmployed(tx: Tx): Promise<Employed[]> {
  const loads = await tx.$queryRaw<{ id: string; cases: number }[]>`
    SELECT coalesce(curator_id, opened_by) AS id, count(*)::int AS cases FROM cases
    WHERE status = 'open' OR next_wake_at IS NOT NULL GROUP BY 1`;
  const casesOf = new Map(loads.map(({ id, cases }) => [id, cases]));
  return (await listStaff(tx)).map((person) => ({ ...person, cases: casesOf.get(person.id) ?? 0 }));
}

/** Whether it changed anything: two who say the same at the same moment are not both right. */
export async function setActive(tx: Tx, staffId: string, active: boolean): Promise<boolean> {
  const { count } = await tx.staff.updateMany({ where: { id: staffId, active: !active }, data: { active } });
  return count > 0;
}
