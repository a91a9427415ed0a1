import type { Day, Instant } from '../../domain/calendar/day.ts';
import { sql } from '../database/sql.ts';

export interface NoticeToWrite {
  id: string;
  key: string;
  dutyKey: string | null;
  step: string;
  dueOn: Day | null;
  audience: string;
  urgency: string;
  template: string;
  vars: unknown;
  notBefore: Instant;
  sendAt: Instant;
  messageId: string;
  caseDay: Day;
}

/** What differs between the notices that the records hold and the plan. */
export interface NoticesToWrite {
  queue: NoticeToWrite[];
  move: { key: string; notBefore: Instant; sendAt: Instant }[];
  withdraw: string[];
}

export interface NoticePlace {
  institutionId: string;
  /** `null`: of the institution's own duties. */
  caseId: string | null;
}

// Two spellings, because each must find its index: a case's notices by case and key, an institution's own by the partial one.
const ofPlace = ({ institutionId, caseId }: NoticePlace) =>
  caseId === null
    ? sql`n.institution_id = ${institutionId}::uuid AND n.case_id IS NULL`
    : sql`n.case_id = ${caseId}::uuid`;
const sameNotice = ({ caseId }: NoticePlace) =>
  caseId === null ? sql`(institution_id, key) WHERE case_id IS NULL` : sql`(case_id, key)`;

export const withdrawnNotices = (place: NoticePlace, { withdraw }: NoticesToWrite) => sql`
      UPDATE notices n SET state = 'withdrawn' WHERE ${ofPlace(place)} AND n.key = ANY (${withdraw}::text[]) AND n.state = 'queued'`;

export const movedNotices = (place: NoticePlace, { move }: NoticesToWrite) => sql`
      UPDATE notices n SET not_before = v."notBefore", send_at = v."sendAt"
      FROM jsonb_to_recordset(${JSON.stringify(move)}::jsonb) AS v (key text, "notBefore" timestamptz, "sendAt" timestamptz)
      WHERE ${ofPlace(place)} AND n.key = v.key AND n.state = 'queued'`;

/** A notice that was withdrawn before it left is planned again: the same mail, the same row. */
export const queuedNotices = (place: NoticePlace, { queue }: NoticesToWrite) => sql`
      INSERT INTO notices AS n (id, institution_id, case_id, key, duty_key, step, due_on, audience, urgency, template, vars, not_before, send_at, state, message_id, case_day)
      SELECT q.id, ${place.institutionId}::uuid, ${place.caseId}::uuid, q.key, q."dutyKey", q.step, q."dueOn", q.audience, q.urgency, q.template, q.vars, q."notBefore", q."sendAt",
        'queued', q."messageId", q."caseDay"
      FROM jsonb_to_recordset(${JSON.stringify(queue)}::jsonb) AS q (id uuid, key text, "dutyKey" text, step text, "dueOn" date, audience text, urgency text,
        template text, vars jsonb, "notBefore" timestamptz, "sendAt" timestamptz, "messageId" text, "caseDay" date)
      ON CONFLICT ${sameNotice(place)} DO UPDATE SET state = 'queued', vars = excluded.vars, not_before = excluded.not_before, send_at = excluded.send_at, case_day = excluded.case_day
      WHERE n.state = 'withdrawn'`;
