import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));

export interface Clone {
  root: string;
  /** A folder beside the clone. */
  scratch(name: string): string;
  remove(): void;
}

/** A copy of the folders named, with the packages of this checkout: scripts are run for real, in a folder of their own. */
export function makeClone(folders: string[]): Clone {
  // The parent must let PostgreSQL's own user pass, as an ordinary folder does.
  const parent = mkdtempSync(path.join(tmpdir(), 'kurator-clone-'));
  const clone = path.join(parent, 'clone');
  for (const folder of ['package.json', 'package-lock.json', 'tsconfig.json', ...folders])
    cpSync(path.join(root, folder), path.join(clone, folder), {
      recursive: true,
      filter: (file) => !file.includes('node_modules'),
    });
  symlinkSync(path.join(root, 'node_modules'), path.join(clone, 'node_modules'));
  return {
    root: clone,
    scratch: (name) => path.join(parent, name),
    remove: () => rmSync(parent, { recursive: true, force: true }),
  };
}

export interface Ended {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Settings of this machine must not reach a script under test. */
const bare = (): NodeJS.ProcessEnv => ({
  PATH: process.env['PATH'],
  HOME: process.env['HOME'],
  XDG_CACHE_HOME: process.env['XDG_CACHE_HOME'],
});

export function spawnScript(cwd: string, args: string[], env: NodeJS.ProcessEnv = {}): ChildProcess {
  return spawn(process.execPath, args, { cwd, env: { ...bare(), ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
}

/** Runs a script to its end, which must come within `timeoutMs`. */
export async function runScript(
  cwd: string,
  args: string[],
  env: NodeJS.ProcessEnv = {},
  timeoutMs = 60_000,
): Promise<Ended> {
  const child = spawnScript(cwd, args, env);
  let stdout = '';
  let stderr = '';
  child.stdout?.on('data', (chunk: Buffer) => (stdout += chunk.toString()));
  child.stderr?.on('data', (chunk: Buffer) => (stderr += chunk.toString()));
  const limit = setTimeout(() => child.kill('SIGKILL'), timeoutMs);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  return { code, stdout, stderr: stderr.trim() };
}
