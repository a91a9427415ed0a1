import type { Day, Instant } from '../../domain/calendar/day.ts';
import type { Awaited } from '../../domain/case/duty.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import { send, type Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import { closing, newEvents, newTexts, type ClosedCommand, type EventToWrite } from './write-log.ts';
import { movedNotices, queuedNotices, withdrawnNotices, type NoticesToWrite } from './write-notices.ts';

/** Everything that one transaction changes in the records of a case. */
export interface Transition {
  institutionId: string;
  caseId: string;
  head: HeadToWrite;
  events: EventToWrite[];
  texts: { seq: number; sealed: Buffer }[];
  family: Buffer | null;
  duties: { put: DutyToWrite[]; remove: string[] };
  /** `null`: as it was. */
  agenda: AgendaToWrite[] | null;
  notices: NoticesToWrite;
  requests: RequestToWrite[];
}

export interface HeadToWrite {
  number: string;
  regulationId: string;
  regulationVersion: number;
  status: 'open' | 'closed';
  stage: StageCode | null;
  level: string | null;
  category: string | null;
  curatorId: string | null;
  openedBy: string | null;
  openedOn: Day | null;
  seq: number;
  nextWakeAt: Instant | null;
  nextDueOn: Day | null;
  awaited: Awaited[];
  clockOffsetMs: number;
  training: boolean;
  headHash: string;
  agendaDigest: string | null;
  reckoning: string;
  /** The case's clock. */
  projectedAt: Instant;
}

export interface DutyToWrite {
  key: string;
  rule: string;
  clause: string;
  dueOn: Day | null;
  state: string;
  metOn: Day | null;
  awaitedKind: string;
  awaitedCode: string;
  scope: string;
  detail: unknown;
  digest: string;
}

export interface AgendaToWrite {
  dutyKey: string;
  step: string;
  audience: string;
  at: Instant;
  dueOn: Day | null;
  urgency: string;
}

export interface RequestToWrite {
  id: string;
  entry: number;
  subject: string;
  agencyCode: string;
  kind: string;
  dueOn: Day | null;
  state: string;
  sentAt: Instant | null;
  answeredAt: Instant | null;
}

/**
 * Sends a transition, which closes the command that made it, in one statement: one round trip, whatever its size, and
 * nothing to leave half done.
 */
export function writeTransition(tx: Tx, t: Transition, closed?: ClosedCommand): void {
  const { institutionId: institution, caseId, head } = t;
  send(
    tx,
    sql`
    WITH command AS (${closing(closed)}
    ), head AS (
      INSERT INTO cases AS c (id, institution_id, number, regulation_id, regulation_version, status, stage, level, category, curator_id, opened_by, opened_on,
        seq, next_wake_at, next_due_on, awaited, clock_offset_ms, training, head_hash, agenda_digest, reckoning, projected_at)
      SELECT ${caseId}::uuid, ${institution}::uuid, h.number, h."regulationId", h."regulationVersion", h.status, h.stage, h.level, h.category, h."curatorId",
        h."openedBy", h."openedOn", h.seq, h."nextWakeAt", h."nextDueOn", h.awaited, h."clockOffsetMs", h.training, decode(h."headHash", 'hex'), h."agendaDigest", h.reckoning, h."projectedAt"
      FROM jsonb_to_record(${JSON.stringify(head)}::jsonb) AS h (number text, "regulationId" text, "regulationVersion" int, status text, stage text, level text,
        category text, "curatorId" text, "openedBy" text, "openedOn" date, seq int, "nextWakeAt" timestamptz, "nextDueOn" date, awaited jsonb,
        "clockOffsetMs" bigint, training boolean, "headHash" text, "agendaDigest" text, reckoning text, "projectedAt" timestamptz)
      ON CONFLICT (id) DO UPDATE SET regulation_id = excluded.regulation_id, regulation_version = excluded.regulation_version, status = excluded.status,
        stage = excluded.stage, level = excluded.level, category = excluded.category, curator_id = excluded.curator_id, opened_on = excluded.opened_on,
        seq = excluded.seq, next_wake_at = excluded.next_wake_at, next_due_on = excluded.next_due_on, awaited = excluded.awaited,
        clock_offset_ms = excluded.clock_offset_ms, head_hash = excluded.head_hash, agenda_digest = excluded.agenda_digest, reckoning = excluded.reckoning, projected_at = excluded.projected_at, updated_at = now()
    ), new_events AS (${newEvents(t, t.events)}
    ), new_texts AS (${newTexts(t, t.texts)}
    ), new_family AS (
      INSERT INTO families (case_id, institution_id, sealed)
      SELECT ${caseId}::uuid, ${institution}::uuid, f.sealed FROM (SELECT ${t.family}::bytea AS sealed) f WHERE f.sealed IS NOT NULL
      ON CONFLICT (case_id) DO UPDATE SET sealed = excluded.sealed
    ), gone_duties AS (
      DELETE FROM duties WHERE case_id = ${caseId}::uuid AND key = ANY (${t.duties.remove}::text[])
    ), new_duties AS (
      INSERT INTO duties (case_id, key, institution_id, rule, clause, due_on, state, met_on, awaited_kind, awaited_code, scope, detail, digest)
      SELECT ${caseId}::uuid, d.key, ${institution}::uuid, d.rule, d.clause, d."dueOn", d.state, d."metOn", d."awaitedKind", d."awaitedCode", d.scope, d.detail, d.digest
      FROM jsonb_to_recordset(${JSON.stringify(t.duties.put)}::jsonb) AS d (key text, rule text, clause text, "dueOn" date, state text, "metOn" date,
        "awaitedKind" text, "awaitedCode" text, scope text, detail jsonb, digest text)
      ON CONFLICT (case_id, key) DO UPDATE SET rule = excluded.rule, clause = excluded.clause, due_on = excluded.due_on, state = excluded.state,
        met_on = excluded.met_on, awaited_kind = excluded.awaited_kind, awaited_code = excluded.awaited_code, scope = excluded.scope,
        detail = excluded.detail, digest = excluded.digest
    ), gone_agenda AS (
      DELETE FROM agenda a WHERE a.case_id = ${caseId}::uuid AND ${t.agenda !== null} AND NOT EXISTS (
        SELECT 1 FROM jsonb_to_recordset(${JSON.stringify(t.agenda ?? [])}::jsonb) AS w ("dutyKey" text, step text, audience text)
        WHERE w."dutyKey" = a.duty_key AND w.step = a.step AND w.audience = a.audience)
    ), new_agenda AS (
      INSERT INTO agenda AS a (case_id, duty_key, step, audience, institution_id, at, due_on, urgency)
      SELECT ${caseId}::uuid, w."dutyKey", w.step, w.audience, ${institution}::uuid, w.at, w."dueOn", w.urgency
      FROM jsonb_to_recordset(${JSON.stringify(t.agenda ?? [])}::jsonb) AS w ("dutyKey" text, step text, audience text, at timestamptz, "dueOn" date, urgency text)
      ON CONFLICT (case_id, duty_key, step, audience) DO UPDATE SET at = excluded.at, due_on = excluded.due_on, urgency = excluded.urgency
      WHERE (a.at, a.due_on, a.urgency) IS DISTINCT FROM (excluded.at, excluded.due_on, excluded.urgency)
    ), withdrawn AS (${withdrawnNotices(t, t.notices)}
    ), moved AS (${movedNotices(t, t.notices)}
    ), queued AS (${queuedNotices(t, t.notices)}
    )
    INSERT INTO requests AS r (id, institution_id, case_id, entry, subject, agency_code, kind, due_on, state, sent_at, answered_at)
    SELECT q.id, ${institution}::uuid, ${caseId}::uuid, q.entry, q.subject, q."agencyCode", q.kind, q."dueOn", q.state, q."sentAt", q."answeredAt"
    FROM jsonb_to_recordset(${JSON.stringify(t.requests)}::jsonb) AS q (id uuid, entry int, subject text, "agencyCode" text, kind text, "dueOn" date, state text,
      "sentAt" timestamptz, "answeredAt" timestamptz)
    ON CONFLICT (id) DO UPDATE SET agency_code = excluded.agency_code, due_on = excluded.due_on, state = excluded.state, sent_at = excluded.sent_at,
      answered_at = excluded.answered_at`,
  );
}
