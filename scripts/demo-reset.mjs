import { execFile } from 'node:child_process';
import { existsSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline/promises';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { leftServer } from './lib/backup.mjs';
import { readEnvFile } from './lib/env-file.mjs';
import { takeLock } from './lib/lock.mjs';
import { startPostgres } from './lib/postgres.mjs';
import { Fault } from './lib/process.mjs';
import { isDemo } from './start/demo.mjs';

const root = fileURLToPath(new URL('..', import.meta.url));

/**
 * Sets the data folder of a demo aside, so that the next start makes everything anew. The folder is renamed, never
 * removed: somebody may have tried it with data he wants back. One rename is all that happens to it, so that a reset
 * which is killed has either not begun or is done.
 */
const reset = async (sure) => {
  const { values } = readEnvFile(join(root, '.env'), '.env');
  const env = { ...values, ...process.env };
  for (const name of ['DATABASE_URL', 'DATABASE_APP_URL', 'TEMPORAL_ADDRESS'])
    if (env[name] !== undefined)
      throw new Fault(`${name} is set: that is no demo of this machine alone, and nothing was touched.`);
  const folder = resolve(root, env.KURATOR_DATA || '.kurator');
  if (!existsSync(folder)) throw new Fault(`${folder} does not exist: npm start makes a demo in it.`);
  if (!isDemo(folder)) throw new Fault(`${folder} holds no demo of Kurator, so nothing was touched.`);
  const lock = takeLock(join(folder, 'start.lock'));
  if ('owner' in lock)
    throw new Fault(`Kurator runs on ${folder} (process ${lock.owner}): stop it first (Ctrl-C), then reset it.`);
  const kept = `${folder}.before-reset-${new Date().toISOString().replaceAll(/[:.]/g, '-')}`;
  try {
    const { institutions, families } = await readForeign(folder, env);
    if (institutions.length > 0)
      throw new Fault(
        `${folder} holds more than the demo (${institutions.join(', ')}), so nothing was touched: make a backup (npm run backup), or start a demo elsewhere with KURATOR_DATA.`,
      );
    const left = leftServer(folder);
    if (left !== undefined)
      throw new Fault(
        `A server of an earlier start still runs on ${folder} (process ${left}): start Kurator and stop it with Ctrl-C, then reset it.`,
      );
    if (!sure && !(await isAgreed(folder, families, kept))) {
      console.log('Nothing was touched.');
      return;
    }
    setAside(folder, kept);
  } finally {
    // Once set aside, the lock of that name is another start's.
    if (existsSync(kept)) rmSync(join(kept, 'start.lock'), { force: true });
    else lock.release();
  }
  console.log(
    `The demo is reset: npm start makes it anew. What was there is in ${kept}; remove it when nobody needs it.`,
  );
};

/** What the records hold that the demo did not bring. */
const readForeign = async (folder, env) => {
  let records;
  try {
    records = await startPostgres({ dataDir: join(folder, 'postgres'), database: 'kurator' });
    const { stdout } = await promisify(execFile)(
      process.execPath,
      [join(root, 'cli', 'kurator.mjs'), 'demo', 'foreign'],
      { cwd: root, env: { ...env, KURATOR_DATA: folder }, timeout: 60_000 },
    );
    return JSON.parse(stdout);
  } catch (error) {
    const why = String(error.stderr || error.message).trim();
    throw new Fault(
      `Whether ${folder} holds more than the demo cannot be read, so nothing was touched:\n${why}\nTo set it aside all the same, rename the folder.`,
    );
  } finally {
    await records?.stop();
  }
};

const isAgreed = async (folder, families, kept) => {
  const own =
    families === 0 ? '' : `, with the ${families} ${families === 1 ? 'family' : 'families'} that people entered`;
  if (!process.stdin.isTTY)
    throw new Fault(`Everything in ${folder} would be set aside${own}. Nobody is there to ask: repeat it with --yes.`);
  const ask = createInterface({ input: process.stdin, output: process.stdout });
  const answer = await ask.question(`Everything in ${folder} is set aside${own}, to ${kept}. Go on? [y/N] `);
  ask.close();
  return /^(y|yes|д|да)$/i.test(answer.trim());
};

const setAside = (folder, kept) => {
  try {
    renameSync(folder, kept);
  } catch (error) {
    throw new Fault(
      `${folder} cannot be renamed (${error.code}), so nothing was touched: choose another folder with KURATOR_DATA.`,
    );
  }
};

try {
  await reset(process.argv.includes('--yes'));
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(error.message);
  process.exitCode = 1;
}
