import { z } from 'zod';
import { roles } from '../../domain/access/role.ts';
import type { Duty as DomainDuty } from '../../domain/case/duty.ts';
import { Awaited, Day, Instant, PersonRef, Sentence } from './common.ts';

export const DutyState = z.enum(['upcoming', 'open', 'met', 'met late', 'overdue', 'missed', 'cancelled']);

export const WhyStep = z
  .object({
    kind: z.enum(['start', 'term', 'dayOff', 'moved', 'notMoved', 'shift', 'result', 'noDay', 'frozen']),
    day: Day.nullable(),
    text: Sentence,
  })
  .meta({ id: 'WhyStep' });

const actFields = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

export const DutyAct = z
  .object({
    command: z.string(),
    fields: actFields,
    proposes: actFields.optional().describe('where several values would do: the first that the rule names'),
  })
  .meta({ id: 'DutyAct' });

/** What must be done, by which day and clause, who is awaited, and why that day. */
export const Duty = z
  .object({
    key: z.string(),
    rule: z.string(),
    clause: z.string(),
    what: Sentence,
    subject: z.string().nullable(),
    about: z
      .string()
      .nullable()
      .default(null)
      .describe('the subject in words: what a measure is, what an agency was asked'),
    basis: z.enum(['legal', 'internal', 'undated']),
    dueOn: Day.nullable(),
    unmovedDueOn: Day.nullable(),
    provisional: z.boolean(),
    awaited: Awaited,
    state: DutyState,
    metOn: Day.nullable(),
    scope: z.enum(['case', 'institution']),
    acts: z.array(DutyAct).describe('commands that perform it, in order, with the fields its rule settles'),
    window: z
      .object({ index: z.number().int(), from: Day, to: Day, needed: z.number().int(), served: z.number().int() })
      .nullable(),
    remindOn: z.array(Day),
    escalateOn: z.array(z.object({ on: Day, to: z.enum(roles) })),
    why: z.array(WhyStep),
    rootEntry: z.number().int(),
    knownAt: Instant,
  })
  .meta({ id: 'Duty' }) satisfies z.ZodType<Omit<DomainDuty, 'words'>>;

/** The case a row belongs to. `family` is the family's name, `null` once its key is destroyed. */
export const CaseRef = z
  .object({
    id: z.uuid(),
    number: z.string(),
    family: z.string().nullable(),
    training: z.boolean(),
    today: Day.describe("today on the case's own clock"),
  })
  .meta({ id: 'CaseRef' });

/** A duty beside those of other cases. `case` is `null` for a duty of the institution itself. */
export const DutyRow = Duty.extend({ case: CaseRef.nullable(), curator: PersonRef.nullable() }).meta({ id: 'DutyRow' });
