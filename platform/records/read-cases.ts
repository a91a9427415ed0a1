import type { Awaited } from '../../domain/case/duty.ts';
import { withHouseTitle } from '../../domain/case/house-titles.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { CaseRecord, CaseRow, CaseVisibility, Page } from './contract.ts';
import { pageOf, readCursor } from './cursor.ts';
import { openFamily, type SealedFamily } from './family.ts';
import { joinedCurator, ofCurator, visibleCases } from './visibility.ts';

export interface CaseFilter {
  status?: 'open' | 'closed' | undefined;
  stage?: StageCode | undefined;
  late?: boolean | undefined;
  /** Only the cases of this curator; `none`: of nobody yet. */
  curator?: string | undefined;
  /** Part of the number or of the family's name, any case. */
  q?: string | undefined;
  cursor?: string | undefined;
  limit: number;
}

interface RawCase extends SealedFamily {
  number: string;
  status: 'open' | 'closed';
  stage: StageCode | null;
  level: string | null;
  nextDueOn: string | null;
  nextDuty: CaseRow['nextDuty'];
  awaited: Awaited[];
  late: number;
  curatorId: string | null;
  curatorName: string | null;
  training: boolean;
}

const columns = sql`c.id AS "caseId", c.number, c.status, c.stage, c.level, to_char(c.next_due_on, 'YYYY-MM-DD') AS "nextDueOn", c.awaited, c.training,
  s.id AS "curatorId", s.name AS "curatorName", k.wrapped, f.sealed AS "sealedFamily",
  (SELECT count(*)::int FROM duties d WHERE d.case_id = c.id AND d.state = 'overdue') AS late,
  (SELECT jsonb_build_object('key', d.key, 'what', d.detail -> 'what', 'clause', d.clause, 'awaited', d.detail -> 'awaited')
     FROM duties d WHERE d.case_id = c.id AND d.state IN ('open', 'overdue', 'upcoming') AND d.due_on IS NOT NULL ORDER BY d.due_on, d.key LIMIT 1) AS "nextDuty"`;
const sources = sql`cases c JOIN case_keys k ON k.case_id = c.id LEFT JOIN families f ON f.case_id = c.id ${joinedCurator}`;

/** Cases that the viewer may see, soonest due first; those with nothing due come last, by number. */
export async function listCases(
  tx: Tx,
  keyring: Keyring,
  visibility: CaseVisibility,
  filter: CaseFilter,
): Promise<Page<CaseRow>> {
  const wanted = filter.q?.toLocaleLowerCase('ru');
  const found: RawCase[] = [];
  let after = readCursor(filter.cursor, ['day', 'text']);
  // Names are sealed, so the text filter is applied here: pages are read until one is full.
  const batch = wanted === undefined ? filter.limit + 1 : 200;
  for (;;) {
    const rows = await readBatch(tx, visibility, filter, after, batch);
    for (const row of rows) {
      if (wanted === undefined || matches(keyring, row, wanted)) found.push(row);
    }
    const last = rows.at(-1);
    if (found.length > filter.limit || rows.length < batch || last === undefined) break;
    after = sortKey(last);
  }
  return pageOf(found, filter.limit, sortKey, (row) => toCaseRow(keyring, row));
}

const sortKey = (row: RawCase): string[] => [row.nextDueOn ?? 'infinity', row.number];

/** Open cases that wait for a curator: those that the list shows for `none`. */
export async function countWithoutCurator(tx: Tx, visibility: CaseVisibility): Promise<number> {
  const [row] = await tx.$queryRaw<{ count: number }[]>`
    SELECT count(*)::int AS count FROM cases c WHERE c.status = 'open' AND ${ofCurator('none')} AND ${visibleCases(visibility)}`;
  return row?.count ?? 0;
}

function readBatch(
  tx: Tx,
  visibility: CaseVisibility,
  filter: CaseFilter,
  after: (string | number)[] | null,
  limit: number,
): Promise<RawCase[]> {
  return tx.$queryRaw<RawCase[]>`
    SELECT ${columns} FROM ${sources}
    WHERE ${visibleCases(visibility)}
      AND (${filter.status ?? null}::text IS NULL OR c.status = ${filter.status ?? null})
      AND ${ofCurator(filter.curator)}
      AND (${filter.stage ?? null}::text IS NULL OR c.stage = ${filter.stage ?? null})
      AND (${filter.late ?? null}::boolean IS NULL OR ${filter.late ?? null}::boolean = EXISTS (SELECT 1 FROM duties d WHERE d.case_id = c.id AND d.state = 'overdue'))
      AND (${after === null} OR (coalesce(c.next_due_on, 'infinity'), c.number) > (${String(after?.[0] ?? '-infinity')}::date, ${String(after?.[1] ?? '')}))
    ORDER BY coalesce(c.next_due_on, 'infinity'), c.number
    LIMIT ${limit}`;
}

function matches(keyring: Keyring, row: RawCase, wanted: string): boolean {
  if (row.number.includes(wanted)) return true;
  return openFamily(keyring, row)?.name.toLocaleLowerCase('ru').includes(wanted) ?? false;
}

function toCaseRow(keyring: Keyring, row: RawCase): CaseRow {
  return {
    id: row.caseId,
    number: row.number,
    family: openFamily(keyring, row)?.name ?? null,
    status: row.status,
    stage: row.stage,
    level: row.level,
    nextDueOn: row.nextDueOn,
    nextDuty: row.nextDuty && withHouseTitle(row.nextDuty),
    awaited: row.awaited,
    late: row.late,
    curator: row.curatorId === null || row.curatorName === null ? null : { id: row.curatorId, name: row.curatorName },
    training: row.training,
  };
}

/** One case whole; `undefined` when the institution has no such case. */
export async function findCase(tx: Tx, keyring: Keyring, caseId: string): Promise<CaseRecord | undefined> {
  const rows = await tx.$queryRaw<
    (RawCase & {
      institutionId: string;
      regulationId: string;
      regulationVersion: number;
      category: string | null;
      openedOn: string | null;
      seq: number;
      clockOffsetMs: bigint;
    })[]
  >`
    SELECT ${columns}, c.institution_id AS "institutionId", c.regulation_id AS "regulationId", c.regulation_version AS "regulationVersion",
      c.category, to_char(c.opened_on, 'YYYY-MM-DD') AS "openedOn", c.seq, c.clock_offset_ms AS "clockOffsetMs"
    FROM ${sources} WHERE c.id = ${caseId}::uuid`;
  const row = rows[0];
  if (row === undefined) return undefined;
  return {
    ...toCaseRow(keyring, row),
    institutionId: row.institutionId,
    regulation: { id: row.regulationId, version: row.regulationVersion },
    category: row.category,
    openedOn: row.openedOn,
    seq: row.seq,
    clockOffsetMs: Number(row.clockOffsetMs),
    familyDetails: openFamily(keyring, row),
  };
}

/** Who recorded an entry and on which day of the case: "own, same day" is what a correction is allowed by. */
export async function findEntryAuthor(
  tx: Tx,
  caseId: string,
  seq: number,
): Promise<{ actorKind: string; actorId: string; recordedOn: string } | undefined> {
  const rows = await tx.$queryRaw<{ actorKind: string; actorId: string; recordedOn: string }[]>`
    SELECT m.actor_kind AS "actorKind", m.actor_id AS "actorId", to_char(e.recorded_on, 'YYYY-MM-DD') AS "recordedOn"
    FROM events e JOIN commands m ON m.id = e.command_id WHERE e.case_id = ${caseId}::uuid AND e.seq = ${seq}`;
  return rows[0];
}
