import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { commandLine, isAlive } from './process.mjs';

const readOwner = (file) => {
  try {
    const [pid, script] = readFileSync(file, 'utf8').split('\n');
    return { pid: Number(pid), script };
  } catch {
    return undefined;
  }
};

/**
 * Takes a lock file, or says whose it is. A lock whose owner was killed is taken over.
 * @param {string} file
 * @returns {{ release: () => void } | { owner: number }}
 */
export const takeLock = (file) => {
  mkdirSync(dirname(file), { recursive: true });
  const own = `${file}.${process.pid}`;
  writeFileSync(own, `${process.pid}\n${basename(process.argv[1] ?? '')}`);
  try {
    for (;;) {
      try {
        // A link is made whole or not at all, and only one of two can make it.
        linkSync(own, file);
        return { release: () => rmSync(file, { force: true }) };
      } catch (error) {
        if (error.code !== 'EEXIST') throw error;
      }
      const owner = readOwner(file);
      if (!owner) continue;
      if (owner.pid !== process.pid && isAlive(owner.pid) && commandLine(owner.pid).includes(owner.script))
        return { owner: owner.pid };
      try {
        renameSync(file, `${own}.stale`);
      } catch (error) {
        if (error.code !== 'ENOENT') throw error;
      }
      rmSync(`${own}.stale`, { force: true });
    }
  } finally {
    rmSync(own, { force: true });
  }
};

/**
 * Does the work while no other process does it, waiting for its turn.
 * @template T
 * @param {string} file
 * @param {{ waiting: string }} say
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export const withLock = async (file, { waiting }, work) => {
  let said = false;
  for (;;) {
    const lock = takeLock(file);
    if ('release' in lock) {
      try {
        return await work();
      } finally {
        lock.release();
      }
    }
    if (!said) console.log(`${waiting} (process ${lock.owner})`);
    said = true;
    await sleep(250);
  }
};
