import { z } from 'zod';
import { anyOf, Code, CuratorFilter, Day, listOf, Page, PersonRef, RegulationFilter, Sentence } from './common.ts';
import { NoticeState, NoticeView } from './case.ts';
import { CaseRef, DutyRow, DutyState } from './duty.ts';
import { Unknown } from './unknown.ts';

export const Late = z
  .object({
    ...Unknown.shape,
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
    waitingMails: z.number().int().describe('mails that should have gone out over 10 minutes ago'),
    outdated: z.number().int().describe('cases not yet reckoned by the newest calendar and rules of counting'),
  })
  .meta({ id: 'Late' });

export const DutyList = listOf(DutyRow).extend(Unknown.shape).meta({ id: 'DutyList' });

export const DutyQuery = Page.extend({
  from: Day.optional(),
  to: Day.optional(),
  state: anyOf(DutyState).describe('any of these'),
  curator: CuratorFilter.optional(),
  regulation: RegulationFilter.optional(),
  awaited: Code.optional().describe('code of a role, a body or an agency'),
});

/** A notice of any case, or of the institution itself: what it is about, and what became of it. */
export const NoticeRow = NoticeView.extend({
  case: CaseRef.omit({ family: true, today: true })
    .nullable()
    .describe('`null`: about a duty of the institution itself'),
  what: Sentence.nullable().describe('the duty it is about, while the case has it'),
  clause: z.string().nullable(),
}).meta({ id: 'NoticeRow' });

export const NoticeQuery = Page.extend({
  from: Day.optional().describe("first day on which it may go out, on the case's clock"),
  to: Day.optional(),
  state: anyOf(NoticeState).describe('any of these'),
  urgency: NoticeView.shape.urgency.optional(),
  curator: CuratorFilter.optional(),
});
