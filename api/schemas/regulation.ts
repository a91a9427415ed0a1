import { z } from 'zod';
import { StageSpan } from './case.ts';
import { Advice, Refusal } from './command.ts';
import { Day, Instant, Sentence } from './common.ts';
import { Duty } from './duty.ts';

export const RegulationRow = z
  .object({ id: z.string(), version: z.number().int(), title: Sentence })
  .meta({ id: 'RegulationRow' });

const Named = z.object({ code: z.string(), name: Sentence });

const NamedList = z
  .object({
    code: z.string(),
    title: Sentence,
    clause: z.string(),
    serves: z
      .array(z.string())
      .describe(
        'commands beside whose forms it is looked up (`recordMonitoring`), fields chosen from it (`recordService.kind`)',
      ),
    items: z.array(Named),
  })
  .meta({ id: 'NamedList' });

export const RegulationVersion = RegulationRow.extend({
  sha256: z.string(),
  publishedAt: Instant.nullable(),
  source: z.string().describe('the file as published, YAML'),
  bodies: z.array(Named).describe('collegial bodies'),
  clauses: z
    .array(
      z.object({
        clause: z.string(),
        uses: z.array(
          z.object({
            kind: z.enum(['stage', 'duty', 'role', 'refusal', 'advice']),
            code: z.string(),
            text: Sentence.nullable(),
          }),
        ),
      }),
    )
    .describe('every clause that something rests on, in the order of the text'),
  categories: z.array(Named).describe('categories of families the text names'),
  levels: z
    .array(Named.extend({ clause: z.string(), signs: z.array(Sentence).describe('by what the level is known') }))
    .describe('levels of support the text names'),
  stages: z.array(Named.extend({ clause: z.string() })).describe('stages the text knows, in their order'),
  lists: z.array(NamedList).describe('lists of the text: circumstances, forms, kinds of aid'),
  indicators: z.array(NamedList).describe('figures by which the text has results judged'),
}).meta({ id: 'RegulationVersion' });

/** A scenario of `kurator simulate`: commands of a family, each with its day. */
export const Scenario = z
  .object({
    regulation: z.string().max(60).describe('`id` or `id@version`'),
    zone: z.string().max(60).default('Europe/Moscow'),
    commands: z.array(z.looseObject({ command: z.string(), on: Day })).max(1000),
    until: Day,
  })
  .meta({ id: 'Scenario' });

const step = { on: Day, command: z.string() };

export const Simulated = z
  .object({
    duties: z.array(Duty),
    stages: z.array(StageSpan),
    rejected: z.array(z.object({ ...step, refusal: Refusal })),
    advice: z.array(z.object({ ...step, advice: Advice })),
  })
  .meta({ id: 'Simulated' });
