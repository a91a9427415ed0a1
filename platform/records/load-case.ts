import type { Day, Instant } from '../../domain/calendar/day.ts';
import type { World } from '../../domain/case/decision.ts';
import type { Fact } from '../../domain/case/fact.ts';
import type { FormerDay } from '../../domain/case/movings.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import { ask, type Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { InstitutionRow } from './contract.ts';

/** A case as its last transaction left it, with all that the next one compares and decides by. */
export interface LoadedCase {
  caseId: string;
  institution: InstitutionRow;
  /** `null` once the key is destroyed. */
  wrapped: Uint8Array | null;
  /** `null` before the case is opened. */
  head: CaseHead | null;
  facts: Fact[];
  /** Digest by key: tells which duties changed without reading them. */
  duties: Record<string, string>;
  /** Without the word of undelivered mails: the dispatcher's own, of which the plan knows nothing. */
  notices: StoredNotice[];
  requests: StoredRequest[];
  world: World;
  /** What was awaited as it was shown, where this turn reckons it by a later calendar or rule; else none. */
  former: readonly FormerDay[];
}

export interface CaseHead {
  number: string;
  regulationId: string;
  regulationVersion: number;
  status: 'open' | 'closed';
  stage: StageCode | null;
  level: string | null;
  awaited: { kind: string; code: string }[];
  nextDueOn: Day | null;
  nextWakeAt: Instant | null;
  curatorId: string | null;
  openedBy: string | null;
  openedOn: Day | null;
  category: string | null;
  seq: number;
  clockOffsetMs: number;
  training: boolean;
  headHash: string;
  agendaDigest: string | null;
  /** By what it was reckoned; `null`: before anything knew of it. */
  reckoning: string | null;
}

export interface StoredNotice {
  key: string;
  state: string;
  notBefore: Instant;
  sendAt: Instant;
}

export interface StoredRequest {
  id: string;
  entry: number;
  subject: string;
  kind: string;
  state: string;
  dueOn: Day | null;
}

export interface RawCase {
  wrapped: Uint8Array | null;
  institution: InstitutionRow;
  head: CaseHead | null;
  facts: Fact[];
  duties: Record<string, string>;
  /** Without the word of undelivered mails: the dispatcher's own, of which the plan knows nothing. */
  notices: StoredNotice[];
  requests: StoredRequest[];
  agencies: string[];
  staff: string[];
  load: { curator: string; level: string; cases: number }[];
}

/** The facts of the case whose row of `case_keys` is `k`; `toFacts` reads them. */
export const factsOfCase = sql`
  coalesce((SELECT jsonb_agg(jsonb_build_object('seq', e.seq, 'root', e.root, 'kind', e.kind, 'on', e."on", 'recordedAt', e.recorded_at,
      'recordedOn', e.recorded_on, 'data', e.data) ORDER BY e.seq) FROM events e WHERE e.case_id = k.case_id), '[]')`;

/**
 * Everything of a case, by its row `k` of `case_keys`, in one round trip.
 *
 * Staff and agencies are read with it and not locked. Neither is ever deleted; somebody who leaves the staff at this very
 * moment might as well have left the moment after, and whatever awaits a curator who has left goes to his head.
 */
export const loadedCase = sql`
  k.wrapped,
      (SELECT jsonb_build_object('id', i.id, 'name', i.name, 'zone', i.zone, 'regulation', i.regulation, 'hours', i.hours)
         FROM institutions i WHERE i.id = k.institution_id) AS institution,
      (SELECT jsonb_build_object('number', c.number, 'regulationId', c.regulation_id, 'regulationVersion', c.regulation_version, 'status', c.status,
          'stage', c.stage, 'level', c.level, 'awaited', c.awaited, 'nextDueOn', c.next_due_on, 'nextWakeAt', c.next_wake_at, 'curatorId', c.curator_id,
          'openedBy', c.opened_by, 'openedOn', c.opened_on, 'category', c.category, 'seq', c.seq, 'clockOffsetMs', c.clock_offset_ms,
          'training', c.training, 'headHash', encode(c.head_hash, 'hex'), 'agendaDigest', c.agenda_digest, 'reckoning', c.reckoning)
         FROM cases c WHERE c.id = k.case_id) AS head,
      ${factsOfCase} AS facts,
      coalesce((SELECT jsonb_object_agg(d.key, d.digest) FROM duties d WHERE d.case_id = k.case_id), '{}') AS duties,
      coalesce((SELECT jsonb_agg(jsonb_build_object('key', n.key, 'state', n.state, 'notBefore', n.not_before, 'sendAt', n.send_at))
         FROM notices n WHERE n.case_id = k.case_id AND n.key NOT LIKE '%|%|%|%|%'), '[]') AS notices,
      coalesce((SELECT jsonb_agg(jsonb_build_object('id', r.id, 'entry', r.entry, 'subject', r.subject, 'kind', r.kind, 'state', r.state, 'dueOn', r.due_on))
         FROM requests r WHERE r.case_id = k.case_id), '[]') AS requests,
      coalesce((SELECT jsonb_agg(a.code) FROM agencies a), '[]') AS agencies,
      coalesce((SELECT jsonb_agg(s.id) FROM staff s WHERE s.active), '[]') AS staff,
      coalesce((SELECT jsonb_agg(jsonb_build_object('curator', l.curator_id, 'level', coalesce(l.level, ''), 'cases', l.cases)) FROM (
          SELECT o.curator_id, o.level, count(*)::int AS cases FROM cases o
          WHERE o.status = 'open' AND o.curator_id IS NOT NULL AND NOT o.training AND o.id <> k.case_id GROUP BY o.curator_id, o.level) l), '[]') AS load`;

/** The case as its last transaction left it; before writing, ask in its turn (`Scope.turnOf`). */
export async function findLoadedCase(tx: Tx, caseId: string): Promise<LoadedCase | undefined> {
  const [raw] = await ask<RawCase>(tx, sql`SELECT ${loadedCase} FROM case_keys k WHERE k.case_id = ${caseId}::uuid`);
  return raw && toLoadedCase(caseId, raw);
}

export function toLoadedCase(caseId: string, raw: RawCase): LoadedCase {
  return {
    caseId,
    institution: raw.institution,
    wrapped: raw.wrapped,
    head:
      raw.head === null
        ? null
        : { ...raw.head, nextWakeAt: raw.head.nextWakeAt === null ? null : toInstant(raw.head.nextWakeAt) },
    facts: toFacts(raw.facts),
    duties: raw.duties,
    notices: raw.notices.map((notice) => ({
      ...notice,
      notBefore: toInstant(notice.notBefore),
      sendAt: toInstant(notice.sendAt),
    })),
    requests: raw.requests,
    world: { agencies: new Set(raw.agencies), staff: new Set(raw.staff), curatorLoad: toLoad(raw.load) },
    former: [],
  };
}

export const toFacts = (raw: readonly Fact[]): Fact[] =>
  raw.map((fact) => ({ ...fact, recordedAt: toInstant(fact.recordedAt) }));

/** PostgreSQL writes an instant into JSON with an offset and without trailing zeros; ours has one spelling. */
const toInstant = (text: string): Instant => new Date(text).toISOString();

function toLoad(rows: RawCase['load']): World['curatorLoad'] {
  const load: World['curatorLoad'] = {};
  for (const { curator, level, cases } of rows) (load[curator] ??= {})[level] = cases;
  return load;
}
