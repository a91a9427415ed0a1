import { afterAll, beforeAll } from 'vitest';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { createTestNamespace } from './namespace.ts';
import { openOffice } from './office.ts';
import type { Office } from './office.ts';

/**
 * An office with a database and a namespace of its own for all tests of the file or block that calls it. It is filled in
 * before the first test, so it is read inside of tests and hooks only.
 */
export function useOffice(): Office {
  const office = {} as Office;
  let database: TestDatabase | undefined;
  let opened: Office | undefined;
  beforeAll(async () => {
    database = await createTestDatabase();
    opened = await openOffice({ engine: await createTestNamespace(), database });
    Object.assign(office, opened);
  });
  afterAll(async () => {
    await opened?.close();
    await database?.drop();
  });
  return office;
}
