import { execFile } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { hashOf } from '../lib/inputs.mjs';
import { Fault } from '../lib/process.mjs';

const readKept = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // Missing, or cut short by a kill: the demo is asked again, which changes nothing.
    return undefined;
  }
};

/** Beside the records themselves: whoever removes these gets new families. */
const markOf = (folder) => join(folder, 'postgres', 'kurator-demo.json');

/** Whether a demo was made, or begun, in this data folder. */
export const isDemo = (folder) => existsSync(markOf(folder));

/**
 * Lets a client of the API make the demo families; a second time it only adds what is missing, and once nothing is
 * missing its words are kept, so that a later start need not ask again.
 * @returns {Promise<string>} what the demo says: the logins
 */
export const runDemo = async ({ root, settings, data, say, signal }) => {
  const kept = markOf(data.path());
  const madeFrom = hashOf([join(root, 'cli', 'demo-data'), join(root, 'regulations')]);
  const known = readKept(kept);
  if (known?.from === madeFrom) return known.words;
  say('Making the demo families (half a minute) …');
  if (known === undefined) writeFileSync(kept, '{}', { mode: 0o600 });
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'cli', 'kurator.mjs'), 'demo'], {
      cwd: root,
      env: settings,
      timeout: 300_000,
      signal,
    });
    const words = stdout.trim();
    // Before the logins it names each family that it had to leave out.
    if (words.startsWith('Demo logins'))
      writeFileSync(kept, JSON.stringify({ from: madeFrom, words }), { mode: 0o600 });
    return words;
  } catch (error) {
    throw new Fault(`The demo families could not be made:\n${String(error.stderr || error.message).trim()}`);
  }
};
