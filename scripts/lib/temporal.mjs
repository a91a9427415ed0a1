import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { getTemporalBinary } from './temporal-binary.mjs';
import { Fault, commandLine, createTail, endProcess, freePort, isAlive } from './process.mjs';

/** What operators can search running cases by; registered on every server that Kurator uses. */
export const searchAttributes = {
  KuratorStage: 'Keyword',
  KuratorRegulation: 'Keyword',
  KuratorInstitution: 'Keyword',
  KuratorNextDueAt: 'Datetime',
  KuratorSeq: 'Int',
};

/** Dynamic configuration of every engine that Kurator brings; a server of one's own needs it too (deploy/engine/dynamic-config.yaml). */
export const settings = {
  // At the default of 20 a command waits a steady 100 ms for the engine's own queues; at 500, 28–47 ms.
  'history.transferProcessorMaxPollRPS': 500,
  'history.timerProcessorMaxPollRPS': 500,
  'matching.numTaskqueueReadPartitions': 1,
  'matching.numTaskqueueWritePartitions': 1,
  // Else a search attribute that was just registered is unknown for a minute.
  'system.forceSearchAttributesCacheRefreshOnRead': true,
};

// 124 timers a second against 23 with SQLite's defaults; a kill lost none of 100.
const pragmas = ['journal_mode=wal', 'synchronous=normal'];

const attempts = 5;

const endStaleServer = async (pidFile, dbFile, log) => {
  let pid;
  try {
    pid = Number(readFileSync(pidFile, 'utf8'));
  } catch {
    return;
  }
  const command = isAlive(pid) ? commandLine(pid) : '';
  if (command.includes('start-dev') && command.includes(dbFile)) {
    log(`Temporal: ending the engine that an earlier start left behind (process ${pid})`);
    await endProcess(pid);
  }
  rmSync(pidFile, { force: true });
};

const argumentsFor = ({ dbFile, port, uiPort, namespaces, extraSettings }) => {
  const args = ['server', 'start-dev', '--ip', '127.0.0.1', '--port', String(port), '--log-format', 'json'];
  if (uiPort) args.push('--ui-port', String(uiPort));
  else args.push('--headless');
  if (dbFile) args.push('--db-filename', dbFile, ...pragmas.flatMap((pragma) => ['--sqlite-pragma', pragma]));
  for (const name of namespaces) args.push('--namespace', name);
  for (const [name, type] of Object.entries(searchAttributes)) args.push('--search-attribute', `${name}=${type}`);
  for (const [name, value] of Object.entries({ ...settings, ...extraSettings }))
    args.push('--dynamic-config-value', `${name}=${JSON.stringify(value)}`);
  return args;
};

const launch = async ({ program, args, log }) => {
  const child = spawn(program, args, {
    // A group of its own: Ctrl-C reaches the supervisor alone, which stops the engine after the worker.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const tail = createTail();
  const ended = new Promise((done) => {
    child.once('error', (error) => {
      tail.add(error.message);
      done({ code: 1, signal: null });
    });
    child.once('close', (code, signal) => done({ code, signal }));
  });
  const ready = new Promise((done) => {
    let said = '';
    const listen = (chunk) => {
      said += chunk;
      if (/^Server:/m.test(said)) {
        child.stdout.off('data', listen);
        done('ready');
      }
    };
    child.stdout.on('data', listen);
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      tail.add(chunk);
      log(String(chunk).trimEnd(), 'debug');
    });
  const outcome = await Promise.race([ready, ended, new Promise((done) => setTimeout(done, 30_000, 'late').unref())]);
  if (outcome === 'ready') return { child, ended };
  if (outcome === 'late') await endProcess(child.pid);
  throw new Fault(
    `The engine does not start: ${tail.last(/rror|anic|unable|full/) ?? (tail.text() || 'it ended without a word')}`,
  );
};

/**
 * Starts the engine: Temporal's own development server with its data on disk, or in memory for tests. With
 * a server of the user's own (TEMPORAL_ADDRESS) nothing is started and `external` is true.
 * @param {object} options
 * @param {string | null} options.dbFile file of the engine's data; `null` keeps nothing
 * @param {string} [options.external] address of the user's own server, by default TEMPORAL_ADDRESS
 * @param {number} [options.port] by default a free one, another where it is taken meanwhile
 * @param {number} [options.uiPort] Temporal's own pages; none by default
 * @param {string[]} [options.namespaces] besides `default`
 * @param {Record<string, unknown>} [options.settings] further dynamic configuration
 * @param {(line: string, level?: 'debug') => void} [options.log]
 * @returns {Promise<{ address: string, external: boolean, pid?: number, ended: Promise<unknown>, stop: () => Promise<void> }>}
 */
export const startTemporal = async ({
  dbFile: given,
  external = process.env.TEMPORAL_ADDRESS,
  port: wanted,
  uiPort,
  namespaces = [],
  settings: extraSettings = {},
  log = () => {},
}) => {
  if (external) return { address: external, external: true, ended: new Promise(() => {}), stop: async () => {} };
  const program = await getTemporalBinary(log);
  const dbFile = given === null ? null : resolve(given);
  const pidFile = dbFile && `${dbFile}.pid`;
  if (dbFile) {
    mkdirSync(dirname(dbFile), { recursive: true });
    await endStaleServer(pidFile, dbFile, log);
  }
  for (let attempt = 1; ; attempt += 1) {
    const port = wanted ?? (await freePort());
    const args = argumentsFor({ dbFile, port, uiPort, namespaces, extraSettings });
    try {
      const { child, ended } = await launch({ program, args, log });
      if (pidFile) writeFileSync(pidFile, String(child.pid));
      return {
        address: `127.0.0.1:${port}`,
        external: false,
        pid: child.pid,
        ended,
        stop: async () => {
          await endProcess(child.pid);
          await ended;
          if (pidFile) rmSync(pidFile, { force: true });
        },
      };
    } catch (error) {
      // Besides its own port the engine picks some for its inner services, each before it is bound.
      if (attempt === attempts || !/address already in use/.test(error.message)) throw error;
      log(`${error.message}; trying again`, 'debug');
    }
  }
};
