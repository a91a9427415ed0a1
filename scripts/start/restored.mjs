import { execFile } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from '../lib/process.mjs';

// The first start after `npm run restore`. The word of the restore stays until everything is brought together, so that a
// start which is killed amid it begins anew: each step may be repeated.

/** @returns {string[] | undefined} the time that the records lost, from and to; empty when the engine alone was set back */
export const findRestored = (data) => {
  const file = data.path('restored');
  return existsSync(file) ? readFileSync(file, 'utf8').split(' ').filter(Boolean) : undefined;
};

const kurator = ({ root, settings }, args) =>
  new Promise((done) => {
    execFile(
      process.execPath,
      [join(root, 'cli', 'kurator.mjs'), ...args],
      { cwd: root, env: settings, maxBuffer: 64 * 1024 * 1024 },
      (error, stdout, stderr) =>
        done({ code: error ? (error.code ?? 1) : 0, stdout: stdout.trim(), stderr: stderr.trim() }),
    );
  });

/** Before a worker runs: what became of the mails of the lost time is unknown, and none may leave under a new name. */
export const settleRestored = async ({ root, settings, data, lost, say }) => {
  say(`The records are as of ${lost[0]}. Settling what fell due since then …`);
  const { code, stdout, stderr } = await kurator({ root, settings }, ['records', 'restored', ...lost]);
  if (code !== 0) throw new Fault(`The restored records could not be settled: ${stderr || stdout}`);
  say(stdout);
  writeFileSync(data.path('restored'), '');
};

/** When all runs: the engine is made to follow the records, and each difference is named. */
export const bringTogether = async ({ root, settings, data, say }) => {
  const { code, stdout, stderr } = await kurator({ root, settings }, ['engine', 'repair']);
  say(stdout || stderr);
  if (code === 0) rmSync(data.path('restored'), { force: true });
  else say('Engine and records still differ: look at it with "npx kurator engine check" beside the running Kurator.');
};
