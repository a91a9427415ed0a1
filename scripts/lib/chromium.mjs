import { accessSync, constants, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { delimiter, dirname, join } from 'node:path';
import { runCommand } from './run-command.mjs';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

/** Where Playwright's own download lies, if it was made. */
const downloaded = () => {
  try {
    const path = createRequire(import.meta.url)('playwright-core').chromium.executablePath();
    return existsSync(path) ? path : undefined;
  } catch {
    return undefined;
  }
};

/** @returns {string | undefined} path of a Chromium: CHROMIUM_PATH, PATH, Playwright's download */
export const findChromium = () => {
  const named = process.env.CHROMIUM_PATH;
  if (named) return isExecutable(named) ? named : undefined;
  const folders = (process.env.PATH ?? '').split(delimiter).filter(Boolean);
  const onPath = folders.flatMap((folder) => names.map((name) => join(folder, name))).find(isExecutable);
  return onPath ?? downloaded();
};

/**
 * @param {(line: string) => void} log
 * @returns {Promise<string | undefined>} path of the browser, if one could be brought here
 */
export const installChromium = async (log) => {
  if (process.env.CHROMIUM_PATH) {
    log(`CHROMIUM_PATH names ${process.env.CHROMIUM_PATH}, which is no program`);
    return undefined;
  }
  const attempts = [
    async () => {
      const cli = join(dirname(createRequire(import.meta.url).resolve('playwright-core/package.json')), 'cli.js');
      await runCommand('Playwright', process.execPath, [cli, 'install', 'chromium-headless-shell'], {
        timeoutMs: 120_000,
      });
    },
    async () => {
      if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) return;
      log("installing Debian's package chromium");
      const env = { DEBIAN_FRONTEND: 'noninteractive' };
      await runCommand('apt-get', 'apt-get', ['update'], { env, timeoutMs: 120_000 });
      await runCommand('apt-get', 'apt-get', ['install', '-y', '--no-install-recommends', 'chromium'], {
        env,
        timeoutMs: 300_000,
      });
    },
  ];
  for (const attempt of attempts) {
    try {
      await attempt();
    } catch (error) {
      log(error.message.split('\n').at(-1));
    }
    const found = findChromium();
    if (found) return found;
  }
  return undefined;
};
