import { z } from 'zod';
import { stageCodes } from '../../domain/case/stage.ts';
import { typed } from '../../domain/commands/typed-text.ts';
import { roles } from '../../domain/access/role.ts';
import { Awaited, CuratorFilter, Day, Flag, Instant, listOf, Page, PersonRef, Sentence } from './common.ts';
import { Duty } from './duty.ts';
import { Unknown } from './unknown.ts';

export const StageCode = z.enum(stageCodes);

export const StageSpan = z.object({ stage: StageCode, from: Day, to: Day.nullable() }).meta({ id: 'StageSpan' });

/** A case in a list. `family` is the family's name, `null` once its key is destroyed. */
export const CaseRow = z
  .object({
    id: z.uuid(),
    number: z.string(),
    family: z.string().nullable(),
    status: z.enum(['open', 'closed']),
    stage: StageCode.nullable(),
    level: z.string().nullable(),
    nextDueOn: Day.nullable(),
    nextDuty: z.object({ key: z.string(), what: Sentence, clause: z.string(), awaited: Awaited }).nullable(),
    awaited: z.array(Awaited),
    late: z.number().int().describe('how many duties are overdue'),
    curator: PersonRef.nullable(),
    training: z.boolean(),
    today: Day.describe("today on the case's own clock"),
  })
  .meta({ id: 'CaseRow' });

export const CaseList = listOf(CaseRow).extend(Unknown.shape).meta({ id: 'CaseList' });

/** Names and address of the family; every field but the name may be unknown. */
export const Family = z
  .object({
    name: typed(z.string().trim().min(1).max(200), 'line'),
    address: typed(z.string().trim().max(500)).nullish(),
    members: z
      .array(
        z.object({
          id: z
            .string()
            .regex(/^[A-Za-z0-9_-]{1,40}$/)
            .describe('the id used in commands (`member`)'),
          name: typed(z.string().trim().min(1).max(200), 'line'),
          relation: typed(z.string().trim().max(100), 'line').nullish(),
          bornOn: Day.nullish(),
        }),
      )
      .max(50)
      .default([]),
  })
  .meta({ id: 'Family' });

export const FamilyView = z
  .object({
    name: z.string(),
    address: z.string().nullable(),
    members: z.array(
      z.object({ id: z.string(), name: z.string(), relation: z.string().nullable(), bornOn: Day.nullable() }),
    ),
  })
  .meta({ id: 'FamilyView' });

/** One case. `family` is `null` once its key is destroyed; `people` names everybody the case speaks of by id. */
export const CaseView = CaseRow.omit({ family: true })
  .extend({
    family: FamilyView.nullable(),
    regulation: z.object({ id: z.string(), version: z.number().int(), title: Sentence }),
    category: z.string().nullable(),
    openedOn: Day.nullable(),
    seq: z.number().int(),
    stages: z.array(StageSpan),
    agencies: z.array(z.object({ code: z.string(), name: z.string() })),
    people: z.array(PersonRef.extend({ role: z.enum(roles) })),
  })
  .meta({ id: 'CaseView' });

export const CaseQuery = Page.extend({
  status: z.enum(['open', 'closed']).optional(),
  stage: StageCode.optional(),
  late: Flag.optional(),
  curator: CuratorFilter.optional(),
  q: z.string().trim().max(100).optional().describe('part of the number or of the family’s name'),
});

export const CaseDuties = z.object({ items: z.array(Duty) });

export const EventView = z
  .object({
    seq: z.number().int(),
    root: z.number().int(),
    kind: z.string(),
    on: Day,
    recordedAt: Instant,
    recordedOn: Day,
    by: z.object({ kind: z.enum(['user', 'link', 'system']), name: z.string().nullable() }),
    data: z.record(z.string(), z.unknown()),
    texts: z.record(z.string(), z.string()),
    annulledBy: z.number().int().nullable().describe('number of the entry that annulled or corrected this one'),
  })
  .meta({ id: 'EventView' });

export const NoticeState = z.enum(['queued', 'sending', 'accepted', 'bounced', 'seen', 'withdrawn', 'ambiguous']);

export const NoticeView = z
  .object({
    id: z.uuid(),
    dutyKey: z.string().nullable(),
    step: z.string(),
    dueOn: Day.nullable(),
    audience: z.string().describe('`role:curator`, `body:commission`, `agency:school`'),
    urgency: z.enum(['routine', 'urgent']),
    template: z.string(),
    notBefore: Instant.describe("on the case's clock"),
    caseDay: Day.nullable(),
    state: NoticeState,
    recipient: z.string().nullable(),
    acceptedAt: Instant.nullable(),
  })
  .meta({ id: 'NoticeView' });
