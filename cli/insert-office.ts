import type { Tx } from '../platform/database/scope.ts';
import type { Hours, OfficeAgency, OfficePerson } from './office.ts';
import type { z } from 'zod';

export interface OfficeRows {
  institution?: { name: string; zone: string; regulation: string; hours: z.infer<typeof Hours> };
  agencies: (OfficeAgency & { id: string })[];
  /** `agencyId` stands for the code of the agency. */
  staff: (Omit<OfficePerson, 'agency'> & { id: string; agencyId: string | null; userId?: string })[];
}

/**
 * The rows of an office, in the institution's own scope: the one place that writes them. `skipDuplicates`: what is
 * there stays as it is; else a double ends the transaction.
 */
export async function insertOffice(
  tx: Tx,
  institutionId: string,
  { institution, agencies, staff }: OfficeRows,
  { skipDuplicates }: { skipDuplicates: boolean },
): Promise<void> {
  if (institution) await tx.institution.createMany({ data: [{ id: institutionId, ...institution }], skipDuplicates });
  await tx.agency.createMany({ data: agencies.map((agency) => ({ institutionId, ...agency })), skipDuplicates });
  await tx.staff.createMany({
    data: staff.map(({ department, body, ...person }) => ({
      institutionId,
      ...person,
      department: department ?? null,
      body: body ?? null,
    })),
    skipDuplicates,
  });
}
