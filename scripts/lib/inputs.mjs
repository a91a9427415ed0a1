import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const skipped = new Set(['node_modules', 'dist', 'generated']);

const filesUnder = (path) => {
  if (!existsSync(path)) return [];
  if (!statSync(path).isDirectory()) return [path];
  return readdirSync(path, { withFileTypes: true })
    .toSorted((a, b) => (a.name < b.name ? -1 : 1))
    .filter((entry) => !skipped.has(entry.name) && !/\.test\.tsx?$|api-types\.ts$/.test(entry.name))
    .flatMap((entry) => filesUnder(join(path, entry.name)));
};

/**
 * One hash over the contents of files and folders: what is made from them is made anew only when it changes.
 * @param {string[]} paths
 */
export const hashOf = (paths) => {
  const hash = createHash('sha256');
  for (const file of paths.flatMap(filesUnder)) hash.update(file).update('\0').update(readFileSync(file)).update('\0');
  return hash.digest('hex');
};

/** @param {string} stamp file that remembers the inputs of the last making */
export const isMadeFrom = (stamp, hash) => existsSync(stamp) && readFileSync(stamp, 'utf8') === hash;

export const remember = (stamp, hash) => writeFileSync(stamp, hash);
