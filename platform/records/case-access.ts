import type { Tx } from '../database/scope.ts';
import { sql } from '../database/sql.ts';
import type { CaseAccess } from './contract.ts';
import { curatorHasLeft, isHeaded } from './visibility.ts';

/** What the access rules ask of a case, as one column of a query: `null` when the institution has no such case. */
export const caseAccess = (caseId: string) => sql`
  (SELECT jsonb_build_object('caseId', c.id, 'institutionId', c.institution_id, 'status', c.status, 'training', c.training, 'seq', c.seq,
      'curatorId', c.curator_id, 'curatorDepartment', v.department, 'curatorHeaded', ${isHeaded}, 'curatorLeft', ${curatorHasLeft}, 'openedBy', c.opened_by,
      'agencies', ARRAY(SELECT DISTINCT r.agency_code FROM requests r WHERE r.case_id = c.id),
      'bodies', ARRAY(SELECT DISTINCT d.awaited_code FROM duties d WHERE d.case_id = c.id AND d.awaited_kind = 'body'))
   FROM cases c LEFT JOIN staff v ON v.id::text = c.curator_id WHERE c.id = ${caseId}::uuid)`;

export async function findCaseAccess(tx: Tx, caseId: string): Promise<CaseAccess | undefined> {
  const [row] = await tx.$queryRaw<{ access: CaseAccess | null }[]>`SELECT ${caseAccess(caseId)} AS access`;
  return row?.access ?? undefined;
}
