import { sql } from '../database/sql.ts';
import type { CaseVisibility } from './contract.ts';

/**
 * Of `cases c`: still to be looked after, and its curator works here no more. Until somebody is assigned it stands like
 * a case without a curator: shown so, found so, open to every head, as its mails go to them. What is over keeps its name.
 */
export const curatorHasLeft = sql`((c.status = 'open' OR c.next_wake_at IS NOT NULL)
  AND EXISTS (SELECT 1 FROM staff l WHERE l.id::text = c.curator_id AND NOT l.active))`;

/** Of the curator `v` of a case: whether somebody who works here heads his department, or the whole service (ADR 21). */
export const isHeaded = sql`EXISTS (SELECT 1 FROM staff h WHERE h.role = 'head' AND h.active AND (h.department IS NULL OR h.department = v.department))`;

/** Joins the curator of `cases c` as `s`: nobody, where he has left. */
export const joinedCurator = sql`LEFT JOIN staff s ON s.id::text = c.curator_id
  AND (s.active OR (c.status <> 'open' AND c.next_wake_at IS NULL))`;

/** The condition on `cases c`: everything, or the cases of one's own, of one's department, body or agency. */
export function visibleCases(seen: CaseVisibility): ReturnType<typeof sql> {
  const curator = seen.curatorId ?? null;
  const department = seen.department ?? null;
  const body = seen.body ?? null;
  const agency = seen.agency ?? null;
  return sql`(${seen.all}
    OR (${curator}::text IS NOT NULL AND coalesce(c.curator_id, c.opened_by) = ${curator})
    OR (${department}::text IS NOT NULL AND (c.curator_id IS NULL OR ${curatorHasLeft} OR EXISTS (SELECT 1 FROM staff v WHERE v.id::text = c.curator_id AND (v.department = ${department} OR NOT ${isHeaded}))))
    OR (${body}::text IS NOT NULL AND EXISTS (SELECT 1 FROM duties v WHERE v.case_id = c.id AND v.awaited_kind = 'body' AND v.awaited_code = ${body}))
    OR (${agency}::text IS NOT NULL AND EXISTS (SELECT 1 FROM requests v WHERE v.case_id = c.id AND v.agency_code = ${agency})))`;
}

/** The condition that a case is this curator's; `none`: that nobody is assigned to it, or whoever was has left. Left out, any case will do. */
export function ofCurator(curator: string | undefined): ReturnType<typeof sql> {
  if (curator === 'none') return sql`(c.curator_id IS NULL OR ${curatorHasLeft})`;
  return sql`(${curator ?? null}::text IS NULL OR c.curator_id = ${curator ?? null})`;
}

/** The condition that a case is pinned to this regulation, `id` or `id@version`. Left out, any case will do. */
export function ofRegulation(regulation: string | undefined): ReturnType<typeof sql> {
  const [id = null, version = null] = regulation?.split('@') ?? [];
  return sql`(${id}::text IS NULL OR (c.regulation_id = ${id} AND (${version}::int IS NULL OR c.regulation_version = ${version}::int)))`;
}
