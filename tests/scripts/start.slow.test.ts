import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, expect, test } from 'vitest';
import { parse } from 'yaml';
import { ApiRefusal, signIn } from '../../cli/api-client.ts';
import { commandLine, endProcess, freePort, isAlive } from '../../scripts/lib/process.mjs';
import { runScript, spawnScript } from '../support/clone.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
// The folder above is closed to others, as one that mktemp made is: PostgreSQL's own user has to get in all the same.
const data = path.join(mkdtempSync(path.join(tmpdir(), 'kurator-start-')), 'data');
const port = String(await freePort());
const origin = `http://localhost:${port}`;
const env = { KURATOR_DATA: data, PORT: port };

interface Product {
  process: ChildProcess;
  output: () => string;
}

let product: Product | undefined;

const start = async (): Promise<Product> => {
  const child = spawnScript(root, ['scripts/start.mjs'], env);
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  product = { process: child, output: () => said };
  await until('the address', () => {
    if (child.exitCode !== null) throw new Error(said);
    return said.includes('Ctrl-C stops it');
  });
  return product;
};

const until = async (what: string, holds: () => boolean | Promise<boolean>, timeoutMs = 120_000): Promise<void> => {
  const end = Date.now() + timeoutMs;
  while (!(await holds())) {
    if (Date.now() > end) throw new Error(`${what} did not come within ${timeoutMs} ms:\n${product?.output()}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
};

const isReady = async (): Promise<boolean> => {
  try {
    return (await fetch(`${origin}/ready`, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
};

const readPid = (file: string): number => Number(readFileSync(path.join(data, file), 'utf8').split('\n')[0]);

const pids = (): Record<string, number> => ({
  postgres: readPid('postgres/postmaster.pid'),
  engine: readPid('engine.db.pid'),
  mailbox: readPid('run/mailbox.pid'),
  worker: readPid('run/worker.pid'),
  api: readPid('run/api.pid'),
});

const login = async () => {
  const office = parse(readFileSync(path.join(root, 'cli/demo-data/office.yaml'), 'utf8')) as {
    password: string;
    staff: { role: string; email: string }[];
  };
  const head = office.staff.find((person) => person.role === 'head');
  // For a moment after a kill the API may answer "repeat in a few seconds" (503), as its clients do.
  for (let attempt = 1; ; attempt++) {
    try {
      return await signIn(origin, head?.email ?? '', office.password);
    } catch (error) {
      if (attempt === 20 || !(error instanceof ApiRefusal) || error.status !== 503) throw error;
      await new Promise((resolve) => setTimeout(resolve, 500));
    }
  }
};

interface Entry {
  seq: number;
  by: { kind: string };
}

/** Every case's log, as the API tells it. */
const logs = async (): Promise<Map<string, Entry[]>> => {
  const client = await login();
  const { items } = await client.get<{ items: { id: string }[] }>('/cases?limit=100');
  const read = async (id: string): Promise<[string, Entry[]]> => {
    const { items: entries } = await client.get<{ items: Entry[] }>(`/cases/${id}/events?limit=100`);
    return [id, entries.toSorted((a, b) => a.seq - b.seq)];
  };
  return new Map(await Promise.all(items.map(({ id }) => read(id))));
};

/** A day may begin in an office while this runs: what the product itself notes of it comes on top, by no person. */
const expectEveryCaseAsItWas = async (): Promise<void> => {
  const now = await logs();
  expect([...now.keys()].toSorted()).toEqual([...before.keys()].toSorted());
  for (const [id, entries] of before) {
    const found = now.get(id) ?? [];
    expect(found.slice(0, entries.length)).toEqual(entries);
    expect(found.slice(entries.length).filter(({ by }) => by.kind !== 'system')).toEqual([]);
  }
};

const killAll = async (all: number[]): Promise<void> => {
  for (const pid of all) process.kill(pid, 'SIGKILL');
  await until('the end of all', () => all.every((pid) => !commandLine(pid)));
};

let before: Map<string, Entry[]>;

afterAll(async () => {
  if (product?.process.pid) await endProcess(product.process.pid, { timeoutMs: 40_000 });
  rmSync(path.dirname(data), { recursive: true, force: true });
});

test('one command ends with the address, the logins, the mailbox and how to stop', async () => {
  const { output } = await start();
  expect(output()).toContain(`Address   ${origin}`);
  expect(output()).toContain(`Mailbox   ${origin}/mailbox`);
  expect(output()).toContain('head@demo.example');
  expect(await isReady()).toBe(true);
  before = await logs();
  expect(before.size).toBeGreaterThan(3);
});

test.each(['api', 'worker', 'mailbox', 'engine', 'postgres'])(
  'kill -9 of %s: it comes back, every case as it was',
  async (name) => {
    const pid = pids()[name] ?? 0;
    process.kill(pid, 'SIGKILL');
    await until(`${name} again`, async () => {
      try {
        return pids()[name] !== pid && (await isReady());
      } catch {
        return false;
      }
    });
    expect(product?.output()).toContain(`${name} was ended by SIGKILL; starting it again`);
    await expectEveryCaseAsItWas();
  },
);

test('kill -9 of the start alone: the next one takes over what was left', async () => {
  const first = product?.process;
  first?.kill('SIGKILL');
  if (first) await once(first, 'exit');
  await start();
  await expectEveryCaseAsItWas();
});

test('kill -9 of everything at once', async () => {
  const first = product?.process.pid ?? 0;
  await killAll([first, ...Object.values(pids())]);
  await start();
  await expectEveryCaseAsItWas();
});

test('a second start of the same folder is refused', async () => {
  const second = await runScript(root, ['scripts/start.mjs'], env);
  expect(second).toMatchObject({ code: 1 });
  expect(second.stderr).toContain(`already (process ${product?.process.pid})`);
  expect(await isReady()).toBe(true);
});

test('Ctrl-C stops every process cleanly, and the data stay', async () => {
  const all = Object.values(pids());
  const child = product?.process;
  child?.kill('SIGINT');
  if (child) expect(await once(child, 'exit')).toEqual([0, null]);
  expect(all.filter(isAlive)).toEqual([]);
  expect(readdirSync(path.join(data, 'run'))).not.toContain('api.pid');
  expect(readFileSync(path.join(data, 'logs', 'postgres.log'), 'utf8')).toMatch(/database system is shut down\s*$/);
  await start();
  await expectEveryCaseAsItWas();
});
