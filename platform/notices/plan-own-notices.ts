import { randomUUID } from 'node:crypto';
import { addMs, dayOf } from '../../domain/calendar/zone.ts';
import { planNotices } from '../../domain/case/plan-notices.ts';
import { ownAgenda, ownDuties } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';
import type { RecordsDeps } from '../records/contract.ts';
import { openNoticeBook } from '../records/notice-book.ts';
import type { LoadedInstitution } from '../records/read-institution.ts';
import { toNotice } from '../records/to-notice.ts';

/**
 * Notices stand in the table this long before their moment: far beyond the dispatcher's longest sleep, so that the
 * watchdog, who looks at the table, sees one that nobody sent.
 */
const preparedAheadMs = 8 * 24 * 60 * 60 * 1000;

/**
 * Brings the table of notices to what the institution's own duties demand: the same plan and the same keys as a case's,
 * with the institution in the case's place. Repeated, it changes nothing.
 */
export async function planOwnNotices(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring' | 'now'>,
  { institution, today, life }: Pick<LoadedInstitution, 'institution' | 'today' | 'life'>,
): Promise<void> {
  if (life === null) return;
  const now = deps.now().toISOString();
  const duties = ownDuties(life, today);
  const agenda = ownAgenda(duties, life, institution.zone);
  const planned = planNotices(agenda, { now, preparedUntil: addMs(now, preparedAheadMs) });
  // Keys with more separators are the word of an undelivered mail: the dispatcher's own, of which the plan knows nothing.
  const stored = await tx.$queryRaw<{ key: string; state: string; notBefore: Date; sendAt: Date }[]>`
    SELECT key, state, not_before AS "notBefore", send_at AS "sendAt" FROM notices WHERE case_id IS NULL AND key NOT LIKE '%|%|%|%|%'`;
  const book = openNoticeBook(
    stored.map((row) => ({ ...row, notBefore: row.notBefore.toISOString(), sendAt: row.sendAt.toISOString() })),
  );
  book.plan(planned, null);
  const { queue, move, withdraw } = book.difference(false);
  const rows = queue.map((one) => ({
    ...toNotice(
      {
        ...{ place: institution.id, keyring: deps.keyring, number: null, training: false },
        projection: { duties, requests: [] },
      },
      one,
    ),
    id: randomUUID(),
    sendAt: one.notBefore > now ? one.notBefore : now,
    caseDay: dayOf(one.notBefore > now ? one.notBefore : now, institution.zone),
  }));
  if (withdraw.length > 0)
    await tx.$executeRaw`
      UPDATE notices SET state = 'withdrawn' WHERE case_id IS NULL AND key = ANY (${withdraw}::text[]) AND state = 'queued'`;
  if (move.length > 0)
    await tx.$executeRaw`
      UPDATE notices n SET not_before = v."notBefore", send_at = v."notBefore"
      FROM jsonb_to_recordset(${JSON.stringify(move)}::jsonb) AS v (key text, "notBefore" timestamptz)
      WHERE n.case_id IS NULL AND n.key = v.key AND n.state = 'queued'`;
  if (rows.length > 0)
    await tx.$executeRaw`
      INSERT INTO notices AS n (id, institution_id, case_id, key, duty_key, step, due_on, audience, urgency, template, vars, not_before, send_at, state, message_id, case_day)
      SELECT q.id, ${institution.id}::uuid, NULL, q.key, q."dutyKey", q.step, q."dueOn", q.audience, q.urgency, q.template, q.vars, q."notBefore", q."sendAt",
        'queued', q."messageId", q."caseDay"
      FROM jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) AS q (id uuid, key text, "dutyKey" text, step text, "dueOn" date, audience text, urgency text,
        template text, vars jsonb, "notBefore" timestamptz, "sendAt" timestamptz, "messageId" text, "caseDay" date)
      ON CONFLICT (message_id) DO UPDATE SET state = 'queued', vars = excluded.vars, not_before = excluded.not_before, send_at = excluded.send_at, case_day = excluded.case_day
      WHERE n.state = 'withdrawn'`;
}
