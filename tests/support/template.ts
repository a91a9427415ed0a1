import pg from 'pg';

export const rolePasswords = {
  appPassword: 'test-app',
  systemPassword: 'test-system',
  authPassword: 'test-auth',
};

export const withDatabase = (url: string, name: string): string => {
  const at = new URL(url);
  at.pathname = `/${name}`;
  return at.href;
};

/**
 * Every test database is a copy of this one: migrations run once a run, a copy takes a few milliseconds.
 * @returns the template's name
 */
export async function makeTemplate(postgresUrl: string): Promise<string> {
  const name = `kurator_template_${process.pid}`;
  const client = new pg.Client({ connectionString: postgresUrl });
  await client.connect();
  try {
    await client.query(`CREATE DATABASE ${name}`);
  } finally {
    await client.end();
  }
  const { migrate } = await import('../../platform/database/migrate.ts');
  await migrate(withDatabase(postgresUrl, name), rolePasswords);
  return name;
}
