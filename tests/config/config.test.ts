import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { loadConfig, loadWorkerConfig } from '../../platform/config/config.ts';
import { faultsOf } from './faults-of.ts';

const key = randomBytes(32);
const valid = {
  DATABASE_APP_URL: 'postgres://kurator_app:one@db:5432/kurator',
  DATABASE_SYSTEM_URL: 'postgresql://kurator_system:two@db:5432/kurator',
  DATABASE_AUTH_URL: 'postgres://kurator_auth:three@db:5432/kurator',
  TEMPORAL_ADDRESS: 'temporal:7233',
  KURATOR_KEY: key.toString('base64'),
  SMTP_URL: 'smtp://mail:25',
  MAIL_FROM: 'Kurator <kurator@example.org>',
  PUBLIC_URL: 'https://kurator.example.org/',
  BETTER_AUTH_SECRET: 'x'.repeat(32),
};

test('valid settings are read, with the documented defaults', () => {
  expect(loadConfig(valid)).toEqual({
    port: 3000,
    publicUrl: 'https://kurator.example.org',
    database: {
      appUrl: valid.DATABASE_APP_URL,
      systemUrl: valid.DATABASE_SYSTEM_URL,
      authUrl: valid.DATABASE_AUTH_URL,
    },
    temporal: { address: 'temporal:7233', namespace: 'default', secrets: [key] },
    mail: { smtpUrl: 'smtp://mail:25', from: 'Kurator <kurator@example.org>' },
    mailbox: null,
    trustedProxies: [],
    authSecret: 'x'.repeat(32),
    logLevel: 'info',
  });
});

test('a worker needs, and gets, nothing of sessions', () => {
  const { DATABASE_AUTH_URL: _auth, BETTER_AUTH_SECRET: _secret, ...forWorker } = valid;
  expect(loadWorkerConfig(forWorker)).not.toHaveProperty('authSecret');
});

test('proxies are addresses and networks, and nothing else', () => {
  const env = { ...valid, TRUSTED_PROXIES: '10.0.0.5, 172.16.0.0/12,fd00::/8' };
  expect(loadConfig(env).trustedProxies).toEqual(['10.0.0.5', '172.16.0.0/12', 'fd00::/8']);
  for (const wrong of ['true', '*', '10.0.0.0/33', '10.0.0.5/8/8', 'proxy.example.ru']) {
    expect(faultsOf({ ...valid, TRUSTED_PROXIES: wrong })).toEqual([expect.stringContaining(`"${wrong}"`)]);
  }
});

test('older keys may still be read while the first one seals', () => {
  const older = randomBytes(32);
  const env = { ...valid, KURATOR_KEY: `${key.toString('base64')}, ${older.toString('base64')}` };
  expect(loadConfig(env).temporal.secrets).toEqual([key, older]);
});

test('every fault is told at once, each in one sentence', () => {
  const faults = faultsOf({});
  expect(faults).toHaveLength(Object.keys(valid).length);
  for (const name of Object.keys(valid))
    expect(faults.some((fault) => fault.startsWith(`${name} is missing: `))).toBe(true);
  for (const fault of faults) expect(fault).toMatch(/^[A-Z_]+ .*[^.]\.$/);
});

test.each([
  ['PORT', '0', 'PORT is 0: use a number from 1 to 65535.'],
  ['PORT', 'http', 'PORT is "http": use a number from 1 to 65535.'],
  ['PORT', '70000', 'PORT is 70000: use a number from 1 to 65535.'],
  ['LOG_LEVEL', 'loud', 'LOG_LEVEL is "loud": use one of fatal, error, warn, info, debug, trace, silent.'],
  [
    'TEMPORAL_ADDRESS',
    'http://a:1',
    'TEMPORAL_ADDRESS is "http://a:1": write host:port without a protocol, such as temporal:7233.',
  ],
  ['MAIL_FROM', 'nobody', 'MAIL_FROM is "nobody": write kurator@example.ru or Kurator <kurator@example.ru>.'],
  ['PUBLIC_URL', 'https://a.ru/kurator', 'leave the path away'],
  ['KURATOR_KEY', 'c2hvcnQ=', 'it is 5 bytes long'],
  ['KURATOR_KEY', `${key.toString('base64')},c2hvcnQ=`, 'key 2 of 2 is 5 bytes long'],
  ['BETTER_AUTH_SECRET', 'short', 'BETTER_AUTH_SECRET is 5 characters long'],
  ['SMTP_URL', '', 'SMTP_URL is empty'],
])('%s=%s is refused with what to do', (name, value, sentence) => {
  const faults = faultsOf({ ...valid, [name]: value });
  expect(faults).toHaveLength(1);
  expect(faults[0]).toContain(sentence);
});

test('a fault never shows a password', () => {
  for (const url of ['mysql://kurator_app:hunter2@db/kurator', 'postgres:/kurator_app:hunter2@db/kurator'])
    expect(faultsOf({ ...valid, DATABASE_APP_URL: url }).join()).not.toContain('hunter2');
});
