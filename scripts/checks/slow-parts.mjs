import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tests } from './run-parts.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));

const titles = {
  chaos: 'processes killed, engines emptied, states set back',
  server: 'server mode',
  replay: 'histories replayed under changed rules',
  scripts: 'start, backup, restore',
  api: 'the API amid outages',
};

/** The slow tests, a part for each folder that has some: what a new folder brings is never left out. */
export const slowParts = () => {
  const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs');
  const listed = execFileSync(process.execPath, [vitest, 'list', '--project', 'slow', '--filesOnly', '--json'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const files = JSON.parse(listed).map(({ file }) => file.slice(join(root, 'tests').length + 1));
  const folders = [...new Set(files.map((file) => file.split(/[\\/]/)[0]))].toSorted();
  if (folders.length === 0)
    throw new Error('there are no slow tests: the project "slow" of vitest.config.ts finds none');
  return folders.map((folder) => tests(titles[folder] ?? folder, ['slow'], {}, [`tests/${folder}/`]));
};
