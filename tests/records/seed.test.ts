import { afterAll, beforeAll, expect, it } from 'vitest';
import { readOffice } from '../../cli/demo-office.ts';
import { seedInstitution } from '../../cli/demo-seed.ts';
import { createAuth } from '../../platform/auth/auth.ts';
import { createDatabase, type Database } from '../../platform/database/scope.ts';
import { listAgencies, listStaff } from '../../platform/records/read-directory.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
let db: Database;
let accounts: ReturnType<typeof createAuth>;

beforeAll(async () => {
  database = await createTestDatabase();
  db = createDatabase(database);
  accounts = createAuth({
    authUrl: database.authUrl,
    secret: 'a secret of thirty-two characters!',
    publicUrl: 'http://localhost:3000',
  });
});

afterAll(async () => {
  await Promise.all([db.close(), accounts.close()]);
  await database.drop();
});

it('makes the demo office once, with a login for every role that signs in', async () => {
  const office = await readOffice();
  const first = await seedInstitution({ db, auth: accounts.auth }, office);
  await db.inScope(first, (tx) =>
    tx.staff.updateMany({ where: { email: 'curator@demo.example' }, data: { name: 'Renamed' } }),
  );
  expect(await seedInstitution({ db, auth: accounts.auth }, office)).toEqual(first);
  const { staff, agencies } = await db.inScope(first, async (tx) => ({
    staff: await listStaff(tx),
    agencies: await listAgencies(tx),
  }));
  expect(staff).toHaveLength(office.staff.length);
  expect(staff.every((person) => person.userId !== null)).toBe(true);
  expect(staff.filter((person) => person.name === 'Renamed')).toHaveLength(1);
  expect(agencies.map((agency) => agency.code).sort()).toEqual([
    'clinic',
    'employment',
    'guardianship',
    'police',
    'school',
  ]);
  for (const { email, password } of first.logins) {
    const { user } = await accounts.auth.api.signInEmail({ body: { email, password } });
    expect(user.email).toBe(email);
  }
});
