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
    waitingMails: z.number().int().nullable().describe('mails that should have gone out over 10 minutes ago'),
    outdated: z
      .number()
      .int()
      .nullable()
      .describe('cases not yet reckoned by the newest calendar and rules of counting that a living process has'),
    selfCheck: z
      .object({
        at: z.iso.datetime(),
        cases: z.number().int(),
        differing: z
          .number()
          .int()
          .describe('open cases whose duties, agenda, next wake or chain differ from their facts'),
        failed: z.number().int().describe('open cases that could not be checked'),
      })
      .nullable()
      .describe("this process's last self-check; null: none is whole yet"),
  })
  .meta({ id: 'Ready' });
