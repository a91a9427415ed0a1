import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { freePort } from '../../scripts/lib/process.mjs';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { migrate } from '../../platform/database/migrate.ts';
import { rolePasswords, withDatabase } from '../support/template.ts';

/** A PostgreSQL and an engine of the test's own, on ports that stay, with their data on disk: to be killed and started again. */
export interface Machines {
  engine: { address: string; namespace: string };
  database: { appUrl: string; systemUrl: string; ownerUrl: string };
  killEngine(): Promise<void>;
  startEngine(): Promise<void>;
  /** The engine's whole memory is lost. Only while it is down. */
  emptyEngine(): void;
  killDatabase(): Promise<void>;
  startDatabase(): Promise<void>;
  /** The state of one of the two, to be set back later; each is stopped and started for it. */
  keep(what: 'engine' | 'database'): Promise<{ setBack(): Promise<void> }>;
  close(): Promise<void>;
}

/** @param settings further dynamic configuration of the engine */
export async function startMachines(settings: Record<string, unknown> = {}): Promise<Machines> {
  const folder = mkdtempSync(path.join(tmpdir(), 'kurator-chaos-'));
  // PostgreSQL runs as another user where the test runs as root.
  chmodSync(folder, 0o755);
  const dataDir = path.join(folder, 'postgres');
  const dbFile = path.join(folder, 'engine.db');
  const [enginePort, databasePort] = [await freePort(), await freePort()];
  const openEngine = () => startTemporal({ dbFile, external: '', port: enginePort, settings });
  const openDatabase = () => startPostgres({ dataDir, port: databasePort, database: 'kurator' });
  let copies = 0;
  let [temporal, postgres] = await Promise.all([openEngine(), openDatabase()]);
  const ownerUrl = withDatabase(postgres.url, 'kurator');
  await migrate(ownerUrl, rolePasswords);
  const asRole = (role: string, password: string): string => {
    const url = new URL(ownerUrl);
    url.username = role;
    url.password = password;
    return url.href;
  };
  return {
    engine: { address: temporal.address, namespace: 'default' },
    database: {
      ownerUrl,
      appUrl: asRole('kurator_app', rolePasswords.appPassword),
      systemUrl: asRole('kurator_system', rolePasswords.systemPassword),
    },
    async killEngine() {
      process.kill(temporal.pid as number, 'SIGKILL');
      await temporal.ended;
    },
    async startEngine() {
      temporal = await openEngine();
    },
    emptyEngine() {
      for (const suffix of ['', '-wal', '-shm']) rmSync(`${dbFile}${suffix}`, { force: true });
    },
    async killDatabase() {
      process.kill(postgres.pid, 'SIGKILL');
      await postgres.ended;
    },
    async startDatabase() {
      postgres = await openDatabase();
    },
    async keep(what) {
      const copy = path.join(folder, `${what}-${(copies += 1)}`);
      const files = what === 'engine' ? ['', '-wal', '-shm'].map((suffix) => `${dbFile}${suffix}`) : [dataDir];
      const whileStopped = async (act: () => void): Promise<void> => {
        await (what === 'engine' ? temporal : postgres).stop();
        act();
        if (what === 'engine') temporal = await openEngine();
        else postgres = await openDatabase();
      };
      // `cp -a` keeps the owner, without which PostgreSQL refuses its folder.
      const copyAll = (from: string[], to: string): void => {
        mkdirSync(to, { recursive: true, mode: 0o755 });
        for (const file of from.filter((one) => existsSync(one))) execFileSync('cp', ['-a', file, to]);
      };
      await whileStopped(() => copyAll(files, copy));
      return {
        setBack: () =>
          whileStopped(() => {
            for (const file of files) rmSync(file, { recursive: true, force: true });
            copyAll(
              readdirSync(copy).map((name) => path.join(copy, name)),
              folder,
            );
          }),
      };
    },
    async close() {
      await Promise.allSettled([temporal.stop(), postgres.stop()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
