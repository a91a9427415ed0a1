import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { rolePasswords, withDatabase } from './template.ts';

export interface TestDatabase {
  name: string;
  /** Superuser, as migrations run. */
  ownerUrl: string;
  /** `kurator_app`: row-level security by institution. */
  appUrl: string;
  /** `kurator_system`. */
  systemUrl: string;
  /** `kurator_auth`: schema `auth` only. */
  authUrl: string;
  drop(): Promise<void>;
}

const asRole = (url: string, role: string, password: string): string => {
  const as = new URL(url);
  as.username = role;
  as.password = password;
  return as.href;
};

/** A fresh, migrated database of the test file's own in the run's PostgreSQL. Drop it in `afterAll`. */
export async function createTestDatabase(): Promise<TestDatabase> {
  const postgresUrl = inject('postgresUrl');
  const template = inject('templateName');
  const name = `kurator_test_${randomBytes(6).toString('hex')}`;
  await query(postgresUrl, `CREATE DATABASE ${name} TEMPLATE ${template} STRATEGY FILE_COPY`);
  const ownerUrl = withDatabase(postgresUrl, name);
  return {
    name,
    ownerUrl,
    appUrl: asRole(ownerUrl, 'kurator_app', rolePasswords.appPassword),
    systemUrl: asRole(ownerUrl, 'kurator_system', rolePasswords.systemPassword),
    authUrl: asRole(ownerUrl, 'kurator_auth', rolePasswords.authPassword),
    // FORCE ends the connections of a test that failed before it could close them.
    drop: () => query(postgresUrl, `DROP DATABASE IF EXISTS ${name} WITH (FORCE)`),
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
