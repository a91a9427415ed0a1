import { z } from 'zod';
import { NoticeView, StageCode } from './case.ts';
import { Refusal } from './command.ts';
import { Awaited, Day, Instant, Sentence } from './common.ts';
import { Duty, DutyAct } from './duty.ts';

const stage = { stage: StageCode, title: Sentence, clause: z.string() };

const Step = z
  .object({
    at: Instant.describe("on the case's clock"),
    step: z.string(),
    text: Sentence,
    dutyKey: z.string(),
    what: Sentence,
    clause: z.string(),
    dueOn: Day.nullable(),
    audience: Awaited,
    urgency: z.enum(['routine', 'urgent']),
  })
  .meta({ id: 'ExplainedStep' });

export const UnblockedBy = z
  .array(DutyAct.extend({ allowed: z.boolean(), refusal: Refusal.nullable() }))
  .describe('commands that perform it, in order; `refusal`: what has to be there first');

const Waiting = Duty.pick({
  ...{ key: true, rule: true, clause: true, what: true, subject: true, basis: true, dueOn: true },
  ...{ provisional: true, awaited: true, state: true, why: true },
})
  .extend({
    unblockedBy: UnblockedBy,
    nextStep: Step.nullable().describe('what the process does next for it by itself'),
  })
  .meta({ id: 'Waiting' });

/** Where a case stands and why: ids, codes, days and sentences of the law, nothing that a person typed. */
export const ExplainView = z
  .object({
    case: z.object({
      id: z.uuid(),
      number: z.string(),
      status: z.enum(['open', 'closed']),
      training: z.boolean(),
      seq: z.number().int(),
      regulation: z.object({ id: z.string(), version: z.number().int(), title: Sentence }),
      today: Day.describe("today on the case's own clock"),
      at: Instant.describe("now on the case's own clock"),
    }),
    summary: Sentence.describe('where it stands and what it waits for first'),
    stage: z
      .object({
        ...stage,
        from: Day,
        because: z
          .array(z.object({ text: Sentence, entry: z.number().int().nullable() }))
          .describe('why it is this stage; `entry`: number of the entry that says so'),
      })
      .nullable(),
    nextStage: z
      .object({ ...stage, missing: z.array(Sentence).describe('what would have to be there first') })
      .nullable(),
    waitsFor: z.array(Waiting).describe('duties that are awaited, soonest first'),
    agenda: z.array(Step).describe('what the process does next by itself, in order'),
    wakesAt: Instant.nullable().describe('when the process looks at the case by itself, on the clock of the server'),
    blocked: z
      .array(z.object({ command: z.string(), refusal: Refusal }))
      .describe('commands that no fields would let pass now'),
    pending: z
      .array(z.object({ id: z.uuid(), command: z.string(), createdAt: Instant }))
      .describe('commands accepted and not done yet'),
    notices: z
      .object({ items: z.array(NoticeView.omit({ recipient: true })), nextCursor: z.string().nullable() })
      .describe('every notice with its state, newest first; what is older: `GET /cases/{id}/notices?cursor=…`'),
  })
  .meta({ id: 'ExplainView' });
