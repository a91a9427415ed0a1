import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { freePort } from '../../scripts/lib/process.mjs';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';

const root = fileURLToPath(new URL('../../', import.meta.url));

interface Running {
  said(): string;
  hears(text: string, timeoutMs?: number): Promise<void>;
  ended: Promise<{ code: number | null }>;
  signal(name: NodeJS.Signals): void;
}

function start(env: Record<string, string>): Running {
  const child = spawn(process.execPath, ['--import', 'tsx', 'worker/main.ts'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], ...env },
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const ended = new Promise<{ code: number | null }>((resolve) => child.once('close', (code) => resolve({ code })));
  return {
    said: () => text,
    async hears(wanted, timeoutMs = 25_000) {
      const deadline = Date.now() + timeoutMs;
      while (!text.includes(wanted)) {
        if (Date.now() > deadline) throw new Error(`It never said "${wanted}":\n${text}`);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    },
    ended,
    signal: (name) => child.kill(name),
  };
}

describe("the worker's process", () => {
  let database: TestDatabase;
  let settings: Record<string, string>;

  beforeAll(async () => {
    database = await createTestDatabase();
    settings = {
      DATABASE_APP_URL: database.appUrl,
      DATABASE_SYSTEM_URL: database.systemUrl,
      KURATOR_KEY: randomBytes(32).toString('base64'),
      SMTP_URL: 'smtp://127.0.0.1:1',
      MAIL_FROM: 'kurator@office.example',
      PUBLIC_URL: 'http://localhost:3000',
    };
  });
  afterAll(() => database.drop());

  it('names every missing setting in a sentence and ends for good', async () => {
    const worker = start({});
    expect((await worker.ended).code).toBe(78);
    expect(worker.said()).toMatch(/KURATOR_KEY is missing/);
    expect(worker.said()).toMatch(/SMTP_URL is missing/);
  }, 60_000);

  it('waits for an engine that comes up later, and stops cleanly, with no secret in its words', async () => {
    const port = await freePort();
    const worker = start({ ...settings, LOG_LEVEL: 'trace', TEMPORAL_ADDRESS: `127.0.0.1:${port}` });
    await worker.hears('the engine is away');
    const engine = await startTemporal({ dbFile: null, external: '', port });
    await worker.hears('"msg":"working"');
    worker.signal('SIGTERM');
    expect((await worker.ended).code).toBe(0);
    expect(worker.said()).toContain('"msg":"stopped"');
    await engine.stop();
    const secrets = [settings['KURATOR_KEY'] as string, new URL(database.appUrl).password];
    for (const secret of secrets) expect(worker.said()).not.toContain(secret);
  }, 90_000);

  it('stops while it still waits for the engine', async () => {
    const worker = start({ ...settings, TEMPORAL_ADDRESS: '127.0.0.1:1' });
    await worker.hears('the engine is away');
    worker.signal('SIGTERM');
    expect((await worker.ended).code).toBe(0);
  }, 60_000);
});
