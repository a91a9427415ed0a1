import { z } from 'zod';
import { Code, CuratorFilter, Day, listOf, Page, PersonRef, RegulationFilter, Sentence } from './common.ts';
import { NoticeState, NoticeView } from './case.ts';
import { CaseRef, DutyRow, DutyState } from './duty.ts';

export const UnknownLaws = z
  .array(z.string())
  .describe(
    'laws by which the institution reports and of which this server has no file: their reports are missing here',
  );

/** What keeps a list of duties from being whole. */
export const Unknown = z.object({
  unknownLaws: UnknownLaws,
  unreckoned: z
    .array(z.object({ regulation: z.string(), cases: z.array(z.string()).describe('their numbers') }))
    .describe(
      'live cases I may see that go by a law (`id@version`) of which this server has no file: of them what was last reckoned is shown',
    ),
});

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
  })
  .meta({ id: 'Late' });

export const DutyList = listOf(DutyRow).extend(Unknown.shape).meta({ id: 'DutyList' });

export const DutyQuery = Page.extend({
  from: Day.optional(),
  to: Day.optional(),
  state: DutyState.optional(),
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
  state: NoticeState.optional(),
  urgency: NoticeView.shape.urgency.optional(),
  curator: CuratorFilter.optional(),
});
