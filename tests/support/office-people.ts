import { randomUUID } from 'node:crypto';
import type { Database } from '../../platform/database/scope.ts';

interface OfficePerson {
  id: string;
  email: string;
}

export interface OfficePeople {
  curator: OfficePerson;
  head: OfficePerson;
  deputy: OfficePerson;
  secretary: OfficePerson;
}

/** Agencies of the invented office, by code; each has the address `<code>@agency.example`. */
export const officeAgencies = ['school', 'clinic', 'police', 'guardianship'] as const;

/** An invented institution with one person in each role, a commission's secretary and four agencies. */
export async function seedOffice(
  db: Database,
  regulation: string,
): Promise<{ institutionId: string; people: OfficePeople }> {
  const institutionId = randomUUID();
  const person = (name: string): OfficePerson => ({ id: randomUUID(), email: `${name}@office.example` });
  const people = {
    curator: person('curator'),
    head: person('head'),
    deputy: person('deputy'),
    secretary: person('secretary'),
  };
  await db.inScope({ institutionId }, async (tx) => {
    const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
    await tx.institution.create({
      data: { id: institutionId, name: 'Выдуманная служба', zone: 'Europe/Moscow', regulation, hours },
    });
    const staff = (one: OfficePerson, role: string, more: { department?: string; body?: string } = {}) => ({
      institutionId,
      name: `Выдуманный сотрудник (${role})`,
      role,
      ...one,
      ...more,
    });
    await tx.staff.createMany({
      data: [
        staff(people.curator, 'curator', { department: 'one' }),
        staff(people.head, 'head', { department: 'one' }),
        staff(people.deputy, 'deputyDirector'),
        staff(people.secretary, 'secretary', { body: 'commission' }),
      ],
    });
    await tx.agency.createMany({
      data: officeAgencies.map((code) => ({
        id: randomUUID(),
        institutionId,
        code,
        name: `Выдуманное ведомство (${code})`,
        email: `${code}@agency.example`,
      })),
    });
  });
  return { institutionId, people };
}
