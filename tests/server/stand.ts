import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import pg from 'pg';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { freePort } from '../../scripts/lib/process.mjs';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { getService, readCompose, root } from './compose.ts';

export interface StandProcess {
  name: string;
  /** Of an api: where it answers. */
  url: string;
  said(): string;
  /** `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** What docker-compose.yml starts, started by hand: the same programs with the same environment, on this machine. */
export interface Stand {
  /** The environment of a service, its hosts and its secrets' folder replaced by those of this machine. */
  environmentOf(service: string): Record<string, string>;
  ownerUrl: string;
  /** Starts one process more of a service and waits until it works. */
  start(service: 'api' | 'worker'): Promise<StandProcess>;
  close(): Promise<void>;
}

/** @param smtpUrl the mail server */
export async function openStand(smtpUrl: string): Promise<Stand> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kurator-stand-'));
  // PostgreSQL runs as another user where the test runs as root.
  chmodSync(folder, 0o755);
  const secrets = path.join(folder, 'secrets');
  const secret = (name: string): string => readFileSync(path.join(secrets, name), 'utf8');
  await run([path.join(root, 'scripts', 'make-secrets.mjs'), secrets], {});
  chmodSync(path.join(secrets, 'smtp_url'), 0o600);
  writeFileSync(path.join(secrets, 'smtp_url'), `${smtpUrl}\n`);

  const compose = readCompose({ PUBLIC_URL: 'http://kurator.example', MAIL_FROM: 'Kurator <kurator@kurator.example>' });
  const [postgres, engine] = await Promise.all([
    startPostgres({ dataDir: path.join(folder, 'postgres'), database: 'kurator', fast: true }),
    // TEST_TEMPORAL_ADDRESS: a server of one's own, such as one on PostgreSQL.
    startTemporal({ dbFile: null, external: process.env['TEST_TEMPORAL_ADDRESS'] ?? '' }),
  ]);
  await makeOwner(
    postgres.url,
    getService(compose, 'postgres').environment?.['POSTGRES_USER'] ?? '',
    secret('owner_password'),
  );

  const environmentOf = (name: string): Record<string, string> => {
    const here = Object.entries(getService(compose, name).environment ?? {}).map(([key, value]) => [
      key,
      value
        .replace('postgres:5432', `127.0.0.1:${postgres.port}`)
        .replace('engine:7233', engine.address)
        .replace('/run/secrets', secrets),
    ]);
    return Object.fromEntries(here) as Record<string, string>;
  };
  const commandOf = (name: string): string[] => (getService(compose, name).command ?? []).slice(1);
  await Promise.all(['migrate', 'engine-setup'].map((name) => run(commandOf(name), environmentOf(name))));

  const running = new Set<ChildProcess>();
  return {
    environmentOf,
    ownerUrl: postgres.url,
    async start(service) {
      const port = await freePort();
      const env = { ...bare(), ...environmentOf(service), ...(service === 'api' && { PORT: String(port) }) };
      const child = spawn(process.execPath, commandOf(service), { cwd: root, env, stdio: ['ignore', 'pipe', 'pipe'] });
      running.add(child);
      let said = '';
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-50_000)));
      const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
      const url = `http://127.0.0.1:${port}`;
      const works = service === 'api' ? () => answers(`${url}/ready`) : async () => said.includes('"msg":"working"');
      await until(`${service} to work`, works, () => (child.exitCode === null ? '' : said));
      const end = async (signal: NodeJS.Signals): Promise<void> => {
        child.kill(signal);
        await ended;
        running.delete(child);
      };
      return { name: service, url, said: () => said, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
    },
    async close() {
      for (const child of running) child.kill('SIGKILL');
      await Promise.allSettled([postgres.stop(), engine.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** What a container has of itself, and nothing of this machine's settings. */
const bare = (): Record<string, string> => ({ PATH: process.env['PATH'] ?? '', HOME: process.env['HOME'] ?? '' });

const run = (args: string[], env: Record<string, string>) =>
  promisify(execFile)(process.execPath, args, { cwd: root, env: { ...bare(), ...env } });

async function makeOwner(url: string, name: string, password: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const [role, word] = [client.escapeIdentifier(name), client.escapeLiteral(password)];
    // As the image makes POSTGRES_USER.
    await client.query(`CREATE ROLE ${role} LOGIN SUPERUSER PASSWORD ${word}`);
  } finally {
    await client.end();
  }
}

const answers = async (url: string): Promise<boolean> => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(3_000) })).ok;
  } catch {
    return false;
  }
};

/** @param lastWords why it can never come about, or nothing */
export async function until(
  what: string,
  holds: () => Promise<boolean>,
  lastWords: () => string = () => '',
  timeoutMs = 90_000,
): Promise<void> {
  const deadline = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (lastWords() !== '' || Date.now() > deadline) throw new Error(`Waited in vain for ${what}: ${lastWords()}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
