import type { Day } from '../../domain/calendar/day.ts';
import type { Duty, DutyState } from '../../domain/case/duty.ts';
import { withHouseTitle } from '../../domain/case/house-titles.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import type { CaseVisibility, DutyRow, LateByCurator, Page, PersonRef } from './contract.ts';
import { pageOf, readCursor } from './cursor.ts';
import { openFamily, type SealedFamily } from './family.ts';
import { joinedCurator, ofCurator, ofRegulation, visibleCases } from './visibility.ts';

/** The duties of a case as of its last transaction, soonest first, undated ones last. */
export async function listCaseDuties(tx: Tx, caseId: string): Promise<Duty[]> {
  const rows = await tx.$queryRaw<{ detail: Duty }[]>`
    SELECT detail FROM duties WHERE case_id = ${caseId}::uuid ORDER BY due_on NULLS LAST, key`;
  return rows.map((row) => withHouseTitle(row.detail));
}

export interface DutyFilter {
  from?: Day | undefined;
  to?: Day | undefined;
  states?: DutyState[] | undefined;
  /** Code of a role, a body or an agency. */
  awaited?: string | undefined;
  /** Only duties awaited from somebody else than a role of the institution. */
  awaitedFromOthers?: boolean | undefined;
  /** `id` or `id@version`: only cases pinned to it. */
  regulation?: string | undefined;
  /** Only the cases of this curator; `none`: of nobody yet. */
  curatorId?: string | undefined;
  /** Cases whose support has ended too; left out by default. */
  closed?: boolean | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface RawDuty extends SealedFamily {
  detail: Duty;
  number: string;
  training: boolean;
  curatorId: string | null;
  curatorName: string | null;
}

/** Duties of every case that the viewer may see, soonest first. */
export async function listDuties(
  tx: Tx,
  keyring: Keyring,
  visibility: CaseVisibility,
  filter: DutyFilter,
): Promise<Page<DutyRow>> {
  const after = readCursor(filter.cursor, ['day', 'text', 'text']);
  const states = filter.states ?? null;
  const rows = await tx.$queryRaw<RawDuty[]>`
    SELECT d.detail, c.id AS "caseId", c.number, c.training, s.id AS "curatorId", s.name AS "curatorName", k.wrapped, f.sealed AS "sealedFamily"
    FROM duties d
    JOIN cases c ON c.id = d.case_id
    JOIN case_keys k ON k.case_id = c.id
    LEFT JOIN families f ON f.case_id = c.id
    ${joinedCurator}
    WHERE ${visibleCases(visibility)}
      AND (${filter.closed ?? false} OR c.status = 'open' OR d.state IN ('open', 'overdue'))
      AND (${filter.from ?? null}::date IS NULL OR d.due_on >= ${filter.from ?? null}::date)
      AND (${filter.to ?? null}::date IS NULL OR d.due_on <= ${filter.to ?? null}::date)
      AND (${states === null} OR d.state = ANY (${states ?? []}::text[]))
      AND (${filter.awaited ?? null}::text IS NULL OR d.awaited_code = ${filter.awaited ?? null})
      AND (${filter.awaitedFromOthers ?? null}::boolean IS NULL OR (d.awaited_kind <> 'role') = ${filter.awaitedFromOthers ?? null}::boolean)
      AND ${ofRegulation(filter.regulation)}
      AND ${ofCurator(filter.curatorId)}
      AND (${after === null} OR (coalesce(d.due_on, 'infinity'), c.number, d.key) > (${String(after?.[0] ?? '-infinity')}::date, ${String(after?.[1] ?? '')}, ${String(after?.[2] ?? '')}))
    ORDER BY coalesce(d.due_on, 'infinity'), c.number, d.key
    LIMIT ${filter.limit + 1}`;
  return pageOf(
    rows,
    filter.limit,
    (row) => [row.detail.dueOn ?? 'infinity', row.number, row.detail.key],
    (row) => ({
      ...withHouseTitle(row.detail),
      case: {
        id: row.caseId,
        number: row.number,
        family: openFamily(keyring, row)?.name ?? null,
        training: row.training,
      },
      curator: person(row.curatorId, row.curatorName),
    }),
  );
}

/**
 * What is late and what is due within 7 days, by curator; the heaviest first. A family whose support has ended is none
 * of his any more, but what outlived its end (`outlivesSupport`) is still late. `today`: the institution's day.
 */
export async function readLateByCurator(tx: Tx, visibility: CaseVisibility, today: Day): Promise<LateByCurator[]> {
  const rows = await tx.$queryRaw<
    { curatorId: string | null; curatorName: string | null; cases: number; late: number; soon: number }[]
  >`
    SELECT s.id AS "curatorId", max(s.name) AS "curatorName", count(DISTINCT c.id) FILTER (WHERE c.status = 'open')::int AS cases,
      count(*) FILTER (WHERE d.state = 'overdue')::int AS late,
      count(*) FILTER (WHERE d.state = 'open' AND d.due_on BETWEEN ${today}::date AND ${today}::date + 7)::int AS soon
    FROM cases c
    LEFT JOIN duties d ON d.case_id = c.id AND d.state IN ('open', 'overdue')
    ${joinedCurator}
    WHERE ${visibleCases(visibility)} AND (c.status = 'open' OR d.state = 'overdue' OR d.due_on <= ${today}::date + 7)
    GROUP BY s.id
    ORDER BY late DESC, soon DESC, max(s.name)`;
  return rows.map((row) => ({
    curator: person(row.curatorId, row.curatorName),
    cases: row.cases,
    late: row.late,
    soon: row.soon,
  }));
}

const person = (id: string | null, name: string | null): PersonRef | null =>
  id === null || name === null ? null : { id, name };
