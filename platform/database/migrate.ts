import { createHash, randomUUID } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import pg from 'pg';

/** Passwords of the roles that the first migration makes; the owner's connection sets them at each run. */
export interface RolePasswords {
  appPassword: string;
  systemPassword: string;
  authPassword: string;
}

/** A fault that stops the program, said in one sentence for the person who starts it. */
export class MigrationFault extends Error {
  override readonly name = 'MigrationFault';
}

interface Migration {
  name: string;
  sql: string;
  checksum: string;
}

const defaultFolder = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

// The number is arbitrary but fixed: it is the lock that Prisma's own engine takes, so the two never run at once.
const prismaAdvisoryLock = 72_707_369;

// The columns are those of Prisma's schema engine, so that `prisma migrate deploy` finds its own bookkeeping.
const bookkeeping = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL,
  checksum varchar(64) NOT NULL,
  finished_at timestamptz,
  migration_name varchar(255) NOT NULL,
  logs text,
  rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(),
  applied_steps_count integer NOT NULL DEFAULT 0
)`;

/**
 * Applies the migrations that a database lacks, each in a transaction of its own, and sets the roles' passwords.
 * Safe to run from several processes at once. Returns the names of the migrations it applied.
 * @throws MigrationFault when an applied migration was changed, is unknown to this program, or fails.
 */
export async function migrate(
  ownerUrl: string,
  roles: RolePasswords,
  folder: string = defaultFolder,
): Promise<string[]> {
  const migrations = await readMigrations(folder);
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    await client.query('SELECT pg_advisory_lock($1)', [prismaAdvisoryLock]);
    await client.query('SET client_min_messages = warning');
    await client.query(bookkeeping);
    const missing = await pending(client, migrations);
    for (const migration of missing) await withRetry(() => apply(client, migration));
    await setPasswords(client, roles);
    // A running process asks whether its migrations are there (`pending-migrations.ts`); nothing else of this table is its business.
    await withRetry(() =>
      client.query(
        'GRANT SELECT (migration_name, finished_at, rolled_back_at) ON _prisma_migrations TO kurator_system',
      ),
    );
    return missing.map((migration) => migration.name);
  } finally {
    await client.end();
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  names.sort();
  return Promise.all(
    names.map(async (name) => {
      const bytes = await readFile(path.join(folder, name, 'migration.sql'));
      return { name, sql: bytes.toString('utf8'), checksum: createHash('sha256').update(bytes).digest('hex') };
    }),
  );
}

async function pending(client: pg.Client, migrations: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string; finished_at: Date | null }>(
    'SELECT migration_name, checksum, finished_at FROM _prisma_migrations WHERE rolled_back_at IS NULL ORDER BY started_at',
  );
  const known = new Map(migrations.map((migration) => [migration.name, migration]));
  for (const row of rows) {
    const migration = known.get(row.migration_name);
    if (migration === undefined) {
      throw new MigrationFault(
        `The database has migration ${row.migration_name}, which this version of Kurator does not know: the data come from a newer version; start that one.`,
      );
    }
    if (row.finished_at === null) {
      throw new MigrationFault(
        `Migration ${row.migration_name} began and did not finish: restore the database from its backup, or finish it by hand and set finished_at in _prisma_migrations.`,
      );
    }
    if (row.checksum !== migration.checksum) {
      throw new MigrationFault(
        `Migration ${row.migration_name} was changed after it had been applied (prisma/migrations/${row.migration_name}/migration.sql): restore the file and put the change into a new migration.`,
      );
    }
  }
  const applied = new Set(rows.map((row) => row.migration_name));
  const missing = migrations.filter((migration) => !applied.has(migration.name));
  const last = migrations.findLast((migration) => applied.has(migration.name));
  const early = missing.find((migration) => last !== undefined && migration.name < last.name);
  if (early !== undefined && last !== undefined) {
    throw new MigrationFault(
      `Migration ${early.name} is missing in the database, though the later ${last.name} is applied: name new migrations after the last one.`,
    );
  }
  return missing;
}

async function apply(client: pg.Client, migration: Migration): Promise<void> {
  const id = randomUUID();
  await client.query('BEGIN');
  try {
    await client.query(
      'INSERT INTO _prisma_migrations (id, checksum, migration_name, started_at) VALUES ($1, $2, $3, clock_timestamp())',
      [id, migration.checksum, migration.name],
    );
    await client.query(migration.sql);
    await client.query(
      'UPDATE _prisma_migrations SET finished_at = clock_timestamp(), applied_steps_count = 1 WHERE id = $1',
      [id],
    );
    await client.query('COMMIT');
  } catch (error) {
    await client.query('ROLLBACK');
    throw new MigrationFault(
      `Migration ${migration.name} failed, and nothing of it was kept: ${error instanceof Error ? error.message : String(error)}.`,
      { cause: error },
    );
  }
}

async function setPasswords(client: pg.Client, roles: RolePasswords): Promise<void> {
  const passwords = {
    kurator_app: roles.appPassword,
    kurator_system: roles.systemPassword,
    kurator_auth: roles.authPassword,
  };
  for (const [role, password] of Object.entries(passwords)) {
    await withRetry(() => client.query(`ALTER ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`));
  }
}

/** Roles belong to the whole server: another database being set up at this moment may be writing the same row of pg_authid. */
async function withRetry<T>(attempt: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries++) {
    try {
      return await attempt();
    } catch (error) {
      const cause = error instanceof MigrationFault ? error.cause : error;
      const collided =
        cause instanceof Error && /tuple concurrently (updated|deleted)|deadlock detected/.test(cause.message);
      if (!collided || tries === 10) throw error;
      await new Promise((resolve) => setTimeout(resolve, 20 * tries));
    }
  }
}
