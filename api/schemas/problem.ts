import { z } from 'zod';
import { Sentence } from './common.ts';

/** RFC 9457. `code` is stable and meant for programs; `title` and `detail` are for people, in the asked language. */
export const Problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.number().int(),
    detail: z.string(),
    code: z.string(),
    clause: z.string().nullable().optional().describe('the clause that refuses, for refusals of the law'),
    missing: z.array(Sentence).optional().describe('what would have to be there first'),
    fields: z.array(z.string()).optional().describe('fields of the command by which the missing would be named'),
    errors: z
      .array(z.object({ path: z.string(), message: z.string() }))
      .optional()
      .describe('each fault of the input by its path'),
    requestId: z.string(),
  })
  .meta({ id: 'Problem' });
