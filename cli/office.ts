import { z } from 'zod';
import { typed } from '../domain/commands/typed-text.ts';
import { roles } from '../domain/access/role.ts';

const time = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/);

/** The short name by which commands, files and people mean an institution, an agency, a person of the demo. */
export const Code = z.string().regex(/^[a-z0-9-]+$/);

/** It stands in mails and lists, on one line. */
const name = typed(z.string().min(1), 'line');

/** When routine notices go out. */
export const Hours = z.strictObject({ opens: time, closes: time, remindAt: time });

export const OfficeAgency = z.strictObject({ code: Code, name, email: z.email() });
export type OfficeAgency = z.infer<typeof OfficeAgency>;

/** Somebody who signs in. `body`: whose secretary it is; `agency`: the code of the officer's own. */
export const OfficePerson = z.strictObject({
  role: z.enum(roles),
  name,
  email: z.email(),
  department: name.optional(),
  body: name.optional(),
  agency: Code.optional(),
});
export type OfficePerson = z.infer<typeof OfficePerson>;
