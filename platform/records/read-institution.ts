import type { Day, Instant } from '../../domain/calendar/day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { standing } from '../../domain/institution/decide-report.ts';
import type { InstitutionEntry } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { InstitutionLife } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';
import type { InstitutionRow, RecordsDeps } from './contract.ts';
import { withHours } from './project.ts';
import { findNamedRegulation } from './rules.ts';

/** An institution with its own log, read for its own duties. */
export interface LoadedInstitution {
  institution: InstitutionRow;
  today: Day;
  log: InstitutionLogRow[];
  /** `null` where this process knows no such law: a case of it could not be opened either. */
  life: InstitutionLife | null;
}

export interface InstitutionLogRow extends InstitutionEntry {
  recordedOn: Day;
  by: { id: string; name: string } | null;
}

interface Raw {
  institution: InstitutionRow;
  enteredAt: Instant;
  log: InstitutionLogRow[] | null;
}

/** One at a time writes in the institution's own log and plans its notices; held until the transaction ends. */
export async function lockInstitution(tx: Tx, institutionId: string): Promise<void> {
  await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`institution ${institutionId}`}, 0))`;
}

/** The institution of the scope, in one round trip; the day its support began, in another. */
export async function loadInstitution(tx: Tx, deps: Pick<RecordsDeps, 'rules' | 'now'>): Promise<LoadedInstitution> {
  const [row] = await tx.$queryRaw<Raw[]>`
    SELECT jsonb_build_object('id', i.id, 'name', i.name, 'zone', i.zone, 'regulation', i.regulation, 'hours', i.hours) AS institution,
      to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "enteredAt",
      (SELECT jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'on', e."on", 'recordedOn', e.recorded_on,
          'recordedAt', to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'data', e.data,
          'by', CASE WHEN s.id IS NULL THEN NULL ELSE jsonb_build_object('id', s.id, 'name', s.name) END) ORDER BY e.seq)
         FROM institution_events e JOIN institution_commands m ON m.id = e.command_id
         LEFT JOIN staff s ON m.actor_kind = 'user' AND s.id::text = m.actor_id
         WHERE e.institution_id = i.id) AS log
    FROM institutions i`;
  if (row === undefined) throw new Error('no institution in this scope');
  const { institution, enteredAt } = row;
  const log = row.log ?? [];
  const regulation = findNamedRegulation(deps.rules, institution.regulation);
  const today = dayOf(deps.now().toISOString(), institution.zone);
  if (regulation === undefined) return { institution, today, log, life: null };
  // A training case is nobody's support: its clock and its families are for learning.
  const [first] = await tx.$queryRaw<{ on: Day | null }[]>`
    SELECT to_char(min(opened_on), 'YYYY-MM-DD') AS on FROM cases WHERE NOT training AND regulation_id = ${regulation.id}`;
  return {
    institution,
    today,
    log,
    life: {
      regulation: withHours(regulation, institution),
      calendar: deps.rules.calendar,
      facts: standing(log),
      enteredOn: dayOf(enteredAt, institution.zone),
      enteredAt,
      supportsSince: first?.on ?? null,
    },
  };
}

/** The institution's own duties today, soonest first: computed as they are asked for, so that no projection can lag. */
export async function listInstitutionDuties(tx: Tx, deps: Pick<RecordsDeps, 'rules' | 'now'>): Promise<Duty[]> {
  const { life, today } = await loadInstitution(tx, deps);
  return life === null ? [] : ownDuties(life, today);
}
