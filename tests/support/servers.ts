import { mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { TestProject } from 'vitest/node';
import { commandLine, endProcess, isAlive } from '../../scripts/lib/process.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import type { RunningPostgres } from '../../scripts/lib/postgres.mjs';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import type { RunningTemporal } from '../../scripts/lib/temporal.mjs';
import { makeTemplate } from './template.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Superuser's URL of the run's PostgreSQL; use `createTestDatabase`. */
    postgresUrl: string;
    /** Address of the run's Temporal server; use `createTestNamespace`. */
    temporalAddress: string;
    templateName: string;
  }
}

interface Servers {
  postgresUrl: string;
  templateName: string;
  temporalAddress: string;
  stop: () => Promise<void>;
}

// Vitest loads this file anew for each project; the run has one pair of servers all the same.
const shared = globalThis as { kuratorTestServers?: Promise<Servers> | undefined; kuratorTestServerUsers?: number };

const prefix = 'kurator-tests-';

/** Starts one PostgreSQL and one Temporal for the run, the first time that a project with servers has something to run. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  shared.kuratorTestServers ??= startServers();
  shared.kuratorTestServerUsers = (shared.kuratorTestServerUsers ?? 0) + 1;
  const servers = await shared.kuratorTestServers;
  project.provide('postgresUrl', servers.postgresUrl);
  project.provide('templateName', servers.templateName);
  project.provide('temporalAddress', servers.temporalAddress);
  return async () => {
    shared.kuratorTestServerUsers = (shared.kuratorTestServerUsers ?? 1) - 1;
    if (shared.kuratorTestServerUsers > 0) return;
    shared.kuratorTestServers = undefined;
    await servers.stop();
  };
}

async function startServers(): Promise<Servers> {
  await sweepDeadRuns();
  const folder = path.join(tmpdir(), `${prefix}${process.pid}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const [postgres, temporal] = await Promise.allSettled([startRecords(folder), startEngine()]);
  const started = [postgres, temporal].flatMap((start) => (start.status === 'fulfilled' ? [start.value] : []));
  writeFileSync(path.join(folder, 'servers'), started.map((server) => server.pid ?? '').join('\n'));
  const stop = async () => {
    await Promise.all(started.map((server) => server.stop()));
    rmSync(folder, { recursive: true, force: true });
  };
  try {
    if (postgres.status === 'rejected') throw postgres.reason;
    if (temporal.status === 'rejected') throw temporal.reason;
    const templateName = await makeTemplate(postgres.value.url);
    return { postgresUrl: postgres.value.url, templateName, temporalAddress: temporal.value.address, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function startRecords(folder: string): Promise<Pick<RunningPostgres, 'url' | 'stop'> & { pid?: number }> {
  const own = process.env['TEST_DATABASE_URL'];
  if (own) return { url: own, stop: async () => {} };
  return startPostgres({ dataDir: path.join(folder, 'postgres'), fast: true });
}

async function startEngine(): Promise<RunningTemporal> {
  const log = (line: string, level?: 'debug') => level ?? console.log(line);
  return startTemporal({ dbFile: null, external: process.env['TEST_TEMPORAL_ADDRESS'] ?? '', log });
}

/** A run that was killed leaves its servers behind; the next one ends them by id. */
async function sweepDeadRuns(): Promise<void> {
  for (const name of readdirSync(tmpdir())) {
    const owner = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (!owner || isAlive(owner)) continue;
    const folder = path.join(tmpdir(), name);
    for (const pid of readServers(folder))
      if (/postgres|start-dev/.test(commandLine(pid))) await endProcess(pid, { polite: 'SIGINT' });
    rmSync(folder, { recursive: true, force: true });
  }
}

function readServers(folder: string): number[] {
  try {
    return readFileSync(path.join(folder, 'servers'), 'utf8').split('\n').map(Number).filter(Boolean);
  } catch {
    return [];
  }
}
