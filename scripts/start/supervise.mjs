import { setTimeout as sleep } from 'node:timers/promises';
import { Fault } from '../lib/process.mjs';

const pauses = [250, 1_000, 2_000, 5_000, 10_000, 30_000];
const steadyAfterMs = 60_000;

const describe = (outcome) => {
  if (outcome?.signal) return `was ended by ${outcome.signal}`;
  return outcome?.code === undefined || outcome?.code === null ? 'ended' : `ended with code ${outcome.code}`;
};

/**
 * Keeps one process running: whatever ends it, it is started again, sooner at first and later with pauses.
 * @param {object} options
 * @param {string} options.name
 * @param {() => Promise<{ pid?: number, ended: Promise<unknown>, stop: () => Promise<void>, errors?: { text: () => string } }>} options.start
 * @param {string} options.logFile
 * @param {(line: string) => void} options.say
 * @param {(fault: Fault) => void} options.giveUp called when starting again cannot help
 */
export const supervise = async ({ name, start, logFile, say, giveUp }) => {
  let stopping = false;
  let failures = 0;
  let startedAt = Date.now();
  let current = await start();

  const watch = async () => {
    while (!stopping) {
      const outcome = await current.ended;
      if (stopping) return;
      // 78 is EX_CONFIG: the program refused its settings, and would again.
      if (outcome?.code === 78) return giveUp(new Fault(current.errors?.text() || `${name} refused its settings.`));
      if (Date.now() - startedAt > steadyAfterMs) failures = 0;
      await restart(outcome);
    }
    return undefined;
  };

  const restart = async (outcome) => {
    for (let what = describe(outcome); !stopping;) {
      const pause = pauses[Math.min(failures, pauses.length - 1)];
      failures += 1;
      say(`${name} ${what}; starting it again in ${pause / 1000} s (${logFile})`);
      await sleep(pause);
      if (stopping) return;
      startedAt = Date.now();
      try {
        current = await start();
        return;
      } catch (error) {
        what = `does not start: ${error.message}`;
      }
    }
  };

  void watch();
  return {
    name,
    get pid() {
      return current.pid;
    },
    /** Times it had to be started again lately. */
    get failures() {
      return failures;
    },
    lastWords: () => current.errors?.text() ?? '',
    stop: async () => {
      stopping = true;
      await current.stop();
    },
  };
};
