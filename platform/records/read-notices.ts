import type { Tx } from '../database/scope.ts';
import type { NoticeRow, Page } from './contract.ts';
import { pageOf, readCursor } from './cursor.ts';

/** Notices of a case, the latest first, by the case's clock. */
export async function listNotices(
  tx: Tx,
  caseId: string,
  page: { cursor?: string | undefined; limit: number },
): Promise<Page<NoticeRow>> {
  const after = readCursor(page.cursor, ['instant', 'text']);
  const rows = await tx.$queryRaw<
    (Omit<NoticeRow, 'notBefore' | 'sendAt' | 'acceptedAt'> & {
      notBefore: Date;
      sendAt: Date;
      acceptedAt: Date | null;
    })[]
  >`
    SELECT id, duty_key AS "dutyKey", step, to_char(due_on, 'YYYY-MM-DD') AS "dueOn", audience, urgency, template, not_before AS "notBefore", send_at AS "sendAt",
      to_char(case_day, 'YYYY-MM-DD') AS "caseDay", state, attempts, recipient, accepted_at AS "acceptedAt"
    FROM notices
    WHERE case_id = ${caseId}::uuid
      AND (${after === null} OR (not_before, key) < (${String(after?.[0] ?? 'infinity')}::timestamptz, (SELECT n.key FROM notices n WHERE n.id::text = ${String(after?.[1] ?? '')})))
    ORDER BY not_before DESC, key DESC LIMIT ${page.limit + 1}`;
  return pageOf(
    rows,
    page.limit,
    (row) => [row.notBefore.toISOString(), row.id],
    (row) => ({
      ...row,
      notBefore: row.notBefore.toISOString(),
      sendAt: row.sendAt.toISOString(),
      acceptedAt: row.acceptedAt?.toISOString() ?? null,
    }),
  );
}
