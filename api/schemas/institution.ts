import { z } from 'zod';
import { wordPatterns } from '../../domain/commands/typed-text.ts';
import { UnknownLaws } from './unknown.ts';
import { Day, Instant, PersonRef, Sentence } from './common.ts';
import { Duty } from './duty.ts';

export const InstitutionDuties = z
  .object({
    today: Day,
    items: z.array(Duty).describe('reports of the institution, soonest first, each with why'),
    unknownLaws: UnknownLaws,
  })
  .meta({ id: 'InstitutionDuties' });

/** A command of the institution itself; `domain/commands` checks its fields. */
export const InstitutionCommandBody = z
  .looseObject({
    command: z.enum(['submitReport', 'annulEntry']),
    on: Day,
    report: z.string().optional().describe('of `submitReport`: the code that the duty’s `acts` name'),
    period: z
      .string()
      .optional()
      .describe('`2026Q3`, `2026H1`, `2026-09`, `2026`; absent: the oldest that lacks its report'),
    regulation: z
      .string()
      .optional()
      .describe('of `submitReport`: the `id` of the law that asks for it, where it is not the institution’s own'),
    entry: z.number().int().optional().describe('of `annulEntry`: the number of the entry'),
    reason: z.string().max(500).meta({ pattern: wordPatterns[0] }).optional().describe('of `annulEntry`'),
  })
  .meta({ id: 'InstitutionCommandBody' });

export const InstitutionCommandAnswer = z
  .object({
    commandId: z.uuid(),
    seq: z.number().int().describe('the number of the entry it made'),
    meets: z.array(z.string()).describe('keys of the duties it fulfilled'),
  })
  .meta({ id: 'InstitutionCommandAnswer' });

/** An entry of the institution's own log. */
export const InstitutionEntry = z
  .object({
    seq: z.number().int(),
    kind: z.enum(['reportSubmitted', 'entryAnnulled']),
    on: Day,
    recordedAt: Instant,
    recordedOn: Day,
    by: PersonRef.nullable(),
    report: z.string().nullable(),
    period: z.string().nullable(),
    what: Sentence.nullable().describe(
      'the report in words; `null` for an annulment, or where the law is not known here',
    ),
    annuls: z.number().int().nullable().describe('the entry that this one takes back'),
    reason: z.string().nullable(),
    annulledBy: z.number().int().nullable(),
  })
  .meta({ id: 'InstitutionEntry' });

export const InstitutionLog = z
  .object({ items: z.array(InstitutionEntry).describe('newest first') })
  .meta({ id: 'InstitutionLog' });
