import type { Day, Instant } from '../../domain/calendar/day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { standing } from '../../domain/institution/decide-report.ts';
import type { InstitutionEntry } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { InstitutionLife } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';
import { emptyLog, type LogEnd } from './append-facts.ts';
import type { InstitutionRow, RecordsDeps } from './contract.ts';
import { withHours } from './project.ts';
import { findNamedRegulation } from './rules.ts';

/** An institution with its own log, read for its own duties. */
export interface LoadedInstitution {
  institution: InstitutionRow;
  today: Day;
  log: InstitutionEntry[];
  /** Where the next entry of its log goes. */
  end: LogEnd;
  /** `null` where this process knows no such law: a case of it could not be opened either. */
  life: InstitutionLife | null;
}

interface Raw {
  institution: InstitutionRow;
  enteredAt: Instant;
  log: InstitutionEntry[];
  seq: number;
  hash: string | null;
}

/** The institution of the scope, in one round trip; the day its support began, in another. */
export async function loadInstitution(tx: Tx, deps: Pick<RecordsDeps, 'rules' | 'now'>): Promise<LoadedInstitution> {
  const [row] = await tx.$queryRaw<Raw[]>`
    SELECT jsonb_build_object('id', i.id, 'name', i.name, 'zone', i.zone, 'regulation', i.regulation, 'hours', i.hours) AS institution,
      to_char(i.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "enteredAt",
      i.log_seq AS seq, encode(i.log_hash, 'hex') AS hash,
      coalesce((SELECT jsonb_agg(jsonb_build_object('seq', e.seq, 'kind', e.kind, 'on', e."on", 'data', e.data,
          'recordedAt', to_char(e.recorded_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) ORDER BY e.seq)
         FROM events e WHERE e.case_id = i.id), '[]') AS log
    FROM institutions i`;
  if (row === undefined) throw new Error('no institution in this scope');
  const { institution, enteredAt, log, seq, hash } = row;
  const end = hash === null ? emptyLog(institution.id) : { caseId: institution.id, seq, hash };
  const regulation = findNamedRegulation(deps.rules, institution.regulation);
  const today = dayOf(deps.now().toISOString(), institution.zone);
  if (regulation === undefined) return { institution, today, log, end, life: null };
  // A training case is nobody's support: its clock and its families are for learning.
  const [first] = await tx.$queryRaw<{ on: Day | null }[]>`
    SELECT to_char(min(opened_on), 'YYYY-MM-DD') AS on FROM cases WHERE NOT training AND regulation_id = ${regulation.id}`;
  return {
    institution,
    today,
    log,
    end,
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
