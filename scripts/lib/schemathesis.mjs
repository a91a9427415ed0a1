import { execFileSync } from 'node:child_process';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Fault } from './process.mjs';
import { runCommand } from './run-command.mjs';
import { cacheFolder } from './temporal-binary.mjs';

/** Pinned: another version asks other things, and its findings would come and go with it. */
const version = '4.32.5';

const folder = join(cacheFolder(), `schemathesis-${version}`);
const complete = join(folder, 'complete');
const inFolder = (name) => join(folder, process.platform === 'win32' ? 'Scripts' : 'bin', name);

/** @returns {string | undefined} the program, once the set-up has put it there */
export const findSchemathesis = () => (existsSync(complete) ? inFolder('schemathesis') : undefined);

const wanted =
  'The API is tried with Schemathesis: install Python 3.10 or newer with its module venv (Debian: "apt-get install python3-venv"), and start this again';

const findPython = () => {
  for (const name of ['python3', 'python']) {
    try {
      const asked = ['-c', 'import sys, venv, ensurepip; print(*sys.version_info[:2])'];
      const said = execFileSync(name, asked, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
      const [major, minor] = said.trim().split(' ').map(Number);
      if (major === 3 && minor >= 10) return name;
    } catch {
      // Not there, or without venv: the next name.
    }
  }
  throw new Fault(`${wanted}.`);
};

/** Installs it into a folder of its own in the user's cache. @throws Fault */
export const installSchemathesis = async (log) => {
  const python = findPython();
  rmSync(folder, { recursive: true, force: true });
  await runCommand(wanted, python, ['-m', 'venv', folder]);
  const install = ['-m', 'pip', 'install', '--quiet', '--disable-pip-version-check', `schemathesis==${version}`];
  const what = 'Schemathesis could not be installed from the Python package index';
  await runCommand(what, inFolder('python'), install, { timeoutMs: 300_000, log });
  await runCommand('Schemathesis does not run', inFolder('schemathesis'), ['--version']);
  // Last: an installation that was cut short is begun anew.
  writeFileSync(complete, '');
};
