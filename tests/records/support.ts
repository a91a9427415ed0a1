import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { createKeyring, type Keyring } from '../../platform/crypto/keyring.ts';
import { createDatabase, type Database } from '../../platform/database/scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

/** A database with offices to try the records in. */
export interface TestRecords {
  database: TestDatabase;
  db: Database;
  keyring: Keyring;
  owner: pg.Client;
  close(): Promise<void>;
}

export async function createTestRecords(): Promise<TestRecords> {
  const database = await createTestDatabase();
  const db = createDatabase(database);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  return {
    database,
    db,
    keyring: createKeyring([randomBytes(32)]),
    owner,
    async close() {
      await Promise.all([db.close(), owner.end()]);
      await database.drop();
    },
  };
}

export interface TestOffice {
  institutionId: string;
  curatorId: string;
  otherCuratorId: string;
}

/** An invented office with two curators and the agencies that tests speak of. */
export async function createTestOffice(db: Database, regulation = 'borovichi'): Promise<TestOffice> {
  const institutionId = randomUUID();
  const [curatorId, otherCuratorId] = [randomUUID(), randomUUID()];
  await db.inScope({ institutionId }, async (tx) => {
    const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
    await tx.institution.create({ data: { id: institutionId, name: 'Пример', zone: 'Europe/Moscow', regulation, hours } });
    await tx.agency.createMany({
      data: ['school', 'clinic', 'police'].map((code) => ({ id: randomUUID(), institutionId, code, name: code, email: `${code}@test.example` })),
    });
    await tx.staff.createMany({
      data: [curatorId, otherCuratorId].map((id, index) => ({ id, institutionId, name: `Куратор ${index + 1}`, email: `c${index + 1}@test.example`, role: 'curator' })),
    });
  });
  return { institutionId, curatorId, otherCuratorId };
}
