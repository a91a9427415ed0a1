import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { needWholeRestore } from '../lib/backup.mjs';
import { takeLock } from '../lib/lock.mjs';
import { Fault } from '../lib/process.mjs';
import { serverVersion } from '../lib/temporal-binary.mjs';
import { freeMegabytes, neededMegabytes } from './watch-disk.mjs';

/** Raised when a newer program could not read what this one writes into the folder beside the two databases. */
const format = 1;
const postgresMajor = '18';

const writeWhole = (file, content, mode) => {
  writeFileSync(`${file}.new`, content, { mode });
  renameSync(`${file}.new`, file);
};

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Fault(`${file} is damaged: restore it from a copy; without it the data beside it must not be touched.`);
  }
};

/** What this Kurator writes into `versions.json`. */
export const ownVersions = { format, postgres: postgresMajor, engine: serverVersion };

const checkVersions = (folder) => {
  const file = join(folder, 'versions.json');
  const own = ownVersions;
  if (!existsSync(file)) {
    if (existsSync(join(folder, 'postgres', 'PG_VERSION')))
      throw new Fault(
        `${folder} holds data of an older Kurator, from before it noted versions (versions.json is missing): choose another folder with KURATOR_DATA, or restore the file from a copy.`,
      );
    writeWhole(file, `${JSON.stringify(own, null, 2)}\n`);
    return;
  }
  const found = readJson(file);
  const elsewhere = 'or choose another folder with KURATOR_DATA';
  if (found.format > format)
    throw new Fault(
      `${folder} was written by a newer Kurator (format ${found.format}; this one knows up to ${format}): update Kurator, ${elsewhere}.`,
    );
  if (found.format !== format)
    throw new Fault(
      `${folder} was written by an older Kurator (format ${found.format ?? 'unknown'}; this one needs ${format}): start it once with the Kurator that wrote it and export its records, ${elsewhere}.`,
    );
  for (const [what, name] of [
    ['PostgreSQL', 'postgres'],
    ['Temporal', 'engine'],
  ])
    if (found[name] !== own[name])
      throw new Fault(
        `${folder} holds data of ${what} ${found[name]}, and this Kurator brings ${own[name]}: use the Kurator that wrote it, ${elsewhere}.`,
      );
};

/** Made once; whoever loses the file can no longer read the families' names. */
const getSecrets = (folder) => {
  const file = join(folder, 'secrets.json');
  const kept = existsSync(file) ? readJson(file) : {};
  const make = (bytes, encoding) => randomBytes(bytes).toString(encoding);
  const secrets = {
    key: make(32, 'base64'),
    authSecret: make(32, 'base64'),
    appPassword: make(18, 'base64url'),
    systemPassword: make(18, 'base64url'),
    authPassword: make(18, 'base64url'),
    ...kept,
  };
  if (Object.keys(kept).length !== Object.keys(secrets).length)
    writeWhole(file, `${JSON.stringify(secrets, null, 2)}\n`, 0o600);
  return secrets;
};

/**
 * Opens the data folder of the embedded mode for one start alone.
 * @param {string} folder
 * @returns {{ path: (...names: string[]) => string, secrets: Record<string, string>, release: () => void }}
 * @throws {Fault} when it is in use, full, read-only, or of another version
 */
export const openDataFolder = (folder) => {
  let lock;
  try {
    // Others may pass through, as PostgreSQL's own user must, but not look in.
    mkdirSync(folder, { recursive: true, mode: 0o711 });
    lock = takeLock(join(folder, 'start.lock'));
    if ('owner' in lock)
      throw new Fault(
        `Kurator runs on ${folder} already (process ${lock.owner}): stop that one with Ctrl-C or "kill ${lock.owner}", or start a second one with KURATOR_DATA and PORT set.`,
      );
    needWholeRestore(folder);
    const megabytes = freeMegabytes(folder);
    if (megabytes < neededMegabytes)
      throw new Fault(
        `The disk of ${folder} is full: ${megabytes} MB are free and ${neededMegabytes} are needed. Free some space, or choose a folder on another disk with KURATOR_DATA.`,
      );
    for (const name of ['logs', 'run']) mkdirSync(join(folder, name), { recursive: true, mode: 0o700 });
    checkVersions(folder);
    return { path: (...names) => join(folder, ...names), secrets: getSecrets(folder), release: lock.release };
  } catch (error) {
    lock?.release?.();
    if (error instanceof Fault) throw error;
    if (error.code === 'ENOSPC')
      throw new Fault(
        `The disk of ${folder} is full: free some space, or choose a folder on another disk with KURATOR_DATA.`,
      );
    if (['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST'].includes(error.code))
      throw new Fault(`${folder} cannot be written (${error.code}): choose a folder that can with KURATOR_DATA.`);
    throw error;
  }
};
