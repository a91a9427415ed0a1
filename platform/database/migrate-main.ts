import { ConfigError, withSecretFiles, type Environment } from '../config/config.ts';
import { readRegulationSources } from '../regulations/read-source.ts';
import { migrate, MigrationFault } from './migrate.ts';
import { publishRegulations } from './publish-regulations.ts';

/** Applies what is missing and says so. Run by the set-up and by operators: `node --import tsx platform/database/migrate-main.ts`. */
async function main(env: Environment): Promise<void> {
  const applied = await migrate(urlOf(env, 'DATABASE_URL').href, {
    appPassword: passwordOf(env, 'DATABASE_APP_URL'),
    systemPassword: passwordOf(env, 'DATABASE_SYSTEM_URL'),
    authPassword: passwordOf(env, 'DATABASE_AUTH_URL'),
  });
  process.stdout.write(
    applied.length === 0 ? 'migrations: nothing to apply\n' : `migrations: applied ${applied.join(', ')}\n`,
  );
  const kept = await publishRegulations(
    { ownerUrl: urlOf(env, 'DATABASE_URL').href, systemUrl: urlOf(env, 'DATABASE_SYSTEM_URL').href },
    [...readRegulationSources().values()],
  );
  if (kept.length > 0) process.stdout.write(`regulations: kept the text of ${kept.join(', ')}\n`);
}

function urlOf(env: Environment, name: string): URL {
  const value = env[name];
  if (value === undefined || !URL.canParse(value)) {
    throw new MigrationFault(
      `${name} ${value ? 'is not an address' : 'is missing'}: set it to one such as postgres://role:password@host:5432/kurator.`,
    );
  }
  return new URL(value);
}

function passwordOf(env: Environment, name: string): string {
  const { password } = urlOf(env, name);
  if (password === '')
    throw new MigrationFault(`${name} has no password: the role gets the one that stands in this address.`);
  return decodeURIComponent(password);
}

try {
  await main(withSecretFiles(process.env));
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(`${error.message}\n`);
  // EX_CONFIG of sysexits.h.
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
