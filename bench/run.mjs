import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { endProcess, freePort } from '../scripts/lib/process.mjs';
import { startPostgres } from '../scripts/lib/postgres.mjs';
import { startTemporal } from '../scripts/lib/temporal.mjs';

/**
 * All measurements, on one machine in one run: how long a start takes, then a command against the bare update of
 * the same engine, then a morning's herd of notices against plain SMTP, then the history of a standard family-year. Everything runs in a temporary folder and is ended.
 */
const root = fileURLToPath(new URL('..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'kurator-bench-'));
const wanted = process.argv.slice(2);
const asked = (part) => wanted.length === 0 || wanted.includes(part);

/** Starts the product and resolves when its `/ready` says so. */
const startProduct = async ({ data, env = {} }) => {
  const port = await freePort();
  const began = performance.now();
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    cwd: root,
    env: { ...process.env, ...env, KURATOR_DATA: data, PORT: String(port), LOG_LEVEL: 'warn' },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let words = '';
  child.stdout.on('data', (chunk) => (words += chunk));
  const url = `http://127.0.0.1:${port}`;
  for (let ready = false; !ready;) {
    if (child.exitCode !== null) throw new Error(`the product did not start:\n${words}`);
    await new Promise((resolve) => setTimeout(resolve, 50));
    ready = await fetch(`${url}/ready`).then(
      (answer) => answer.status === 200,
      () => false,
    );
  }
  const seconds = (performance.now() - began) / 1000;
  /** Its demo families are made after the first answer: whoever measures then measures them too. */
  const settle = async () => {
    while (!words.includes('Kurator is ready')) {
      if (child.exitCode !== null) throw new Error(`the product ended:\n${words}`);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  };
  return { url, seconds, settle, stop: () => endProcess(child.pid, { timeoutMs: 30_000 }) };
};

const part = (script, env) =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', 'tsx', `bench/${script}`], {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: ['ignore', 'inherit', 'inherit'],
    });
    child.on('exit', (code) => (code === 0 ? resolve() : reject(new Error(`bench/${script} ended with ${code}`))));
  });

/** The records under the bench's own hand, so that it can leave a herd in them. */
const herd = async (env) => {
  const data = join(folder, 'herd');
  // PostgreSQL runs as another user where this runs as root.
  chmodSync(folder, 0o755);
  const records = await startPostgres({
    dataDir: join(folder, 'records'),
    port: await freePort(),
    database: 'kurator',
  });
  const BENCH_SMTP_PORT = String(await freePort());
  const settings = {
    ...env,
    DATABASE_URL: records.url,
    SMTP_URL: `smtp://127.0.0.1:${BENCH_SMTP_PORT}`,
    KURATOR_KEY: randomBytes(32).toString('base64'),
  };
  let product;
  try {
    product = await startProduct({ data, env: settings });
    const { appPassword, systemPassword } = JSON.parse(readFileSync(join(data, 'secrets.json'), 'utf8'));
    const as = (role, password) => Object.assign(new URL(records.url), { username: role, password }).href;
    await part('herd.ts', {
      ...{ ...settings, BENCH_SMTP_PORT, PUBLIC_URL: product.url },
      DATABASE_APP_URL: as('kurator_app', appPassword),
      DATABASE_SYSTEM_URL: as('kurator_system', systemPassword),
    });
  } finally {
    await product?.stop();
    await records.stop();
  }
};

let engine;
try {
  if (asked('start')) {
    console.log('\nStart: seconds until /ready answers 200 (budgets: new data folder 180 s, warm 15 s)');
    const data = join(folder, 'start');
    for (const name of ['new data folder', 'warm', 'warm']) {
      const product = await startProduct({ data });
      console.log(`  ${name.padEnd(16)} ${product.seconds.toFixed(1)} s`);
      await product.stop();
    }
  }
  if (asked('command') || asked('herd') || asked('year')) {
    engine = await startTemporal({ dbFile: join(folder, 'engine.db'), external: '' });
    const env = { TEMPORAL_ADDRESS: engine.address };
    if (asked('command')) {
      const product = await startProduct({ data: join(folder, 'command'), env });
      try {
        await product.settle();
        await part('command-latency.ts', { ...env, BENCH_URL: product.url });
      } finally {
        await product.stop();
      }
    }
    if (asked('herd')) await herd(env);
    if (asked('year')) await part('family-year.ts', env);
  }
} finally {
  await engine?.stop();
  rmSync(folder, { recursive: true, force: true });
}
