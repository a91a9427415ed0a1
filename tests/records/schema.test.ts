import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { getMigrations } from 'better-auth/db/migration';
import { twoFactor } from 'better-auth/plugins';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { readModels, type ModelledTable } from './schema-model.ts';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});

afterAll(async () => {
  await owner.end();
  await database.drop();
});

async function catalogTables(): Promise<ModelledTable[]> {
  const columns = await owner.query<{ table: string; column: string; type: string; nullable: boolean }>(
    `SELECT c.relname AS table, a.attname AS column, format_type(a.atttypid, a.atttypmod) AS type, NOT a.attnotnull AS nullable
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND c.relname <> '_prisma_migrations'`,
  );
  // Without those of a part of a table, which schema.prisma cannot say.
  const indexes = await owner.query<{ table: string; columns: string[]; primary: boolean; unique: boolean }>(
    `SELECT c.relname AS table, i.indisprimary AS primary, i.indisunique AS unique,
       ARRAY(SELECT a.attname::text FROM unnest(i.indkey) WITH ORDINALITY k (num, pos) JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum = k.num ORDER BY k.pos) AS columns
     FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
     WHERE c.relnamespace = 'public'::regnamespace AND c.relname <> '_prisma_migrations' AND i.indpred IS NULL`,
  );
  const tables = new Map<string, ModelledTable>();
  const at = (table: string): ModelledTable => {
    const known = tables.get(table) ?? { table, columns: {}, primaryKey: [], uniques: [], indexes: [] };
    tables.set(table, known);
    return known;
  };
  for (const { table, column, type, nullable } of columns.rows) at(table).columns[column] = { type, nullable };
  for (const index of indexes.rows) {
    const table = at(index.table);
    if (index.primary) table.primaryKey = index.columns;
    else (index.unique ? table.uniques : table.indexes).push(index.columns);
  }
  return [...tables.values()];
}

const sorted = (tables: ModelledTable[]) =>
  tables
    .map((table) => ({
      ...table,
      uniques: table.uniques.map(String).sort(),
      indexes: table.indexes.map(String).sort(),
    }))
    .sort((a, b) => (a.table < b.table ? -1 : 1));

describe('the schema', () => {
  it('is the same in the migrations and in schema.prisma: tables, columns, types, keys, indexes', async () => {
    expect(sorted(await catalogTables())).toEqual(sorted(readModels()));
  });

  it('has the tables that better-auth asks for in the schema auth', async () => {
    const pool = new pg.Pool({ connectionString: database.authUrl });
    try {
      const { toBeCreated, toBeAdded } = await getMigrations({
        database: pool,
        plugins: [twoFactor()],
        rateLimit: { enabled: false },
      });
      expect({ toBeCreated, toBeAdded }).toEqual({ toBeCreated: [], toBeAdded: [] });
    } finally {
      await pool.end();
    }
  });
});

describe('row-level security', () => {
  // Public law and calendars, the same for all; they hold nothing of an institution.
  const withoutTenant = ['regulation_versions', 'reckonings', '_prisma_migrations'];

  it('is enabled and forced, with a policy by institution, on every table of records', async () => {
    const { rows } = await owner.query<{
      table: string;
      enabled: boolean;
      forced: boolean;
      policies: string[];
      tenant: boolean;
    }>(
      `SELECT c.relname AS table, c.relrowsecurity AS enabled, c.relforcerowsecurity AS forced,
         ARRAY(SELECT p.polname::text FROM pg_policy p WHERE p.polrelid = c.oid AND 'kurator_app'::regrole = ANY (p.polroles)
           AND pg_get_expr(p.polqual, p.polrelid) LIKE '%current_institution()%' AND pg_get_expr(p.polwithcheck, p.polrelid) LIKE '%current_institution()%') AS policies,
         c.relname = 'institutions' OR EXISTS (SELECT 1 FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attname = 'institution_id' AND a.attnotnull) AS tenant
       FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p')`,
    );
    const records = rows.filter((row) => !withoutTenant.includes(row.table));
    expect(records.length).toBeGreaterThan(14);
    expect(records.filter((row) => !row.enabled || !row.forced || !row.tenant || row.policies.length !== 1)).toEqual(
      [],
    );
  });

  it('leaves no view, no owner-rights function and no privileged role through which it could be passed by', async () => {
    const { rows: views } = await owner.query(
      `SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('v', 'm')`,
    );
    const { rows: definers } = await owner.query(
      `SELECT proname FROM pg_proc WHERE pronamespace = 'public'::regnamespace AND prosecdef`,
    );
    const { rows: roles } = await owner.query(
      `SELECT rolname FROM pg_roles WHERE rolname LIKE 'kurator\\_%' AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb)`,
    );
    expect({ views, definers, roles }).toEqual({ views: [], definers: [], roles: [] });
  });

  it('lets the system role read only the columns that find an institution', async () => {
    const { rows } = await owner.query<{ table: string; columns: string[] }>(
      `SELECT c.relname AS table, array_agg(a.attname::text ORDER BY a.attnum) AS columns
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' AND has_column_privilege('kurator_system', c.oid, a.attnum, 'SELECT')
       GROUP BY c.relname ORDER BY c.relname`,
    );
    const readable = Object.fromEntries(rows.map((row) => [row.table, row.columns]));
    expect(Object.keys(readable)).toEqual([
      '_prisma_migrations',
      'agencies',
      'cases',
      'commands',
      'institutions',
      'notices',
      'reckonings',
      'regulation_versions',
      'request_links',
      'requests',
      'staff',
    ]);
    expect(readable['staff']).toEqual([
      'id',
      'institution_id',
      'user_id',
      'role',
      'body',
      'agency_id',
      'department',
      'active',
    ]);
    expect(readable['agencies']).toEqual(['id', 'institution_id', 'code']);
    expect(readable['cases']).not.toContain('number');
    const { rows: ofSignIn } = await owner.query<{ column: string }>(
      `SELECT c.relname || '.' || a.attname AS column
       FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
       WHERE c.relnamespace = 'auth'::regnamespace AND c.relkind = 'r' AND has_column_privilege('kurator_system', c.oid, a.attnum, 'SELECT')
       ORDER BY c.relname, a.attnum`,
    );
    // No token: whoever reads all that this role may read cannot sign in as anybody.
    expect(ofSignIn.map(({ column }) => column)).toEqual(['session.id', 'session.expiresAt', 'session.userId']);
    const { rows: writes } = await owner.query(
      `SELECT c.relname FROM pg_class c WHERE c.relnamespace IN ('public'::regnamespace, 'auth'::regnamespace) AND c.relkind = 'r'
       AND (has_any_column_privilege('kurator_system', c.oid, 'INSERT, UPDATE') OR has_table_privilege('kurator_system', c.oid, 'DELETE, TRUNCATE'))`,
    );
    expect(writes).toEqual([]);
  });
});
