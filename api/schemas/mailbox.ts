import { z } from 'zod';
import { Instant } from './common.ts';

export const MailRow = z
  .object({ id: z.string(), to: z.string(), from: z.string(), subject: z.string(), receivedAt: Instant })
  .meta({ id: 'MailRow' });

export const Mail = MailRow.extend({ text: z.string() }).meta({ id: 'Mail' });
