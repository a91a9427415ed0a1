import { z } from 'zod';

/** Checked by `api/headers.ts`, which says in a sentence what is wrong; here they are only documented. */
export const WriteHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe('Required. A new value for each new action, the same one for a repeat.'),
});

export const CommandHeaders = WriteHeaders.extend({
  'if-match': z.string().optional().describe('ETag of the case: refuses with 412 when the case has moved on'),
});

export const PreviewHeaders = z.looseObject({
  'if-match': z.string().optional().describe('ETag of the case: the answer says when the case has moved on'),
});

export const AdvanceHeaders = z.looseObject({
  'idempotency-key': z
    .string()
    .optional()
    .describe('A new value for each new move, the same one for a repeat. Without it each call is a new move.'),
});
