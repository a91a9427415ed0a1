import { writeFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../lib/process.mjs';
import { registerSearchAttributes } from '../lib/search-attributes.mjs';
import { startPostgres } from '../lib/postgres.mjs';
import { startTemporal } from '../lib/temporal.mjs';
import { endLeftover, openLog, startChild } from './child.mjs';
import { printBanner } from './banner.mjs';
import { runDemo } from './demo.mjs';
import { startMailbox } from './mailbox.mjs';
import { bringTogether, findRestored, settleRestored } from './restored.mjs';
import { checkPort, checkSettings, composeSettings } from './settings.mjs';
import { supervise } from './supervise.mjs';
import { watchDisk } from './watch-disk.mjs';

const programs = {
  mailbox: 'platform/mail/mailbox-main.ts',
  worker: 'worker/main.ts',
  api: 'api/main.ts',
};

const readyWithinMs = 300_000;
const patienceMs = 15_000;

/**
 * The whole product on one machine: what it consists of, in which order it starts and stops.
 * @param {{ root: string, env: Record<string, string | undefined>, lines: Record<string, number>,
 *   data: ReturnType<import('./data-folder.mjs').openDataFolder>, say: (line: string) => void, giveUp: (fault: Fault) => void }} options
 */
export const createProduct = ({ root, env, lines, data, say, giveUp }) => {
  const began = Date.now();
  /** Running parts, in the order of their start. */
  const parts = [];
  /** Starts under way: a Ctrl-C in between must find what they bring. */
  const starts = new Set();
  let stopping = false;
  /** Whether the api listens: what answers on its port before is another program. */
  let answers = false;
  const abandoned = new AbortController();
  let endDiskWatch;

  const add = (name, start) => {
    if (stopping) return Promise.resolve();
    const logFile = data.path('logs', `${name}.log`);
    const underWay = supervise({ name, start, logFile, say, giveUp })
      .then((part) => void parts.push(part))
      .finally(() => starts.delete(underWay));
    starts.add(underWay);
    return underWay;
  };

  const server = (name, start) => {
    const write = openLog(data.path('logs', `${name}.log`));
    const log = (line, level) => {
      write(line);
      if (level !== 'debug') say(line);
    };
    return add(name, () => start(log));
  };

  const launch = (name, settings) => startChild({ root, script: programs[name], name, env: settings, data });
  const child = (name, settings) => add(name, async () => launch(name, settings));

  const start = async () => {
    for (const [name, script] of Object.entries(programs))
      await endLeftover(data.path('run', `${name}.pid`), script, say);
    // Nobody asked for these: each is picked as it is bound, and then stays, since others are told of it.
    const ports = {};
    const compose = (postgresUrl) =>
      composeSettings({
        env,
        data,
        postgresUrl,
        engine: `127.0.0.1:${ports.engine ?? 7233}`,
        mailPort: ports.mail ?? 2525,
      });
    const anyRecords = 'postgres://postgres@127.0.0.1/kurator';
    const first = compose(anyRecords);
    checkSettings(first, { root, lines });
    await checkPort(first.PORT);

    say('Starting the records and the engine …');
    let postgresUrl;
    await Promise.all([
      env.DATABASE_URL === undefined &&
        server('postgres', async (log) => {
          const options = { dataDir: data.path('postgres'), port: ports.postgres, database: 'kurator', log };
          const running = await startPostgres(options);
          postgresUrl = running.url;
          ports.postgres = running.port;
          return running;
        }),
      env.TEMPORAL_ADDRESS === undefined &&
        server('engine', async (log) => {
          const dbFile = data.path('engine.db');
          const running = await startTemporal({ dbFile, external: '', port: ports.engine, log });
          ports.engine = new URL(`http://${running.address}`).port;
          // Where `kurator engine` finds it.
          writeFileSync(data.path('run', 'engine'), running.address);
          return running;
        }),
      first.KURATOR_MAILBOX &&
        add('mailbox', () =>
          startMailbox({ ports, asked: env.SMTP_URL, launch: () => launch('mailbox', compose(anyRecords)) }),
        ),
    ]);
    const settings = compose(postgresUrl);
    if (env.TEMPORAL_ADDRESS !== undefined)
      await registerSearchAttributes({ address: env.TEMPORAL_ADDRESS, namespace: env.TEMPORAL_NAMESPACE ?? 'default' });
    await migrate(settings);
    const lost = findRestored(data);
    if (lost?.length) await settleRestored({ root, settings, data, lost, say });
    say('Starting Kurator …');
    await child('worker', settings);
    await add('api', async () => {
      const api = launch('api', settings);
      void api.listening.then(() => (answers = true));
      return api;
    });
    await waitUntilReady(settings);
    if (stopping) return;
    endDiskWatch = watchDisk({ folder: data.path(), say });
    if (lost) await bringTogether({ root, settings, data, say });
    const demo =
      env.DATABASE_URL === undefined ? await runDemo({ root, settings, data, say, signal: abandoned.signal }) : '';
    if (!stopping) printBanner({ say, settings, data, demo, seconds: (Date.now() - began) / 1000 });
  };

  const migrate = async (settings) => {
    const { ended, errors } = startChild({
      root,
      script: 'platform/database/migrate-main.ts',
      name: 'migrations',
      env: settings,
      data,
    });
    const { code } = await ended;
    const advice = env.DATABASE_URL === undefined ? '' : ' (check DATABASE_URL)';
    if (code !== 0) throw new Fault(`The records could not be brought to this version: ${errors.text()}${advice}`);
  };

  const waitUntilReady = async (settings) => {
    const until = Date.now() + readyWithinMs;
    let speakAt = Date.now() + patienceMs;
    let state;
    while (!stopping) {
      // Three deaths before the first answer are no accident: its own words help more than waiting.
      const dead = parts.find((part) => part.failures >= 3);
      if (dead?.name === 'api') await checkPort(settings.PORT);
      if (dead)
        throw new Fault(`${dead.name} does not start (${data.path('logs', `${dead.name}.log`)}):\n${dead.lastWords()}`);
      try {
        if (!answers) throw new Error('not yet');
        const answer = await fetch(`http://127.0.0.1:${settings.PORT}/ready`, { signal: AbortSignal.timeout(5_000) });
        if (answer.status === 200) return;
        state = Object.entries((await answer.json()).checks)
          .filter(([, check]) => !check.ok)
          .map(([name, check]) => `${name}: ${check.detail ?? 'does not answer'}`)
          .join('; ');
      } catch {
        state = 'the api does not answer';
      }
      if (Date.now() > until)
        throw new Fault(
          `Kurator is not ready after ${readyWithinMs / 1000} s: ${state}. Its logs are in ${data.path('logs')}.`,
        );
      if (Date.now() > speakAt) {
        say(`  not ready yet: ${state}`);
        speakAt = Date.now() + patienceMs;
      }
      await sleep(100);
    }
  };

  return {
    start,
    stop: async () => {
      stopping = true;
      abandoned.abort();
      endDiskWatch?.();
      await Promise.allSettled(starts);
      const named = (...names) => parts.filter(({ name }) => names.includes(name)).map((part) => part.stop());
      // The records go last: whatever still runs may have something to write.
      await Promise.all(named('api', 'worker'));
      await Promise.all(named('mailbox', 'engine'));
      await Promise.all(named('postgres'));
      if (parts.length > 0) say('Kurator is stopped.');
    },
    /** Ends every part by its id without waiting. */
    kill: () => {
      for (const { pid } of parts) {
        try {
          process.kill(pid, 'SIGKILL');
        } catch {
          // It ended by itself.
        }
      }
    },
  };
};
