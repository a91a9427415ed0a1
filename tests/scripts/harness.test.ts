import pg from 'pg';
import { afterAll, expect, test } from 'vitest';
import { createTestDatabase } from '../support/database.ts';
import { createTestNamespace } from '../support/namespace.ts';

const databases = await Promise.all([createTestDatabase(), createTestDatabase()]);

afterAll(async () => {
  await Promise.all(databases.map((database) => database.drop()));
});

test('a test database is migrated, and each file has its own', async () => {
  const [first, second] = databases.map((database) => database.ownerUrl);
  const names = [];
  for (const connectionString of [first, second]) {
    const client = new pg.Client({ connectionString });
    await client.connect();
    const { rows } = await client.query<{ name: string; cases: string | null }>(
      "SELECT current_database() AS name, to_regclass('public.cases')::text AS cases",
    );
    names.push(rows[0]?.name);
    expect(rows[0]?.cases).toBe('cases');
    await client.end();
  }
  expect(new Set(names).size).toBe(2);
});

test('the roles of a test database may sign in, and the app role is bound by row-level security', async () => {
  for (const url of [databases[0].appUrl, databases[0].systemUrl, databases[0].authUrl]) {
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const { rows } = await client.query<{ role: string; super: boolean; bypass: boolean }>(
      'SELECT current_user AS role, rolsuper AS super, rolbypassrls AS bypass FROM pg_roles WHERE rolname = current_user',
    );
    expect(rows[0]).toEqual({ role: new URL(url).username, super: false, bypass: false });
    await client.end();
  }
});

test('each test file gets a namespace of its own with the search attributes', async () => {
  const first = await createTestNamespace();
  const second = await createTestNamespace();
  expect(first.namespace).not.toBe(second.namespace);
});
