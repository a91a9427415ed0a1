import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { choosePostgresUser, getPostgresBinaries } from './postgres-binaries.mjs';
import { Fault, commandLine, createTail, endProcess, freePort, isAlive } from './process.mjs';

const complaint = /FATAL|PANIC|ERROR|could not|No space left|error:/;

/** Tests throw their records away, so they need not wait for the disk. */
const fastSettings = ['fsync=off', 'synchronous_commit=off', 'full_page_writes=off', 'max_connections=400'];

const prepareDirectory = async ({ dataDir, binaries, user, log }) => {
  const version = join(dataDir, 'PG_VERSION');
  if (existsSync(version)) return;
  log('PostgreSQL: making the folder of the records');
  const unfinished = `${dataDir}.making`;
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { recursive: true, mode: 0o700 });
  const password = randomBytes(18).toString('base64url');
  const passwordFile = join(dirname(dataDir), `.${randomBytes(6).toString('hex')}`);
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 });
  for (const path of user.owner ? [unfinished, passwordFile] : []) chownSync(path, user.owner.uid, user.owner.gid);
  try {
    await run({ user, program: binaries.initdb, what: 'PostgreSQL could not make its data folder', dataDir }, [
      `--pgdata=${unfinished}`,
      '--auth=scram-sha-256',
      '--username=postgres',
      `--pwfile=${passwordFile}`,
      '--encoding=UTF8',
      '--locale=C.UTF-8',
      '--lc-messages=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
    ]);
    writeFileSync(join(unfinished, 'kurator-password'), password, { mode: 0o600 });
    // A folder under its final name is always a whole one, wherever a kill strikes.
    renameSync(unfinished, dataDir);
  } finally {
    rmSync(passwordFile, { force: true });
    rmSync(unfinished, { recursive: true, force: true });
  }
};

const run = ({ user, program, what, dataDir }, args) =>
  new Promise((done, fail) => {
    const { file, args: all, options } = user.command(program, args);
    const child = spawn(file, all, { ...options, cwd: '/', stdio: ['ignore', 'pipe', 'pipe'], env: environment() });
    const tail = createTail();
    child.stdout.on('data', tail.add);
    child.stderr.on('data', tail.add);
    child.on('error', (error) => fail(new Fault(`${what}: ${error.message}.`)));
    child.on('close', (code) => {
      if (code === 0) done(undefined);
      else fail(new Fault(`${what} in ${dataDir}: ${tail.last(complaint) ?? tail.text()}`));
    });
  });

const environment = () => ({ ...process.env, LC_ALL: 'C.UTF-8', LC_MESSAGES: 'C', TZ: 'UTC' });

const readPidFile = (dataDir) => {
  try {
    const lines = readFileSync(join(dataDir, 'postmaster.pid'), 'utf8').split('\n');
    return { pid: Number(lines[0]), port: Number(lines[3]), ready: lines[7]?.trim() === 'ready' };
  } catch {
    return undefined;
  }
};

/** After a kill of our own process its PostgreSQL lives on: it is ended by its id, so that one supervisor owns one server. */
const endStaleServer = async (dataDir, log) => {
  const stale = readPidFile(dataDir);
  if (!stale?.pid || !isAlive(stale.pid)) return;
  const command = commandLine(stale.pid);
  if (command.includes('postgres') && command.includes(dataDir)) {
    log(`PostgreSQL: ending the server that an earlier start left behind (process ${stale.pid})`);
    await endProcess(stale.pid, { polite: 'SIGINT', timeoutMs: 15_000 });
  } else {
    // The number now belongs to a stranger; PostgreSQL would take the stranger for a running server.
    rmSync(join(dataDir, 'postmaster.pid'), { force: true });
  }
};

const launch = async ({ dataDir, binaries, user, port, settings, log }) => {
  const args = ['-D', dataDir, '-p', String(port)];
  for (const setting of ['listen_addresses=127.0.0.1', 'unix_socket_directories=', 'timezone=UTC', ...settings])
    args.push('-c', setting);
  const { file, args: all, options } = user.command(binaries.postgres, args);
  const child = spawn(file, all, {
    ...options,
    cwd: '/',
    // A group of its own: Ctrl-C reaches the supervisor alone, which stops the records last.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: environment(),
  });
  const tail = createTail();
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      tail.add(chunk);
      log(String(chunk).trimEnd(), 'debug');
    });
  const ended = new Promise((done) => {
    child.once('error', (error) => {
      tail.add(`FATAL: ${error.message}`);
      done({ code: 1, signal: null });
    });
    child.once('close', (code, signal) => done({ code, signal }));
  });
  let over = false;
  void ended.then(() => (over = true));
  while (!over) {
    const state = readPidFile(dataDir);
    if (state?.pid === child.pid && state.ready) return { child, ended, tail };
    await sleep(20);
  }
  throw new Fault(tail.last(complaint) ?? (tail.text() || 'PostgreSQL ended without a word'));
};

const makeDatabase = async (url, name) => {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
    if (rowCount === 0) await client.query(`CREATE DATABASE ${client.escapeIdentifier(name)}`);
  } finally {
    await client.end();
  }
};

/**
 * Starts the PostgreSQL that npm brought on a folder of its own, making the folder first if it is missing. A server
 * that an earlier start left on the folder is ended before. Fails with PostgreSQL's own line after 5 s of attempts.
 * @param {object} options
 * @param {string} options.dataDir
 * @param {number} [options.port] by default a free one
 * @param {string} [options.database] made if it is missing
 * @param {boolean} [options.fast] gives up durability; for tests only
 * @param {string[]} [options.settings] `name=value`, PostgreSQL's own
 * @param {(line: string, level?: 'debug') => void} [options.log]
 * @returns {Promise<{ url: string, port: number, pid: number, version: string, ended: Promise<unknown>, stop: () => Promise<void> }>}
 *   the superuser's URL of the database
 */
export const startPostgres = async ({
  dataDir: given,
  port: wanted,
  database = 'postgres',
  fast = false,
  settings = [],
  log = () => {},
}) => {
  const dataDir = resolve(given);
  mkdirSync(dirname(dataDir), { recursive: true });
  const user = choosePostgresUser(dirname(dataDir));
  const binaries = getPostgresBinaries(user);
  await prepareDirectory({ dataDir, binaries, user, log });
  await endStaleServer(dataDir, log);
  const until = Date.now() + 5_000;
  for (;;) {
    const port = wanted ?? (await freePort());
    try {
      const { child, ended } = await launch({
        dataDir,
        binaries,
        user,
        port,
        settings: [...(fast ? fastSettings : []), ...settings],
        log,
      });
      const password = readFileSync(join(dataDir, 'kurator-password'), 'utf8');
      const server = `postgres://postgres:${password}@127.0.0.1:${port}`;
      if (database !== 'postgres') await makeDatabase(`${server}/postgres`, database);
      return {
        url: `${server}/${database}`,
        port,
        pid: child.pid,
        version: binaries.version,
        ended,
        stop: async () => {
          // SIGINT is PostgreSQL's fast shutdown: sessions are ended, everything is written.
          await endProcess(child.pid, { polite: 'SIGINT', timeoutMs: 15_000 });
          await ended;
        },
      };
    } catch (error) {
      if (Date.now() > until || /No space left|is not compatible/.test(error.message))
        throw new Fault(`PostgreSQL does not start on ${dataDir}: ${error.message}`);
      await sleep(300);
      await endStaleServer(dataDir, log);
    }
  }
};
