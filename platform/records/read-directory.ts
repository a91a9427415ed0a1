import type { Tx } from '../database/scope.ts';
import type { AgencyRow, InstitutionRow, StaffRow } from './contract.ts';

/** The institution of the scope. @throws Error when there is none: a scope without an institution is a fault of ours. */
export async function getInstitution(tx: Tx): Promise<InstitutionRow> {
  const row = await tx.institution.findFirst();
  if (row === null) throw new Error('no institution in this scope');
  return {
    id: row.id,
    name: row.name,
    zone: row.zone,
    regulation: row.regulation,
    hours: row.hours as Record<string, string>,
  };
}

export async function listStaff(tx: Tx): Promise<StaffRow[]> {
  return tx.$queryRaw<StaffRow[]>`
    SELECT s.id, s.user_id AS "userId", s.name, s.email, s.role, s.body, s.department, s.active,
      CASE WHEN a.id IS NULL THEN NULL ELSE jsonb_build_object('id', a.id, 'code', a.code) END AS agency
    FROM staff s LEFT JOIN agencies a ON a.id = s.agency_id ORDER BY s.name`;
}

export async function listAgencies(tx: Tx): Promise<AgencyRow[]> {
  return tx.$queryRaw<AgencyRow[]>`SELECT id, code, name, email FROM agencies ORDER BY name`;
}
