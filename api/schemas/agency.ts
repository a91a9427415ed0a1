import { z } from 'zod';
import { typed } from '../../domain/commands/typed-text.ts';
import { Day, Instant, Sentence } from './common.ts';

export const RequestAnswer = z.enum(['done', 'needTime', 'cannot']);

/** A request to an agency, as staff see it. */
export const RequestView = z
  .object({
    id: z.uuid(),
    entry: z.number().int().describe('the entry that asked; with `subject` it names the request in `answerRequest`'),
    agency: z.object({ code: z.string(), name: z.string() }),
    kind: z.enum(['acknowledgePlan', 'measure']),
    subject: z.string(),
    what: z.string().nullable(),
    dueOn: Day.nullable(),
    state: z.enum(['queued', 'sent', 'answered', 'withdrawn']),
    sentAt: Instant.nullable(),
    answeredAt: Instant.nullable(),
    answer: z.object({ answer: RequestAnswer, until: Day.nullable(), text: z.string().nullable() }).nullable(),
  })
  .meta({ id: 'RequestView' });

/** A new link has gone to the agency's address; the one before is dead. */
export const LinkIssued = z.object({ requestId: z.uuid(), expiresAt: Instant }).meta({ id: 'LinkIssued' });

const token = z.string().min(16).max(200).describe('the part of the link after #');

export const AgencyToken = z.object({ token }).meta({ id: 'AgencyToken' });

export const AgencyAnswerBody = z
  .object({
    token,
    answer: RequestAnswer,
    until: Day.optional().describe('for `needTime`'),
    text: typed(z.string().trim().max(5000)).optional(),
  })
  .refine((body) => body.answer !== 'needTime' || body.until !== undefined, {
    path: ['until'],
    message: 'Say by which day. / Укажите, к какому дню.',
  })
  .refine((body) => body.answer !== 'cannot' || (body.text ?? '') !== '', {
    path: ['text'],
    message: 'Say why it cannot be done. / Укажите, почему это невозможно.',
  })
  .meta({ id: 'AgencyAnswerBody' });

export const Receipt = z
  .object({
    number: z.string(),
    on: Day,
    at: Instant,
    answer: RequestAnswer,
    until: Day.nullable(),
  })
  .meta({ id: 'Receipt' });

/** What is asked of the agency: never more about the family than the request itself says. */
export const AgencyRequest = z
  .object({
    state: z.enum(['waiting', 'answered', 'withdrawn', 'expired']),
    institution: z.string(),
    agency: z.string(),
    caseNumber: z.string(),
    kind: z.enum(['acknowledgePlan', 'measure']),
    what: z.string().nullable(),
    measures: z
      .array(z.object({ id: z.string(), what: z.string(), dueOn: Day.nullable() }))
      .describe("for `acknowledgePlan`: this agency's measures"),
    dueOn: Day.nullable(),
    clause: Sentence.nullable(),
    today: Day,
    receipt: Receipt.nullable(),
  })
  .meta({ id: 'AgencyRequest' });

export const NewLinkAsked = z.object({ sent: z.literal(true) }).meta({ id: 'NewLinkAsked' });
