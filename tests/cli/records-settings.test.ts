import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findAccounts, findOffice, findRecords, SettingsFault } from '../../cli/records-settings.ts';

const data = mkdtempSync(join(tmpdir(), 'kurator-settings-'));
const key = Buffer.alloc(32, 7).toString('base64');
const [app, system, auth] = ['app', 'system', 'auth'].map((name) => `postgres://${name}@records.test/kurator`) as [
  string,
  string,
  string,
];
const embedded = 'postgres://kurator_auth:of%20accounts@127.0.0.1:5499/kurator';

beforeAll(() => {
  mkdirSync(join(data, 'postgres'));
  writeFileSync(join(data, 'postgres', 'postmaster.pid'), '4711\n/somewhere\n1760000000\n5499\n\nlocalhost\n');
  const passwords = { appPassword: 'a', systemPassword: 's', authPassword: 'of accounts', authSecret: 'x' };
  writeFileSync(join(data, 'secrets.json'), JSON.stringify({ key, ...passwords }));
});
afterAll(() => rmSync(data, { recursive: true, force: true }));

describe('the accounts of an installation', () => {
  it('are those of the data folder where the records are', () => {
    expect(findAccounts({ KURATOR_DATA: data })).toEqual({ authUrl: embedded });
  });

  it('stay with the records of the data folder though the environment names accounts of another installation', () => {
    const env = { KURATOR_DATA: data, DATABASE_AUTH_URL: auth };
    expect(findRecords(env).appUrl).toContain('127.0.0.1:5499');
    expect(findAccounts(env)).toEqual({ authUrl: embedded });
    expect(findOffice(env).authUrl).toBe(embedded);
  });

  it('are those that are named with the records', () => {
    const env = { KURATOR_DATA: data, KURATOR_KEY: key, DATABASE_APP_URL: app, DATABASE_SYSTEM_URL: system };
    expect(findAccounts({ ...env, DATABASE_AUTH_URL: auth })).toEqual({ authUrl: auth });
  });

  it('are never those of the data folder where the records are elsewhere', () => {
    const env = { KURATOR_DATA: data, KURATOR_KEY: key, DATABASE_APP_URL: app, DATABASE_SYSTEM_URL: system };
    expect(() => findAccounts(env)).toThrow(new SettingsFault('Set DATABASE_AUTH_URL too, as the api has it.'));
    expect(() => findOffice(env)).toThrow(SettingsFault);
  });
});
