import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { loadConfig, loadEngineConfig, loadWorkerConfig } from '../../platform/config/config.ts';
import { faultsOf } from './faults-of.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'kurator-secrets-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const inFile = (name: string, content: string): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};
const key = Buffer.alloc(32, 5).toString('base64');
const valid = {
  DATABASE_APP_URL: 'postgres://kurator_app@db:5432/kurator',
  DATABASE_APP_PASSWORD_FILE: inFile('app', 'p@ss:word\n'),
  DATABASE_SYSTEM_URL_FILE: inFile('system', 'postgres://kurator_system:two@db:5432/kurator\r\n'),
  DATABASE_AUTH_URL: 'postgres://kurator_auth@db:5432/kurator',
  DATABASE_AUTH_PASSWORD: 'three',
  TEMPORAL_ADDRESS: 'engine:7233',
  KURATOR_KEY_FILE: inFile('key', `${key}\n`),
  SMTP_URL: 'smtp://kurator@mail:587',
  SMTP_PASSWORD_FILE: inFile('smtp', 'four'),
  MAIL_FROM: 'kurator@example.org',
  PUBLIC_URL: 'https://kurator.example.org',
  BETTER_AUTH_SECRET_FILE: inFile('auth', 'x'.repeat(44)),
};

test('every secret may stand in a file, and a password apart from its address', () => {
  const config = loadConfig(valid);
  expect(config.database).toEqual({
    appUrl: 'postgres://kurator_app:p%40ss%3Aword@db:5432/kurator',
    systemUrl: 'postgres://kurator_system:two@db:5432/kurator',
    authUrl: 'postgres://kurator_auth:three@db:5432/kurator',
  });
  expect(config.temporal.secrets).toEqual([Buffer.alloc(32, 5)]);
  expect(config.mail.smtpUrl).toBe('smtp://kurator:four@mail:587');
  expect(config.authSecret).toBe('x'.repeat(44));
});

test('a worker reads them too, and the set-up of the engine needs no secret at all', () => {
  expect(loadWorkerConfig(valid).mail.smtpUrl).toBe('smtp://kurator:four@mail:587');
  expect(loadEngineConfig({ TEMPORAL_ADDRESS: 'engine:7233' })).toEqual({
    address: 'engine:7233',
    namespace: 'default',
  });
});

const missing = path.join(folder, 'nowhere');
test.each([
  [{ KURATOR_KEY_FILE: missing }, `KURATOR_KEY_FILE names ${missing}, which cannot be read (ENOENT)`],
  [{ KURATOR_KEY_FILE: inFile('empty', '\n') }, 'KURATOR_KEY_FILE names an empty file'],
  [{ KURATOR_KEY_FILE: inFile('short', 'c2hvcnQ=') }, 'KURATOR_KEY does not hold a key: it is 5 bytes long'],
  [{ KURATOR_KEY: key }, 'KURATOR_KEY and KURATOR_KEY_FILE are both set: leave one of them out.'],
  [
    { DATABASE_APP_URL: 'postgres://kurator_app:one@db/kurator' },
    'DATABASE_APP_PASSWORD is set, and DATABASE_APP_URL holds a password too',
  ],
  [{ DATABASE_APP_URL: 'postgres://db/kurator' }, 'DATABASE_APP_PASSWORD is set, and DATABASE_APP_URL names no user'],
])('%o is one fault with what to do', (more, sentence) => {
  const faults = faultsOf({ ...valid, ...more });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(sentence);
});

test('a fault never shows what a file holds', () => {
  const file = inFile('wrong', 'mysql://kurator_system:hunter2@db/kurator');
  const faults = faultsOf({ ...valid, DATABASE_SYSTEM_URL_FILE: file });
  expect(faults).toHaveLength(1);
  expect(faults.join()).not.toContain('hunter2');
});
