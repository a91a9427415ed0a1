import { readFile } from 'node:fs/promises';
import { parse } from 'yaml';
import { z } from 'zod';
import { idOfPart } from './office-id.ts';
import { Code, Hours, OfficeAgency, OfficePerson } from './office.ts';

/** An office to be seeded: an institution, the agencies around it, its people and how they sign in. */
export const Office = z.strictObject({
  institution: z.strictObject({
    code: Code,
    name: z.string(),
    zone: z.string(),
    /** Ids; families are led by each of these that is published, the first one is the institution's own. */
    regulations: z.array(z.string()).min(1),
    hours: Hours,
  }),
  agencies: z.array(OfficeAgency),
  password: z.string().min(12),
  staff: z.array(OfficePerson.extend({ code: Code })),
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

/** The id of a part of an office: `institution`, `agency/school`, `staff/curator`. */
export const officeId = (office: Office, part: string): string => idOfPart(office.institution.code, part);
