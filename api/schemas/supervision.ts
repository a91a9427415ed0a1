import { z } from 'zod';
import { Code, CuratorFilter, Day, Page, PersonRef } from './common.ts';
import { DutyRow, DutyState } from './duty.ts';

export const Late = z
  .object({
    items: z.array(DutyRow),
    nextCursor: z.string().nullable(),
    byCurator: z.array(
      z.object({
        curator: PersonRef.nullable(),
        cases: z.number().int(),
        late: z.number().int(),
        soon: z.number().int().describe('due within 7 days'),
      }),
    ),
    overdueWakes: z.number().int().describe('cases the process has not woken on time'),
  })
  .meta({ id: 'Late' });

export const DutyQuery = Page.extend({
  from: Day.optional(),
  to: Day.optional(),
  state: DutyState.optional(),
  curator: CuratorFilter.optional(),
  awaited: Code.optional().describe('code of a role, a body or an agency'),
});
