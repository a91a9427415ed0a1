import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { runCommand } from '../lib/run-command.mjs';

const readPackages = (file) => (existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')).packages : undefined);

/**
 * Compares the lockfile with npm's own list of what it installed. What is optional may be missing (another platform's
 * programs); what serves development may be missing where only the product runs.
 */
const isInstalled = (root, withDevelopment) => {
  const wanted = readPackages(join(root, 'package-lock.json'));
  const installed = readPackages(join(root, 'node_modules', '.package-lock.json'));
  if (!installed) return false;
  return Object.entries(wanted).every(([path, { version, optional, devOptional, dev, link }]) => {
    // A folder of this house that is linked as a package: only its link is installed.
    if (!path.startsWith('node_modules/')) return true;
    if (link) return existsSync(join(root, path));
    if (installed[path]) return installed[path].version === version;
    return Boolean(optional || devOptional || (dev && !withDevelopment));
  });
};

/** npm's own words without its help page. */
const explain = (output) => {
  const errors = output.split('\n').filter((line) => /^npm (error|ERR!) \S/.test(line));
  return errors.slice(0, 8).join('\n') || output;
};

/** Node packages exactly as the lockfile says. */
export const packages = {
  name: 'node packages',
  lasts: 'about a minute',
  isDone: ({ root, mode }) => isInstalled(root, mode !== 'start'),
  async run({ root, mode, log }) {
    // npm that called us names itself; without it the one on PATH.
    const npm = process.env.npm_execpath;
    const args = ['ci', '--no-audit', '--no-fund', ...(mode === 'start' ? [] : ['--include=dev'])];
    const [file, all] = npm?.endsWith('.js') ? [process.execPath, [npm, ...args]] : ['npm', args];
    await runCommand('The node packages could not be installed', file, all, { cwd: root, log, explain });
  },
};
