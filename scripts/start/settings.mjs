import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { Fault, freePort, portTrouble } from '../lib/process.mjs';

const withRole = (url, role, password) => {
  const as = new URL(url);
  as.username = role;
  as.password = password;
  return as.href;
};

/**
 * The settings of every process of ours: what the user set, and for the rest what the embedded mode brings.
 * @param {object} options
 * @param {Record<string, string | undefined>} options.env the user's, `.env` included
 * @param {{ path: (...names: string[]) => string, secrets: Record<string, string> }} options.data
 * @param {string} options.postgresUrl owner's connection
 * @param {string} options.engine address
 * @param {number} options.mailPort
 */
export const composeSettings = ({ env, data, postgresUrl, engine, mailPort }) => {
  const { secrets } = data;
  if (env.DATABASE_URL !== undefined && !URL.canParse(env.DATABASE_URL))
    throw new Fault('DATABASE_URL is no address: write it as postgres://owner:password@host:5432/kurator.');
  const owner = env.DATABASE_URL ?? postgresUrl;
  const port = env.PORT ?? '3000';
  const defaults = {
    PORT: port,
    DATABASE_URL: owner,
    DATABASE_APP_URL: withRole(owner, 'kurator_app', secrets.appPassword),
    DATABASE_SYSTEM_URL: withRole(owner, 'kurator_system', secrets.systemPassword),
    DATABASE_AUTH_URL: withRole(owner, 'kurator_auth', secrets.authPassword),
    TEMPORAL_ADDRESS: engine,
    KURATOR_KEY: secrets.key,
    MAIL_FROM: 'Kurator <kurator@localhost>',
    // A wrong PORT is one fault, not two.
    PUBLIC_URL: `http://localhost:${Number(port) <= 65_535 ? port : 3000}`,
    BETTER_AUTH_SECRET: secrets.authSecret,
    ...(env.SMTP_URL ? {} : { SMTP_URL: `smtp://127.0.0.1:${mailPort}`, KURATOR_MAILBOX: data.path('mailbox') }),
  };
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined));
  return { ...defaults, ...set };
};

/**
 * Asks platform/config, the one place that knows what a setting may be. Faults of `.env` are named by their line.
 * @param {Record<string, string>} settings
 * @param {{ root: string, lines: Record<string, number> }} where
 */
export const checkSettings = (settings, { root, lines }) => {
  const check = spawnSync(process.execPath, ['--import', 'tsx', join('platform', 'config', 'check-main.ts')], {
    cwd: root,
    env: settings,
    encoding: 'utf8',
  });
  if (check.status === 0) return;
  const faults = check.stderr.trim().split('\n');
  if (check.status !== 78) throw new Fault(`The settings could not be checked:\n${faults.slice(-15).join('\n')}`);
  const placed = faults.map((fault) => {
    const [name] = fault.split(' ');
    return lines[name] ? `.env, line ${lines[name]}: ${fault}` : fault;
  });
  throw new Fault(placed.join('\n'));
};

/** @param {string} port */
export const checkPort = async (port) => {
  const number = Number(port);
  // Whoever listens on one of the two would answer in our place.
  const trouble = (await portTrouble(number, '::')) ?? (await portTrouble(number, '0.0.0.0'));
  const other = `for example PORT=${number < 1024 ? number + 8000 : number + 1} npm start`;
  if (trouble === 'EACCES') throw new Fault(`Your user may not listen on port ${port}: choose another one, ${other}.`);
  if (trouble)
    throw new Fault(`Port ${port} is in use by another program: stop that one, or choose another port, ${other}.`);
};

/** The mailbox's SMTP port; a known one where it is free, so that other programs can be pointed at it. */
export const chooseMailPort = async () => ((await portTrouble(2525)) ? freePort() : 2525);
