import { z } from 'zod';

export const Health = z.object({ status: z.literal('ok') }).meta({ id: 'Health' });

const Check = z.object({ ok: z.boolean(), detail: z.string().nullable() });

/** 200 when all of it serves, 503 with the same body otherwise. */
export const Ready = z
  .object({
    ready: z.boolean(),
    checks: z.object({ database: Check, migrations: Check, engine: Check, worker: Check }),
    overdueWakes: z.number().int().nullable().describe('cases whose wake passed over 10 minutes ago'),
    pendingCommands: z.number().int().nullable().describe('commands accepted over 10 minutes ago and not done'),
  })
  .meta({ id: 'Ready' });
