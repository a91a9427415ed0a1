import { z } from 'zod';

/** The data of an event `case` of the stream. */
export const CaseChange = z
  .object({
    caseId: z.uuid(),
    seq: z.number().int().describe('number of its last entry: the version of its state'),
    kind: z.string().nullable().describe('the kind of that entry'),
  })
  .meta({ id: 'CaseChange' });

/** The data of an event `institution` of the stream: the institution's own log has grown. */
export const InstitutionChange = CaseChange.omit({ caseId: true }).meta({ id: 'InstitutionChange' });
