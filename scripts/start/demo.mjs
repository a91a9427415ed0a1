import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { Fault } from '../lib/process.mjs';

/**
 * Lets a client of the API make the demo families; a second time it only adds what is missing.
 * @returns {Promise<string>} what the demo says: the logins
 */
export const runDemo = async ({ root, settings, say }) => {
  say('Looking after the demo families …');
  try {
    const { stdout } = await promisify(execFile)(process.execPath, [join(root, 'cli', 'kurator.mjs'), 'demo'], {
      cwd: root,
      env: settings,
      timeout: 180_000,
    });
    return stdout.trim();
  } catch (error) {
    throw new Fault(`The demo families could not be made:\n${String(error.stderr || error.message).trim()}`);
  }
};
