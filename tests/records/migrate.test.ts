import { cp, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { migrate } from '../../platform/database/migrate.ts';
import { rolePasswords, withDatabase } from '../support/template.ts';

const real = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const names = [1, 2, 3].map((n) => `kurator_migrate_${process.pid}_${n}`);
const url = (n: number): string => withDatabase(inject('postgresUrl'), names[n] ?? '');
let folder: string;
/** Names of the migrations, in their order. */
let shipped: string[];

async function asOwner<T>(connectionString: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'kurator-migrations-'));
  await cp(real, folder, { recursive: true });
  shipped = (await readdir(real, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map((entry) => entry.name)
    .sort();
  await asOwner(inject('postgresUrl'), async (client) => {
    for (const name of names) await client.query(`CREATE DATABASE ${name}`);
  });
});

afterAll(async () => {
  await asOwner(inject('postgresUrl'), async (client) => {
    for (const name of names) await client.query(`DROP DATABASE ${name} WITH (FORCE)`);
  });
  await rm(folder, { recursive: true });
});

describe('the migration runner', () => {
  it('applies each migration once, also when several processes and several databases start together', async () => {
    const runs = await Promise.all([0, 0, 0, 1, 2].map((n) => migrate(url(n), rolePasswords)));
    expect(runs.filter((run) => run.length > 0)).toHaveLength(3);
    expect(await migrate(url(0), rolePasswords)).toEqual([]);
  });

  it("keeps Prisma's own books", async () => {
    const { rows } = await asOwner(url(0), (client) =>
      client.query('SELECT * FROM _prisma_migrations ORDER BY migration_name'),
    );
    expect(rows).toEqual(
      shipped.map((name) => ({
        id: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
        finished_at: expect.any(Date) as Date,
        migration_name: name,
        logs: null,
        rolled_back_at: null,
        started_at: expect.any(Date) as Date,
        applied_steps_count: 1,
      })),
    );
  });

  it('keeps nothing of a migration that fails, and names it', async () => {
    const broken = path.join(folder, '9998_broken');
    await mkdir(broken);
    await writeFile(path.join(broken, 'migration.sql'), 'CREATE TABLE half (id int); SELECT no_such_function();');
    await expect(migrate(url(1), rolePasswords, folder)).rejects.toThrow(
      /9998_broken failed, and nothing of it was kept: .*no_such_function/,
    );
    const { rows } = await asOwner(url(1), (client) =>
      client.query(`SELECT to_regclass('half') AS half, (SELECT count(*)::int FROM _prisma_migrations) AS migrations`),
    );
    expect(rows).toEqual([{ half: null, migrations: shipped.length }]);
    await rm(broken, { recursive: true });
  });

  it('refuses a migration that was changed after it had been applied', async () => {
    await writeFile(path.join(folder, '0001_records', 'migration.sql'), 'SELECT 1;');
    await expect(migrate(url(1), rolePasswords, folder)).rejects.toThrow(
      /0001_records was changed after it had been applied/,
    );
    await cp(real, folder, { recursive: true, force: true });
  });

  it('refuses data of a newer version', async () => {
    await asOwner(url(2), (client) =>
      client.query(
        `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at) VALUES ('x', 'y', '9999_from_the_future', now())`,
      ),
    );
    await expect(migrate(url(2), rolePasswords)).rejects.toThrow(/9999_from_the_future.*newer version/);
  });
});
