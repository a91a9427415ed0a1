import type { Day } from '../../domain/calendar/day.ts';
import type { Sentence } from '../../domain/case/duty.ts';
import { withHouseTitle } from '../../domain/case/house-titles.ts';
import type { Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { CaseVisibility, NoticeRow, Page } from './contract.ts';
import { pageOf, readCursor } from './cursor.ts';
import { ofCurator, visibleCases } from './visibility.ts';

/** A row as PostgreSQL gives it. */
type Raw = Omit<NoticeRow, 'notBefore' | 'sendAt' | 'acceptedAt'> & {
  notBefore: Date;
  sendAt: Date;
  acceptedAt: Date | null;
};

const columns = sql`n.id, n.duty_key AS "dutyKey", n.step, to_char(n.due_on, 'YYYY-MM-DD') AS "dueOn", n.audience, n.urgency, n.template,
  n.not_before AS "notBefore", n.send_at AS "sendAt", to_char(n.case_day, 'YYYY-MM-DD') AS "caseDay", n.state, n.attempts, n.recipient,
  n.accepted_at AS "acceptedAt"`;

const toRow = <Row extends Raw>(row: Row) => ({
  ...row,
  notBefore: row.notBefore.toISOString(),
  sendAt: row.sendAt.toISOString(),
  acceptedAt: row.acceptedAt?.toISOString() ?? null,
});

/** Notices of a case, the latest first, by the case's clock. */
export async function listNotices(
  tx: Tx,
  caseId: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<NoticeRow>> {
  const after = readCursor(page.cursor, ['instant', 'text']);
  const rows = await tx.$queryRaw<Raw[]>`
    SELECT ${columns}
    FROM notices n
    WHERE n.case_id = ${caseId}::uuid
      AND (${after === null} OR (n.not_before, n.key) < (${String(after?.[0] ?? 'infinity')}::timestamptz, (SELECT b.key FROM notices b WHERE b.id::text = ${String(after?.[1] ?? '')})))
    ORDER BY n.not_before DESC, n.key DESC LIMIT ${page.limit + 1}`;
  return pageOf(rows, page.limit, (row) => [row.notBefore.toISOString(), row.id], toRow);
}

export interface NoticeFilter {
  /** Those about the institution's own duties too, which are no case's and no curator's. */
  own?: boolean | undefined;
  /** Days on the case's clock, in the institution's zone. */
  from?: Day | undefined;
  to?: Day | undefined;
  states?: readonly string[] | undefined;
  urgency?: string | undefined;
  /** Only the cases of this curator; `none`: of nobody yet. */
  curatorId?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

export interface InstitutionNotice extends NoticeRow {
  /** `null`: about a duty of the institution itself. */
  case: { id: string; number: string; training: boolean } | null;
  /** The duty it is about, while the case has it. */
  what: Sentence | null;
  clause: string | null;
}

interface RawNotice extends Raw {
  of: InstitutionNotice['case'];
  what: Sentence | null;
  clause: string | null;
}

/** Notices of every case that the viewer may see, and where asked for the institution's own, the latest first. */
export async function listInstitutionNotices(
  tx: Tx,
  visibility: CaseVisibility,
  filter: NoticeFilter,
): Promise<Page<InstitutionNotice>> {
  const after = readCursor(filter.cursor, ['instant', 'text']);
  const rows = await tx.$queryRaw<RawNotice[]>`
    SELECT ${columns}, CASE WHEN c.id IS NOT NULL THEN jsonb_build_object('id', c.id, 'number', c.number, 'training', c.training) END AS of,
      CASE WHEN c.id IS NULL THEN n.vars->'title' ELSE d.detail->'what' END AS what, CASE WHEN c.id IS NULL THEN n.vars->>'clause' ELSE d.clause END AS clause
    FROM notices n
    LEFT JOIN cases c ON c.id = n.case_id
    JOIN institutions i ON i.id = n.institution_id
    LEFT JOIN duties d ON d.case_id = n.case_id AND d.key = n.duty_key
    WHERE ((c.id IS NOT NULL AND ${visibleCases(visibility)} AND ${ofCurator(filter.curatorId)})
        OR (n.case_id IS NULL AND ${filter.own === true && filter.curatorId === undefined}))
      AND (${filter.from ?? null}::date IS NULL OR (n.not_before AT TIME ZONE i.zone)::date >= ${filter.from ?? null}::date)
      AND (${filter.to ?? null}::date IS NULL OR (n.not_before AT TIME ZONE i.zone)::date <= ${filter.to ?? null}::date)
      AND (${filter.states === undefined} OR n.state = ANY (${filter.states ?? []}::text[]))
      AND (${filter.urgency ?? null}::text IS NULL OR n.urgency = ${filter.urgency ?? null})
      AND (${after === null} OR (n.not_before, n.id::text) < (${String(after?.[0] ?? 'infinity')}::timestamptz, ${String(after?.[1] ?? '')}))
    ORDER BY n.not_before DESC, n.id::text DESC
    LIMIT ${filter.limit + 1}`;
  return pageOf(
    rows,
    filter.limit,
    (row) => [row.notBefore.toISOString(), row.id],
    ({ of, ...row }) => ({ ...toRow(row), case: of, what: titleOf(row) }),
  );
}

const titleOf = ({ dutyKey: key, clause, what }: Pick<RawNotice, 'dutyKey' | 'clause' | 'what'>): Sentence | null =>
  key === null || clause === null || what === null ? what : withHouseTitle({ key, clause, what }).what;
