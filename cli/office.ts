import { z } from 'zod';
import { roles } from '../domain/access/role.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The short name by which commands, files and people mean an institution, an agency, a person of the demo. */
export const Code = z.string().regex(/^[a-z0-9-]+$/);

/** When routine notices go out. */
export const Hours = z.strictObject({ opens: time, closes: time, remindAt: time });

export const OfficeAgency = z.strictObject({ code: Code, name: z.string().min(1), email: z.email() });
export type OfficeAgency = z.infer<typeof OfficeAgency>;

/** Somebody who signs in. `body`: whose secretary it is; `agency`: the code of the officer's own. */
export const OfficePerson = z.strictObject({
  role: z.enum(roles),
  name: z.string().min(1),
  email: z.email(),
  department: z.string().min(1).optional(),
  body: z.string().min(1).optional(),
  agency: Code.optional(),
});
export type OfficePerson = z.infer<typeof OfficePerson>;
