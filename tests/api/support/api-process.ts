import { spawn } from 'node:child_process';
import { inject } from 'vitest';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../../scripts/lib/process.mjs';
import type { House } from './house.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

export interface ApiProcess {
  origin: string;
  /** `kill -9`. */
  kill(): Promise<void>;
  stop(): Promise<void>;
}

/** `api/main.ts` as a process of its own, over the records and the engine of a working house. */
export async function startApiProcess(house: House): Promise<ApiProcess> {
  const port = await freePort();
  const origin = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['--import', 'tsx', 'api/main.ts'], {
    cwd: root,
    stdio: 'ignore',
    env: {
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      PORT: String(port),
      DATABASE_APP_URL: house.testDatabase.appUrl,
      DATABASE_SYSTEM_URL: house.testDatabase.systemUrl,
      DATABASE_AUTH_URL: house.testDatabase.authUrl,
      TEMPORAL_ADDRESS: inject('temporalAddress'),
      TEMPORAL_NAMESPACE: house.office?.client.options.namespace,
      KURATOR_KEY: Buffer.alloc(32, 7).toString('base64'),
      BETTER_AUTH_SECRET: 's'.repeat(32),
      SMTP_URL: house.office?.sink.url,
      MAIL_FROM: 'Kurator <kurator@office.example>',
      PUBLIC_URL: origin,
      LOG_LEVEL: 'error',
    },
  });
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const end = async (signal: NodeJS.Signals): Promise<void> => {
    child.kill(signal);
    await ended;
  };
  for (const until = Date.now() + 40_000; ; await new Promise((next) => setTimeout(next, 100))) {
    if (child.exitCode !== null) throw new Error(`the api process ended with ${child.exitCode}`);
    if (
      await fetch(`${origin}/health`).then(
        ({ ok }) => ok,
        () => false,
      )
    )
      break;
    if (Date.now() > until) {
      await end('SIGKILL');
      throw new Error('the api process does not answer');
    }
  }
  return { origin, kill: () => end('SIGKILL'), stop: () => end('SIGTERM') };
}
