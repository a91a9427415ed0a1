import type { Logger } from '../platform/telemetry/log.ts';
import type { RunningWorker } from './worker.ts';

const firstPauseMs = 500;
const longestPauseMs = 5_000;
/** A worker that ran this long was well; what ended it says nothing of the next one. */
const steadyMs = 60_000;

export interface KeptWorker {
  /** Settles after `stop`. */
  finished: Promise<void>;
  stop(): Promise<void>;
}

/**
 * Keeps one worker alive over everything that happens to the engine: not yet up, restarted, gone for an hour. Only
 * `stop` ends it.
 */
export function keepWorking(start: () => Promise<RunningWorker>, log: Pick<Logger, 'info' | 'warn'>): KeptWorker {
  let stopping = false;
  let current: RunningWorker | undefined;
  let cutPause = (): void => undefined;

  async function run(): Promise<void> {
    for (let failures = 0; !stopping;) {
      const began = Date.now();
      try {
        current = await start();
        if (stopping) await current.stop();
        log.info({}, 'working');
        await current.finished;
        if (!stopping) log.warn({}, 'the worker ended by itself');
      } catch (error) {
        log.warn({ error: error instanceof Error ? error.message : String(error) }, 'no worker: the engine is away');
      }
      current = undefined;
      if (stopping) return;
      failures = Date.now() - began > steadyMs ? 1 : failures + 1;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, Math.min(firstPauseMs * 2 ** (failures - 1), longestPauseMs));
        cutPause = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
  }

  const finished = run();
  return {
    finished,
    async stop() {
      stopping = true;
      cutPause();
      await current?.stop();
      await finished;
    },
  };
}
