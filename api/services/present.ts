import type { Day } from '../../domain/calendar/day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Unblocking } from '../../domain/case/available.ts';
import type { Duty } from '../../domain/case/duty.ts';
import type { Tx } from '../../platform/database/scope.ts';
import type { CaseRow, DutyRow, RecordsDeps } from '../../platform/records/contract.ts';
import { getInstitution } from '../../platform/records/read-directory.ts';
import { readDutyWords } from '../../platform/records/read-duty-words.ts';

export type PresentedRow = Omit<DutyRow, 'case'> & {
  about: string | null;
  case: (NonNullable<DutyRow['case']> & { today: Day }) | null;
};

/** A training case has its own today; every other case has the institution's. */
async function todaysOf(
  tx: Tx,
  { now }: RecordsDeps,
  cases: readonly { id: string; training: boolean }[],
): Promise<(caseId: string) => Day> {
  const { zone } = await getInstitution(tx);
  const today = dayOf(now().toISOString(), zone);
  const ids = [...new Set(cases.filter(({ training }) => training).map(({ id }) => id))];
  if (ids.length === 0) return () => today;
  const rows = await tx.case.findMany({ where: { id: { in: ids } }, select: { id: true, clockOffsetMs: true } });
  const todays = new Map(
    rows.map((one) => [one.id, dayOf(new Date(now().getTime() + Number(one.clockOffsetMs)).toISOString(), zone)]),
  );
  return (caseId) => todays.get(caseId) ?? today;
}

/** Nothing is stored of it: the words of its subject are in the form that asks. */
export const unnamed = (duty: Duty): Duty & { about: null } => ({ ...duty, about: null });

export const withAllowed = (act: Unblocking): Unblocking & { allowed: boolean } => ({
  ...act,
  allowed: act.refusal === null,
});

/** Rows of duties as the pages show them: with the words of what each is about, and today on the clock of its case. */
export async function presentRows(tx: Tx, records: RecordsDeps, rows: readonly DutyRow[]): Promise<PresentedRow[]> {
  const todayOf = await todaysOf(
    tx,
    records,
    rows.flatMap((row) => row.case ?? []),
  );
  const about = await readDutyWords(
    tx,
    records.keyring,
    rows.map((row) => ({ caseId: row.case?.id ?? '', duty: row.case === null ? { words: null } : row })),
  );
  return rows.map((row, index) => ({
    ...row,
    about: about[index] ?? null,
    case: row.case && { ...row.case, today: todayOf(row.case.id) },
  }));
}

export async function presentDuties(
  tx: Tx,
  { keyring }: RecordsDeps,
  caseId: string,
  duties: readonly Duty[],
): Promise<(Duty & { about: string | null })[]> {
  const about = await readDutyWords(
    tx,
    keyring,
    duties.map((duty) => ({ caseId, duty })),
  );
  return duties.map((duty, index) => ({ ...duty, about: about[index] ?? null }));
}

export async function presentCases(
  tx: Tx,
  records: RecordsDeps,
  rows: readonly CaseRow[],
): Promise<(CaseRow & { today: Day })[]> {
  const todayOf = await todaysOf(tx, records, rows);
  return rows.map((row) => ({ ...row, today: todayOf(row.id) }));
}
