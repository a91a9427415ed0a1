import type { Day, Instant } from '../../domain/calendar/day.ts';
import type { Awaited } from '../../domain/case/duty.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import type { Tx } from '../database/scope.ts';
import type { CommandAnswer } from './contract.ts';

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
  notices: { queue: NoticeToWrite[]; move: { key: string; notBefore: Instant; sendAt: Instant }[]; withdraw: string[] };
  requests: RequestToWrite[];
}

/** A command that was accepted, with its answer. */
export interface ClosedCommand {
  id: string;
  answer: CommandAnswer;
  closedAt: Date;
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
  /** The case's clock. */
  projectedAt: Instant;
}

export interface EventToWrite {
  seq: number;
  kind: string;
  root: number;
  on: Day;
  recordedAt: Instant;
  recordedOn: Day;
  commandId: string;
  data: unknown;
  textHashes: Record<string, string>;
  previousHash: string;
  hash: string;
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
 * Writes a transition, and closes the command that made it, in one statement: one round trip, whatever its size, and
 * nothing to leave half done.
 */
export async function writeTransition(tx: Tx, t: Transition, closing?: ClosedCommand): Promise<void> {
  const { institutionId: institution, caseId, head } = t;
  await tx.$executeRaw`
    WITH command AS (
      UPDATE commands SET state = 'applied', answer = ${JSON.stringify(closing?.answer ?? null)}::jsonb, closed_at = ${closing?.closedAt ?? null}
      WHERE id = ${closing?.id ?? null}::uuid
    ), head AS (
      INSERT INTO cases AS c (id, institution_id, number, regulation_id, regulation_version, status, stage, level, category, curator_id, opened_by, opened_on,
        seq, next_wake_at, next_due_on, awaited, clock_offset_ms, training, head_hash, agenda_digest, projected_at)
      SELECT ${caseId}::uuid, ${institution}::uuid, h.number, h."regulationId", h."regulationVersion", h.status, h.stage, h.level, h.category, h."curatorId",
        h."openedBy", h."openedOn", h.seq, h."nextWakeAt", h."nextDueOn", h.awaited, h."clockOffsetMs", h.training, decode(h."headHash", 'hex'), h."agendaDigest", h."projectedAt"
      FROM jsonb_to_record(${JSON.stringify(head)}::jsonb) AS h (number text, "regulationId" text, "regulationVersion" int, status text, stage text, level text,
        category text, "curatorId" text, "openedBy" text, "openedOn" date, seq int, "nextWakeAt" timestamptz, "nextDueOn" date, awaited jsonb,
        "clockOffsetMs" bigint, training boolean, "headHash" text, "agendaDigest" text, "projectedAt" timestamptz)
      ON CONFLICT (id) DO UPDATE SET regulation_id = excluded.regulation_id, regulation_version = excluded.regulation_version, status = excluded.status,
        stage = excluded.stage, level = excluded.level, category = excluded.category, curator_id = excluded.curator_id, opened_on = excluded.opened_on,
        seq = excluded.seq, next_wake_at = excluded.next_wake_at, next_due_on = excluded.next_due_on, awaited = excluded.awaited,
        clock_offset_ms = excluded.clock_offset_ms, head_hash = excluded.head_hash, agenda_digest = excluded.agenda_digest, projected_at = excluded.projected_at, updated_at = now()
    ), new_events AS (
      INSERT INTO events (case_id, seq, institution_id, kind, root, "on", recorded_at, recorded_on, command_id, data, text_hashes, previous_hash, hash)
      SELECT ${caseId}::uuid, e.seq, ${institution}::uuid, e.kind, e.root, e."on", e."recordedAt", e."recordedOn", e."commandId", e.data, e."textHashes",
        decode(e."previousHash", 'hex'), decode(e.hash, 'hex')
      FROM jsonb_to_recordset(${JSON.stringify(t.events)}::jsonb) AS e (seq int, kind text, root int, "on" date, "recordedAt" timestamptz, "recordedOn" date,
        "commandId" uuid, data jsonb, "textHashes" jsonb, "previousHash" text, hash text)
    ), new_texts AS (
      INSERT INTO event_texts (case_id, seq, institution_id, sealed)
      SELECT ${caseId}::uuid, x.seq, ${institution}::uuid, decode(x.sealed, 'base64')
      FROM jsonb_to_recordset(${JSON.stringify(t.texts.map((text) => ({ seq: text.seq, sealed: text.sealed.toString('base64') })))}::jsonb) AS x (seq int, sealed text)
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
    ), withdrawn AS (
      UPDATE notices SET state = 'withdrawn' WHERE case_id = ${caseId}::uuid AND key = ANY (${t.notices.withdraw}::text[]) AND state = 'queued'
    ), moved AS (
      UPDATE notices n SET not_before = v."notBefore", send_at = v."sendAt"
      FROM jsonb_to_recordset(${JSON.stringify(t.notices.move)}::jsonb) AS v (key text, "notBefore" timestamptz, "sendAt" timestamptz)
      WHERE n.case_id = ${caseId}::uuid AND n.key = v.key AND n.state = 'queued'
    ), queued AS (
      INSERT INTO notices AS n (id, institution_id, case_id, key, duty_key, step, due_on, audience, urgency, template, vars, not_before, send_at, state, message_id, case_day)
      SELECT q.id, ${institution}::uuid, ${caseId}::uuid, q.key, q."dutyKey", q.step, q."dueOn", q.audience, q.urgency, q.template, q.vars, q."notBefore", q."sendAt",
        'queued', q."messageId", q."caseDay"
      FROM jsonb_to_recordset(${JSON.stringify(t.notices.queue)}::jsonb) AS q (id uuid, key text, "dutyKey" text, step text, "dueOn" date, audience text, urgency text,
        template text, vars jsonb, "notBefore" timestamptz, "sendAt" timestamptz, "messageId" text, "caseDay" date)
      -- A notice that was withdrawn before it left is planned again: the same mail, the same row.
      ON CONFLICT (case_id, key) DO UPDATE SET state = 'queued', vars = excluded.vars, not_before = excluded.not_before, send_at = excluded.send_at, case_day = excluded.case_day
      WHERE n.state = 'withdrawn'
    )
    INSERT INTO requests AS r (id, institution_id, case_id, entry, subject, agency_code, kind, due_on, state, sent_at, answered_at)
    SELECT q.id, ${institution}::uuid, ${caseId}::uuid, q.entry, q.subject, q."agencyCode", q.kind, q."dueOn", q.state, q."sentAt", q."answeredAt"
    FROM jsonb_to_recordset(${JSON.stringify(t.requests)}::jsonb) AS q (id uuid, entry int, subject text, "agencyCode" text, kind text, "dueOn" date, state text,
      "sentAt" timestamptz, "answeredAt" timestamptz)
    ON CONFLICT (id) DO UPDATE SET agency_code = excluded.agency_code, due_on = excluded.due_on, state = excluded.state, sent_at = excluded.sent_at,
      answered_at = excluded.answered_at`;
}
