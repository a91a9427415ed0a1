import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  createReadStream,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
} from 'node:fs';
import { copyFile } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { takeLock } from './lock.mjs';
import { Fault, commandLine, isAlive } from './process.mjs';

/** What a data folder consists of. The rest (logs, ids of processes) says nothing of the families and is made anew. */
export const parts = {
  records: ['postgres', 'secrets.json'],
  engine: ['engine.db', 'engine.db-wal', 'engine.db-shm'],
  rest: ['versions.json', 'mailbox'],
};

const manifestName = 'manifest.json';
const format = 1;
/** Stands in a data folder while a restore changes names; says which part it sets back, nothing for the whole. */
const cutOffName = 'restore-cut-off';

/** @throws {Fault} when a restore was stopped midway: what is missing would be taken for a new installation */
export const needWholeRestore = (folder) => {
  if (existsSync(join(folder, cutOffName)))
    throw new Fault(
      `A restore into ${folder} was cut off: repeat it with --replace. What was there before lies in before-restore-…`,
    );
};

/** Locks a data folder, so that no Kurator starts on it meanwhile. @throws {Fault} when one runs, or its servers live on */
export const lockStopped = (folder, what) => {
  const lock = takeLock(join(folder, 'start.lock'));
  if ('owner' in lock)
    throw new Fault(`Kurator runs on ${folder} (process ${lock.owner}): stop it with Ctrl-C, then ${what}.`);
  const left = leftServer(folder);
  if (left !== undefined) {
    lock.release();
    throw new Fault(
      `A server of an earlier start still runs on ${folder} (process ${left}): start Kurator and stop it with Ctrl-C, then ${what}.`,
    );
  }
  return lock;
};

/** The id of a server that an earlier start left running on the folder. */
export const leftServer = (folder) => {
  for (const file of [join(folder, 'postgres', 'postmaster.pid'), join(folder, 'engine.db.pid')]) {
    if (!existsSync(file)) continue;
    const pid = Number(readFileSync(file, 'utf8').split('\n')[0]);
    if (pid && isAlive(pid) && commandLine(pid).includes(folder)) return pid;
  }
  return undefined;
};

const walk = (folder, path = folder) => {
  const found = lstatSync(path);
  if (!found.isDirectory()) return [{ path: relative(folder, path), folder: false, bytes: found.size, found }];
  const inside = readdirSync(path).toSorted();
  return [
    ...(path === folder ? [] : [{ path: relative(folder, path), folder: true, bytes: 0, found }]),
    ...inside.flatMap((name) => walk(folder, join(path, name))),
  ];
};

const inParts = (names) => (entry) => names.includes(entry.path.split(sep)[0]);

const checksum = async (file) => {
  const hash = createHash('sha256');
  for await (const chunk of createReadStream(file)) hash.update(chunk);
  return hash.digest('hex');
};

const needRoom = (folder, bytes) => {
  const { bavail, bsize } = statfsSync(folder);
  const free = Number(bavail) * Number(bsize);
  if (free < bytes + 50_000_000)
    throw new Fault(
      `${Math.ceil(bytes / 1e6)} MB are to be copied to ${folder}, where ${Math.floor(free / 1e6)} MB are free: free some space, or choose another disk.`,
    );
};

/** Copies entries with their rights and, as root, their owners: PostgreSQL refuses a folder that is not its own. */
const copyEntries = async (from, to, entries) => {
  for (const { path, folder, found } of entries) {
    const target = join(to, path);
    if (folder) mkdirSync(target, { recursive: true, mode: 0o700 });
    else {
      mkdirSync(dirname(target), { recursive: true });
      await copyFile(join(from, path), target);
    }
    if (process.getuid?.() === 0) chownSync(target, found.uid, found.gid);
    chmodSync(target, found.mode & 0o777);
  }
};

/**
 * Copies a stopped data folder to a folder of its own, whole or not at all.
 * @param {{ data: string, target: string, version: string }} options
 * @returns {Promise<{ files: number, bytes: number }>}
 */
export const makeBackup = async ({ data, target, version }) => {
  if (!existsSync(join(data, 'postgres', 'PG_VERSION')))
    throw new Fault(`There are no records in ${data}: name the data folder with KURATOR_DATA.`);
  if (existsSync(target))
    throw new Fault(`${target} exists already: name a new folder, backups are never overwritten.`);
  const lock = lockStopped(data, 'make the backup');
  const unfinished = `${target}.making`;
  try {
    const entries = walk(data).filter(inParts(Object.values(parts).flat()));
    const bytes = entries.reduce((sum, entry) => sum + entry.bytes, 0);
    mkdirSync(dirname(target), { recursive: true });
    needRoom(dirname(target), bytes);
    rmSync(unfinished, { recursive: true, force: true });
    // Its key is inside: nobody else may look.
    mkdirSync(unfinished, { mode: 0o700 });
    await copyEntries(data, unfinished, entries);
    const files = [];
    for (const { path, folder, bytes: size, found } of entries)
      files.push({
        ...{ path: path.split(sep).join('/'), mode: found.mode & 0o7777, owner: [found.uid, found.gid] },
        ...(folder ? { folder: true } : { bytes: size, sha256: await checksum(join(unfinished, path)) }),
      });
    const versions = JSON.parse(readFileSync(join(data, 'versions.json'), 'utf8'));
    const manifest = { format, madeAt: new Date().toISOString(), kurator: version, versions, files };
    writeFileSync(join(unfinished, manifestName), `${JSON.stringify(manifest, null, 1)}\n`, { mode: 0o600 });
    renameSync(unfinished, target);
    return { files: files.filter((file) => !file.folder).length, bytes };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    lock.release();
  }
};

const isInside = (path) =>
  path.split('/').every((name) => name !== '' && name !== '.' && name !== '..' && !name.includes(sep));

/** @returns a backup's manifest, every file of it held against its checksum @throws {Fault} */
export const checkBackup = async (folder) => {
  const file = join(folder, manifestName);
  if (!existsSync(file)) throw new Fault(`${folder} is no backup of Kurator: ${manifestName} is missing.`);
  let manifest;
  try {
    manifest = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    throw new Fault(`${file} is damaged: take another backup.`);
  }
  if (manifest.format !== format)
    throw new Fault(
      `${folder} is a backup of format ${manifest.format}; this Kurator knows ${format}: use the one that made it.`,
    );
  for (const entry of manifest.files) {
    // It is written with the rights of whoever restores, root mostly: to the data folder and nowhere else.
    if (!isInside(entry.path))
      throw new Fault(`${file} is damaged or not ours: "${entry.path}" leads out of the folder. Take another backup.`);
    const path = join(folder, entry.path);
    const found = lstatSync(path, { throwIfNoEntry: false });
    if (!found) throw new Fault(`${folder} is not whole: ${entry.path} is missing. Take another backup.`);
    if (found.isSymbolicLink() || found.isDirectory() !== (entry.folder === true))
      throw new Fault(`${folder} is damaged: ${entry.path} is not what it was. Take another backup.`);
    if (!entry.folder && (await checksum(path)) !== entry.sha256)
      throw new Fault(`${folder} is damaged: ${entry.path} is not as it was written. Take another backup.`);
  }
  return manifest;
};

/**
 * Puts a backup, or one part of it, in the place of what a data folder holds. What was there is kept beside it.
 * @param {{ backup: string, data: string, only?: 'records' | 'engine', replace: boolean, versions: object }} options
 * @returns {Promise<{ madeAt: string, kept: string | null }>}
 */
export const restoreBackup = async ({ backup, data, only, replace, versions }) => {
  const manifest = await checkBackup(backup);
  for (const [name, own] of Object.entries(versions))
    if (manifest.versions[name] !== own)
      throw new Fault(
        `${backup} was made with ${name} ${manifest.versions[name]}, and this Kurator brings ${own}: restore it with the Kurator that made it (${manifest.kurator}).`,
      );
  const names = only ? parts[only] : Object.values(parts).flat();
  const present = names.filter((name) => existsSync(join(data, name)));
  if (only && !existsSync(join(data, 'versions.json')))
    throw new Fault(`${data} holds no Kurator whose ${only} could be set back: leave --only out.`);
  if (present.length > 0 && !replace)
    throw new Fault(
      `${data} is not empty (${present.join(', ')}): add --replace to put the backup in its place (what is there is kept beside it), or name another folder with KURATOR_DATA.`,
    );
  // As `npm start` makes it: others may pass, as PostgreSQL's own user must, but not look in.
  mkdirSync(data, { recursive: true, mode: 0o711 });
  const lock = lockStopped(data, 'restore');
  const unfinished = join(data, 'restoring');
  const cutOff = join(data, cutOffName);
  try {
    const before = existsSync(cutOff) ? readFileSync(cutOff, 'utf8') : undefined;
    if (only && before !== undefined && before !== only)
      throw new Fault(`A restore of ${before || 'the whole'} into ${data} was cut off: repeat that one.`);
    if (only === 'records') checkSameKey(backup, data);
    const entries = manifest.files
      .filter((entry) => names.includes(entry.path.split('/')[0]))
      .map(({ path, folder, mode, owner: [uid, gid] }) => ({ path, folder, found: { mode, uid, gid } }));
    needRoom(
      data,
      manifest.files.reduce((sum, { bytes = 0 }) => sum + bytes, 0),
    );
    rmSync(unfinished, { recursive: true, force: true });
    mkdirSync(unfinished, { mode: 0o711 });
    await copyEntries(backup, unfinished, entries);
    // From here on only names change: whatever stops it, both states lie side by side, and no start takes what is
    // half there for a new installation.
    writeFileSync(cutOff, only ?? '', { mode: 0o600 });
    const stamp = new Date().toISOString().replaceAll(/[:.]/g, '-');
    const kept = present.length > 0 ? join(data, `before-restore-${stamp}`) : null;
    if (kept) {
      mkdirSync(kept, { mode: 0o711 });
      for (const name of present) renameSync(join(data, name), join(kept, name));
    }
    for (const name of readdirSync(unfinished)) renameSync(join(unfinished, name), join(data, name));
    // For the next start: from when to when the records know nothing; empty where the engine alone was set back.
    const word = join(data, 'restored');
    if (only !== 'engine') writeFileSync(word, `${manifest.madeAt} ${new Date().toISOString()}`, { mode: 0o600 });
    else if (!existsSync(word)) writeFileSync(word, '', { mode: 0o600 });
    rmSync(cutOff, { force: true });
    return { madeAt: manifest.madeAt, kept };
  } finally {
    rmSync(unfinished, { recursive: true, force: true });
    lock.release();
  }
};

const checkSameKey = (backup, data) => {
  const key = (folder) => JSON.parse(readFileSync(join(folder, 'secrets.json'), 'utf8')).key;
  if (existsSync(join(data, 'secrets.json')) && key(backup) !== key(data))
    throw new Fault(
      `${backup} was made with another key than the one in ${data}: these are two installations, restore the whole backup to a folder of its own.`,
    );
};
