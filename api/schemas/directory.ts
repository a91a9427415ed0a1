import { z } from 'zod';
import { roles } from '../../domain/access/role.ts';

export const StaffView = z
  .object({
    id: z.uuid(),
    name: z.string(),
    role: z.enum(roles),
    body: z.string().nullable(),
    department: z.string().nullable(),
    agency: z.string().nullable(),
    active: z.boolean(),
  })
  .meta({ id: 'StaffView' });

export const AgencyView = z.object({ id: z.uuid(), code: z.string(), name: z.string() }).meta({ id: 'AgencyView' });
