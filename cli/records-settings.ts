import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { ConfigError, withSecretFiles, type Environment } from '../platform/config/config.ts';

/** Where the records are and what opens them. */
export interface RecordsSettings {
  appUrl: string;
  systemUrl: string;
  secrets: readonly [Buffer, ...Buffer[]];
}

/** What making an account needs besides: where accounts are, and the address that people open. */
export interface OfficeSettings extends RecordsSettings {
  authUrl: string;
  authSecret: string;
  publicUrl: string;
}

/** A fault of the settings in one sentence. */
export class SettingsFault extends Error {
  override readonly name = 'SettingsFault';
}

const Secrets = z.object({
  key: z.string(),
  appPassword: z.string(),
  systemPassword: z.string(),
  authPassword: z.string(),
  authSecret: z.string(),
});

/**
 * The settings that are named, else those of the embedded mode that runs on this machine: its data folder says where.
 * @throws SettingsFault
 */
export function findRecords(given: NodeJS.ProcessEnv): RecordsSettings {
  const env = readFiles(given);
  const { DATABASE_APP_URL: appUrl, DATABASE_SYSTEM_URL: systemUrl, KURATOR_KEY: key } = env;
  if (appUrl && systemUrl && key) return { appUrl, systemUrl, secrets: readKeys(key) };
  if (appUrl || systemUrl)
    throw new SettingsFault('Set all of DATABASE_APP_URL, DATABASE_SYSTEM_URL and KURATOR_KEY, or none of them.');
  const { secrets, url } = findEmbedded(env);
  return {
    appUrl: url('kurator_app', secrets.appPassword),
    systemUrl: url('kurator_system', secrets.systemPassword),
    secrets: readKeys(secrets.key),
  };
}

/** Where accounts and sessions are. @throws SettingsFault */
export function findAccounts(given: NodeJS.ProcessEnv): { authUrl: string } {
  const env = readFiles(given);
  if (env['DATABASE_APP_URL']) {
    const { DATABASE_AUTH_URL: authUrl } = env;
    if (authUrl) return { authUrl };
    throw new SettingsFault('Set DATABASE_AUTH_URL too, as the api has it.');
  }
  const { secrets, url } = findEmbedded(env);
  return { authUrl: url('kurator_auth', secrets.authPassword) };
}

/** The records with the accounts: as the api has them, or those of the embedded mode. @throws SettingsFault */
export function findOffice(given: NodeJS.ProcessEnv): OfficeSettings {
  const records = findRecords(given);
  const env = readFiles(given);
  const { DATABASE_AUTH_URL: authUrl, BETTER_AUTH_SECRET: authSecret, PUBLIC_URL: publicUrl } = env;
  if (env['DATABASE_APP_URL']) {
    if (authUrl && authSecret && publicUrl && URL.canParse(publicUrl))
      return { ...records, authUrl, authSecret, publicUrl: new URL(publicUrl).origin };
    throw new SettingsFault('Set DATABASE_AUTH_URL, BETTER_AUTH_SECRET and PUBLIC_URL too, as the api has them.');
  }
  return {
    ...records,
    ...findAccounts(given),
    authSecret: findEmbedded(env).secrets.authSecret,
    publicUrl:
      publicUrl && URL.canParse(publicUrl) ? new URL(publicUrl).origin : `http://localhost:${env['PORT'] ?? 3000}`,
  };
}

/** The settings, or `null` once their fault has been told. */
export function findOrTell<Settings>(
  find: (env: NodeJS.ProcessEnv) => Settings,
  env: NodeJS.ProcessEnv,
): Settings | null {
  try {
    return find(env);
  } catch (error) {
    if (!(error instanceof SettingsFault)) throw error;
    process.stderr.write(`${error.message}\n`);
    return null;
  }
}

function findEmbedded(env: Environment) {
  const folder = resolve(env['KURATOR_DATA'] ?? '.kurator');
  const secretsFile = join(folder, 'secrets.json');
  const pidFile = join(folder, 'postgres', 'postmaster.pid');
  if (!existsSync(secretsFile))
    throw new SettingsFault(
      `There are no records in ${folder}: start Kurator once (npm start), or name another folder with KURATOR_DATA.`,
    );
  if (!existsSync(pidFile))
    throw new SettingsFault('The records are not running: start Kurator (npm start) and try again beside it.');
  // PostgreSQL's own file: its fourth line is the port.
  const port = readFileSync(pidFile, 'utf8').split('\n')[3]?.trim() ?? '';
  const secrets = Secrets.parse(JSON.parse(readFileSync(secretsFile, 'utf8')));
  const url = (role: string, password: string): string =>
    `postgres://${role}:${encodeURIComponent(password)}@127.0.0.1:${port}/kurator`;
  return { secrets, url };
}

function readKeys(text: string): RecordsSettings['secrets'] {
  const [current, ...older] = text.split(',').map((part) => Buffer.from(part.trim(), 'base64'));
  if (current === undefined || [current, ...older].some((key) => key.length !== 32))
    throw new SettingsFault('KURATOR_KEY must hold 32 bytes in base64.');
  return [current, ...older];
}

function readFiles(env: NodeJS.ProcessEnv): Environment {
  try {
    return withSecretFiles(env);
  } catch (error) {
    if (error instanceof ConfigError) throw new SettingsFault(error.message);
    throw error;
  }
}
