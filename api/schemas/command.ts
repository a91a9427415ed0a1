import { z } from 'zod';
import { wordPatterns } from '../../domain/commands/typed-text.ts';
import { longestPast } from '../../domain/commands/table.ts';
import { Day, Instant, Sentence } from './common.ts';
import { Duty } from './duty.ts';
import { Family, StageCode } from './case.ts';
import { InstitutionCommandAnswer } from './institution.ts';

/** `domain/commands` checks what stands in it, and names the fault in a sentence. */
const note = (longest: number) => z.string().max(longest).meta({ pattern: wordPatterns[0] }).optional();

/** A sentence that lets the step pass. */
export const Advice = z
  .object({
    code: z.string(),
    clause: z.string().nullable(),
    text: Sentence,
    path: z.string().optional().describe('of an adoption: the command of the past that it speaks of, `facts.3`'),
  })
  .meta({ id: 'Advice' });

/** Why a step is not taken, and what would have to be there first. */
export const Refusal = z
  .object({
    code: z.string(),
    clause: z.string().nullable(),
    text: Sentence,
    missing: z.array(Sentence),
    fields: z.array(z.string()).optional().describe('fields of the command by which the missing would be named'),
    faults: z
      .array(z.object({ path: z.string(), code: z.string(), clause: z.string().nullable(), text: Sentence }))
      .optional()
      .describe('of an adoption: what stands against each command of the past, by its path, `facts.3`'),
  })
  .meta({ id: 'Refusal' });

/** A command as the wire takes it: the word, its day and its fields; `domain/commands` checks the rest. */
export const CommandBody = z
  .looseObject({ command: z.string().min(1).max(60), on: Day, note: note(10_000) })
  .meta({ id: 'CommandBody' });

/** `openCase` without its word: the fields of the command, and the family's people. */
export const OpenCaseBody = z
  .looseObject({
    on: Day,
    ground: z.string(),
    category: z.string().optional(),
    form: z.string().optional(),
    family: Family,
    regulation: z.string().optional().describe("`id` or `id@version`; the institution's own when absent"),
    training: z.boolean().default(false).describe('a case with a clock of its own, for learning'),
    note: note(10_000),
  })
  .meta({ id: 'OpenCaseBody' });

/** `adoptCase` without its word: the family's people, and the commands of its past, each with its day. */
export const AdoptCaseBody = z
  .object({
    on: Day.describe('the day of the adoption: notices begin with it'),
    family: Family,
    regulation: z.string().max(60).optional().describe("`id` or `id@version`; the institution's own when absent"),
    training: z.boolean().default(false).describe('a case with a clock of its own, for learning'),
    facts: z
      .array(z.looseObject({ command: z.string().min(1).max(60), on: Day }))
      .min(1)
      .max(longestPast)
      .describe('in the order of their days, the opening first; the number of an entry is its place in this list'),
    note: note(4_000),
  })
  .meta({ id: 'AdoptCaseBody' });

/** The answer of an accepted command. `entries` are the numbers of the entries it made. */
export const CommandAnswer = z
  .object({
    commandId: z.uuid(),
    caseId: z.uuid(),
    seq: z.number().int(),
    stage: StageCode.nullable(),
    level: z.string().nullable(),
    nextDueOn: Day.nullable(),
    result: z.object({ entries: z.array(z.number().int()), advice: z.array(Advice) }),
  })
  .meta({ id: 'CommandAnswer' });

/** Accepted and not yet done after 10 s: ask `/commands/{commandId}`. */
export const CommandPending = z.object({ commandId: z.uuid(), caseId: z.uuid() }).meta({ id: 'CommandPending' });

export const CommandView = z
  .object({
    id: z.uuid(),
    caseId: z.uuid().nullable().describe('`null`: a command of the institution itself'),
    command: z.string(),
    state: z.enum(['pending', 'applied', 'refused', 'abandoned']),
    answer: z.union([CommandAnswer, InstitutionCommandAnswer]).nullable(),
    refusal: Refusal.nullable(),
    createdAt: Instant,
    closedAt: Instant.nullable(),
  })
  .meta({ id: 'CommandView' });

/** What a command would change; nothing is written. */
export const Preview = z
  .object({
    accepted: z.boolean(),
    refusal: Refusal.nullable(),
    advice: z.array(Advice),
    moved: z.array(z.object({ key: z.string(), what: Sentence, from: Day.nullable(), to: Day.nullable() })),
    appears: z.array(Duty),
    disappears: z.array(Duty).describe('no longer demanded'),
    meets: z.array(Duty).describe('fulfilled by the command'),
  })
  .meta({ id: 'Preview' });

/** What an adoption would bring, nothing written: every duty of the case, and of them what is late already. */
export const AdoptionPreview = Preview.pick({ accepted: true, refusal: true, advice: true })
  .extend({ stage: StageCode.nullable(), duties: z.array(Duty), late: z.array(Duty) })
  .meta({ id: 'AdoptionPreview' });

/** One command word: may I give it now, and if not, what is missing. */
export const PossibleAction = z
  .object({
    command: z.string(),
    named: z.boolean().describe("the case's regulation speaks of it; the rest may be recorded in any case"),
    allowed: z.boolean(),
    refusal: Refusal.nullable(),
  })
  .meta({ id: 'PossibleAction' });

export const AdvanceBody = z.object({ to: z.union([z.literal('nextEvent'), Day]) }).meta({ id: 'AdvanceBody' });

export const Advanced = z
  .object({
    today: Day,
    nextEvent: z.object({ on: Day, at: Instant, step: z.string(), dutyKey: z.string() }).nullable(),
    fired: z.number().int().describe('notices that fell due on the way'),
  })
  .meta({ id: 'Advanced' });
