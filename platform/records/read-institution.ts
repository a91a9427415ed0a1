import type { Day, Instant } from '../../domain/calendar/day.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { standing } from '../../domain/institution/decide-report.ts';
import type { InstitutionEntry } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { InstitutionLife, LawVersion, ReportingLaw } from '../../domain/institution/own-duties.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
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
  /**
   * Laws by which it reports and of which this process has no file (it is older than they, or the file was removed):
   * what they ask for cannot be said here, and must not look like nothing.
   */
  unknownLaws: string[];
}

interface Raw {
  institution: InstitutionRow;
  enteredAt: Instant;
  log: InstitutionEntry[];
  seq: number;
  hash: string | null;
}

/** The institution of the scope, in one round trip; the laws by which it reports, in another. */
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
  const today = dayOf(deps.now().toISOString(), institution.zone);
  const { laws, unknownLaws } = await loadLaws(tx, deps, institution);
  const life = laws && {
    laws,
    calendar: deps.rules.calendar,
    facts: standing(log),
    enteredOn: dayOf(enteredAt, institution.zone),
    enteredAt,
  };
  return { institution, today, log, end, life, unknownLaws };
}

export const unknownLawFault = (institutionId: string, laws: readonly string[]): Error =>
  new Error(`institution ${institutionId}: it reports by ${laws.join(', ')}, which is not among the files`);

/** The laws by which it reports, its own first; `null` where this process does not know its own. */
async function loadLaws(
  tx: Tx,
  { rules }: Pick<RecordsDeps, 'rules'>,
  institution: InstitutionRow,
): Promise<{ laws: ReportingLaw[] | null; unknownLaws: string[] }> {
  const own = findNamedRegulation(rules, institution.regulation);
  if (own === undefined) return { laws: null, unknownLaws: [institution.regulation] };
  // A training case is nobody's support: its clock and its families are for learning. The last day of a support is the
  // last of which an entry of its case tells.
  const [found] = await tx.$queryRaw<{ supports: Supported[] | null; published: Published[] | null }[]>`
    SELECT (SELECT jsonb_agg(s) FROM (
        SELECT c.regulation_id AS id, min(c.opened_on) AS since, CASE WHEN c.regulation_id = ${own.id} OR bool_or(c.status = 'open') THEN NULL
          ELSE (SELECT max(e."on") FROM events e JOIN cases o ON o.id = e.case_id WHERE NOT o.training AND o.regulation_id = c.regulation_id) END AS until
        FROM cases c WHERE NOT c.training AND c.opened_on IS NOT NULL GROUP BY c.regulation_id ORDER BY c.regulation_id) s) AS supports,
      (SELECT jsonb_agg(jsonb_build_object('id', v.id, 'version', v.version, 'day', (v.published_at AT TIME ZONE ${institution.zone})::date))
         FROM regulation_versions v) AS published`;
  const supports = found?.supports ?? [];
  const of = (id: string): Supported => supports.find((one) => one.id === id) ?? { id, since: null, until: null };
  const lawOf = ({ id, since, until }: Supported, latest: Regulation): ReportingLaw => ({
    ...{ id, own: id === own.id, supportsSince: since, supportsUntil: until },
    versions: versionsUpTo(rules, latest, found?.published ?? [], institution),
  });
  const others = supports
    .filter(({ id }) => id !== own.id)
    .map((support) => ({ support, latest: rules.findRegulation(support.id) }));
  return {
    laws: [
      lawOf(of(own.id), own),
      ...others.flatMap(({ support, latest }) => (latest ? [lawOf(support, latest)] : [])),
    ],
    unknownLaws: others.flatMap(({ support, latest }) => (latest ? [] : [support.id])),
  };
}

interface Supported {
  id: string;
  since: Day | null;
  until: Day | null;
}

interface Published {
  id: string;
  version: number;
  day: Day;
}

/** The first one was always there, as far as anybody here can know. */
function versionsUpTo(
  rules: RecordsDeps['rules'],
  latest: Regulation,
  published: readonly Published[],
  institution: InstitutionRow,
): ReportingLaw['versions'] {
  const { id } = latest;
  const earlier = Array.from({ length: latest.version - 1 }, (_, index) => rules.findRegulation(id, index + 1));
  const known = [...earlier, latest].filter((one) => one !== undefined);
  const dated = known.map((regulation, index): LawVersion => ({
    regulation: withHours(regulation, institution),
    from:
      index === 0 ? null : (published.find((one) => one.id === id && one.version === regulation.version)?.day ?? null),
  }));
  return dated as [LawVersion, ...LawVersion[]];
}

/** The institution's own duties today, soonest first: computed as they are asked for, so that no projection can lag. */
export async function listInstitutionDuties(tx: Tx, deps: Pick<RecordsDeps, 'rules' | 'now'>): Promise<Duty[]> {
  const { life, today } = await loadInstitution(tx, deps);
  return life === null ? [] : ownDuties(life, today);
}

/** Laws by which the institution of the scope reports and which are not known here. */
export const findUnknownLaws = async (tx: Tx, { rules }: Pick<RecordsDeps, 'rules'>): Promise<string[]> =>
  (await loadInstitution(tx, { rules, now: () => new Date() })).unknownLaws;
