import { existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { readEnvFile } from './lib/env-file.mjs';
import { takeLock } from './lib/lock.mjs';
import { Fault } from './lib/process.mjs';
import { isDemo } from './start/demo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Sets the data folder of a demo aside, so that the next start makes everything anew. The folder is renamed, not
 * removed: somebody may have tried it with data he wants back.
 */
const reset = async (sure) => {
  const { values } = readEnvFile(join(root, '.env'), '.env');
  const env = { ...values, ...process.env };
  if (env.DATABASE_URL !== undefined)
    throw new Fault('DATABASE_URL is set: these records are no demo of this machine, and nothing was touched.');
  const folder = resolve(root, env.KURATOR_DATA || '.kurator');
  if (!existsSync(folder)) throw new Fault(`${folder} does not exist: npm start makes a demo in it.`);
  if (!isDemo(folder)) throw new Fault(`${folder} holds no demo of Kurator, so nothing was touched.`);
  const lock = takeLock(join(folder, 'start.lock'));
  if ('owner' in lock)
    throw new Fault(`Kurator runs on ${folder} (process ${lock.owner}): stop it first (Ctrl-C), then reset it.`);
  const kept = `${folder}.before-reset`;
  try {
    if (!sure && !(await isAgreed(folder, kept))) {
      console.log('Nothing was touched.');
      return;
    }
    rmSync(kept, { recursive: true, force: true });
    renameSync(folder, kept);
  } finally {
    lock.release();
  }
  rmSync(join(kept, 'start.lock'), { force: true });
  console.log(`The demo is reset: npm start makes it anew. What was there is in ${kept}.`);
};

const isAgreed = async (folder, kept) => {
  if (!process.stdin.isTTY) throw new Fault('Nobody is there to ask: repeat it with --yes.');
  const known = existsSync(kept)
    ? `; ${basename(kept)} of the last reset (${readdirSync(kept).length} entries) goes`
    : '';
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question(
    `Everything in ${folder} is set aside, your own entries too${known}. Go on? [y/N] `,
  );
  ask.close();
  return /^(y|yes|д|да)$/i.test(answer.trim());
};

try {
  await reset(process.argv.includes('--yes'));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
