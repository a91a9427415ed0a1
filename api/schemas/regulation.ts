import { z } from 'zod';
import { Day, Instant, Sentence } from './common.ts';

export const RegulationRow = z
  .object({ id: z.string(), version: z.number().int(), title: Sentence })
  .meta({ id: 'RegulationRow' });

export const RegulationVersion = RegulationRow.extend({
  sha256: z.string(),
  publishedAt: Instant.nullable(),
  source: z.string().describe('the file as published, YAML'),
}).meta({ id: 'RegulationVersion' });

/** A scenario of `kurator simulate`: commands of a family, each with its day. */
export const Scenario = z
  .looseObject({
    regulation: z.string(),
    zone: z.string().optional(),
    commands: z.array(z.looseObject({ on: Day, command: z.string() })).max(2000),
    until: Day,
  })
  .meta({ id: 'Scenario' });

export const Simulated = z
  .object({
    duties: z.array(z.looseObject({ id: z.string(), dueOn: Day.nullable() })),
    stages: z.array(z.looseObject({ stage: z.string(), from: Day, to: Day.nullable() })),
    rejected: z.array(z.looseObject({ on: Day, command: z.string(), code: z.string() })),
  })
  .meta({ id: 'Simulated' });
