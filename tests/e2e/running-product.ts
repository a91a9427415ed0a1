import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { TestProject } from 'vitest/node';
import { parse } from 'yaml';
import { endProcess, freePort } from '../../scripts/lib/process.mjs';
import { spawnScript } from '../support/clone.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const readyWithinMs = 170_000;

export interface RunningProduct {
  origin: string;
  /** How the people of a demo office sign in; of the first one where none is named. */
  login(code: string, office?: string): { email: string; password: string };
}

declare module 'vitest' {
  interface ProvidedContext {
    origin: string;
  }
}

/** One product for all walks of a run: its start costs more than most of them. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const { origin, stop } = await startProduct();
  project.provide('origin', origin);
  return stop;
}

export const runningProduct = (): RunningProduct => ({ origin: inject('origin'), login });

/** The product as a newcomer starts it, in a folder of its own; `KURATOR_E2E_URL` names one that runs already. */
async function startProduct(): Promise<{ origin: string; stop: () => Promise<void> }> {
  const running = process.env['KURATOR_E2E_URL'];
  if (running) return { origin: running, stop: async () => undefined };
  const folder = mkdtempSync(path.join(tmpdir(), 'kurator-e2e-'));
  const port = String(await freePort());
  const child = spawnScript(root, ['scripts/start.mjs'], { KURATOR_DATA: path.join(folder, 'data'), PORT: port });
  let said = '';
  child.stdout?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  const stop = async (): Promise<void> => {
    if (child.pid) await endProcess(child.pid, { timeoutMs: 40_000 });
    rmSync(folder, { recursive: true, force: true });
  };
  const end = Date.now() + readyWithinMs;
  while (!said.includes('Ctrl-C stops it')) {
    if (child.exitCode !== null || Date.now() > end) {
      await stop();
      throw new Error(`the product did not start:\n${said}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { origin: `http://localhost:${port}`, stop };
}

function login(code: string, office = 'office'): { email: string; password: string } {
  const { password, staff } = parse(readFileSync(path.join(root, `cli/demo-data/${office}.yaml`), 'utf8')) as {
    password: string;
    staff: { code: string; email: string }[];
  };
  const person = staff.find((one) => one.code === code);
  if (!person) throw new Error(`nobody in ${office} is called ${code}`);
  return { email: person.email, password };
}
