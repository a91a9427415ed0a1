import { readFile } from 'node:fs/promises';
import { v5 as uuidv5 } from 'uuid';
import { parse } from 'yaml';
import { z } from 'zod';
import { roles } from '../domain/access/role.ts';

const time = z.string().regex(/^\d\d:\d\d$/);
const code = z.string().regex(/^[a-z0-9-]+$/);

/** An office to be seeded: an institution, the agencies around it, its people and how they sign in. */
export const Office = z.strictObject({
  institution: z.strictObject({
    code,
    name: z.string(),
    zone: z.string(),
    /** Ids; families are led by each of these that is published, the first one is the institution's own. */
    regulations: z.array(z.string()).min(1),
    hours: z.strictObject({ opens: time, closes: time, remindAt: time }),
  }),
  agencies: z.array(z.strictObject({ code, name: z.string(), email: z.email() })),
  password: z.string().min(12),
  staff: z.array(
    z.strictObject({
      code,
      role: z.enum(roles),
      name: z.string(),
      email: z.email(),
      department: z.string().optional(),
      body: z.string().optional(),
      agency: code.optional(),
    }),
  ),
});
export type Office = z.infer<typeof Office>;

/** @throws Error that names the file and each fault. */
export async function readOffice(file: URL = new URL('./demo-data/office.yaml', import.meta.url)): Promise<Office> {
  const read = Office.safeParse(parse(await readFile(file, 'utf8')));
  if (read.success) return read.data;
  const faults = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
  throw new Error(`${file.pathname}: ${faults.join('; ')}`);
}

const offices = ['office.yaml', 'office-west.yaml', 'office-east.yaml'];

/** The demo's offices, the one whose logins are printed first; those whose regulations are all unpublished are left out. */
export async function readOffices(published: ReadonlySet<string>): Promise<Office[]> {
  const read = await Promise.all(offices.map((file) => readOffice(new URL(`./demo-data/${file}`, import.meta.url))));
  return read.flatMap((office) => {
    const regulations = office.institution.regulations.filter((id) => published.has(id));
    return regulations.length ? [{ ...office, institution: { ...office.institution, regulations } }] : [];
  });
}

// Fixed: the same office gets the same ids in every installation and at every seeding.
const namespace = 'f3b1a3de-52c5-4bb0-9d51-2a6f1d3f0c77';

/** The id of a part of an office: `institution`, `agency/school`, `staff/curator`. */
export const officeId = (office: Office, part: string): string =>
  uuidv5(`${office.institution.code}/${part}`, namespace);
