import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { ApiProblem } from '../problems.ts';
import type { Services } from './services.ts';
import type { Played, Scenario } from './simulate-scenarios.ts';

/** One scenario of a family's years takes a tenth of a second; a thousand entries of one day would take minutes. */
const longestMs = 10_000;
/** Scenarios are played one after another; who would wait longer than these is told to come back. */
const mostWaiting = 4;
/** A scenario that asks for more ends its thread: the process that answers everybody keeps its memory. */
const mostMegabytes = 512;

/** `kurator simulate` over HTTP, in a thread of its own that is ended when it takes too long: nothing of it is kept. */
export function simulateService(limitMs = longestMs, megabytes = mostMegabytes): Pick<Services, 'simulate'> {
  let thread: Thread | undefined;
  let waiting = 0;
  let turn: Promise<unknown> = Promise.resolve();

  const play = async (scenarios: readonly Scenario[]): Promise<Played> => {
    thread ??= startThread(megabytes, () => (thread = undefined));
    const running = thread;
    await running.ready;
    return new Promise((resolve, reject) => {
      const settle = (): void => {
        clearTimeout(timer);
        running.off('message', onMessage);
        running.off('error', onError);
      };
      const drop = (reason: Error): void => {
        settle();
        thread = undefined;
        running.removeAllListeners('exit');
        void running.terminate();
        reject(reason);
      };
      const onMessage = (played: Played): void => {
        settle();
        resolve(played);
      };
      const onError = (error: NodeJS.ErrnoException): void =>
        drop(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? new ApiProblem('simulation.too-long') : error);
      const timer = setTimeout(() => drop(new ApiProblem('simulation.too-long')), limitMs);
      running.on('message', onMessage);
      running.on('error', onError);
      running.postMessage(scenarios);
    });
  };

  return {
    simulate: async (scenarios) => {
      if (waiting >= mostWaiting) throw new ApiProblem('simulation.busy');
      waiting++;
      const mine = turn.then(() => play(scenarios)).finally(() => waiting--);
      turn = mine.catch(() => undefined);
      const played = await mine;
      if ('items' in played) return played.items;
      throw new ApiProblem('command.invalid', {
        faults: played.faults.map(({ path, message, ru }) => ({ path, text: { ru, en: message } })),
      });
    },
  };
}

type Thread = Worker & { ready: Promise<unknown> };

function startThread(maxOldGenerationSizeMb: number, onEnd: () => void): Thread {
  const url = new URL('../simulate-thread.mjs', import.meta.url);
  const thread = new Worker(url, { execArgv: [], resourceLimits: { maxOldGenerationSizeMb } });
  // A thread that dies while it plays nothing ends nothing else; whoever asks next gets the error from its own start.
  thread.on('error', () => undefined);
  thread.on('exit', onEnd);
  // An idle thread keeps no process from ending.
  thread.unref();
  // A thread that cannot start rejects whoever waits for it, and the next one starts anew.
  return Object.assign(thread, { ready: once(thread, 'message') });
}
