import { statfsSync } from 'node:fs';

// A fresh PostgreSQL takes 40 MB, its log 16 MB a file, the engine 5 MB.
export const neededMegabytes = 150;

/** Below this PostgreSQL cannot extend its log by one file (16 MB), and refuses what is to be written. */
const fullMegabytes = 16;

/** @param {string} folder @returns {number} megabytes that an ordinary user may still write */
export const freeMegabytes = (folder) => {
  const { bavail, bsize } = statfsSync(folder);
  return Math.floor((Number(bavail) * Number(bsize)) / 1024 / 1024);
};

/**
 * Says it once when the disk under a running product runs full, and once when there is room again.
 * @param {{ folder: string, say: (line: string) => void, everyMs?: number, measure?: typeof freeMegabytes }} options
 * @returns {() => void} ends the watch
 */
export const watchDisk = ({ folder, say, everyMs = 10_000, measure = freeMegabytes }) => {
  let said = 'room';
  const look = () => {
    let free;
    try {
      free = measure(folder);
    } catch {
      return;
    }
    // What was told is taken back with some margin, else a disk that is filled and cleared by turns chatters.
    const enough = said === 'room' ? neededMegabytes : neededMegabytes + 50;
    const found = free < fullMegabytes ? 'full' : free < enough ? 'little' : 'room';
    if (found === said) return;
    said = found;
    if (found === 'room') return say(`The disk of ${folder} has room again: ${free} MB are free.`);
    const then =
      found === 'full'
        ? 'what is entered is refused, and reminders wait until there is room. Nothing that was answered is lost. Free some space.'
        : 'free some space soon. On a full disk nothing can be entered, and reminders wait.';
    say(`The disk of ${folder} is ${found === 'full' ? 'full' : 'nearly full'} (${free} MB are free): ${then}`);
  };
  const watch = setInterval(look, everyMs);
  watch.unref();
  look();
  return () => clearInterval(watch);
};
