import { condition, continueAsNew, isCancellation, setHandler, workflowInfo } from '@temporalio/workflow';
import type { DispatcherInput } from '../activities/contract.ts';
import { sendDue } from './calls.ts';
import { dispatcherSleepMs, poke } from './messages.ts';

const pauseAfterFailureMs = 60_000;

/** Sends the notices of one institution at their minute: sleeps until the earliest, and is poked for an earlier one. */
export async function noticeDispatcher({ institutionId }: DispatcherInput): Promise<void> {
  let poked = true;
  setHandler(poke, () => {
    poked = true;
  });

  // Not held up by a poke: the next run begins by looking, and an unceasing stream of pokes would let this one burst.
  while (!workflowInfo().continueAsNewSuggested) {
    poked = false;
    let pause: number;
    try {
      const { nextAt } = await sendDue({ institutionId });
      pause = nextAt === null ? dispatcherSleepMs : untilInstant(nextAt);
    } catch (error) {
      if (isCancellation(error)) throw error;
      // Its own retries have no end, so this is a fault that no repetition heals; it must not end the dispatcher.
      pause = pauseAfterFailureMs;
    }
    if (pause > 0) await condition(() => poked, Math.min(pause, dispatcherSleepMs));
  }
  await continueAsNew<typeof noticeDispatcher>({ institutionId });
}

function untilInstant(at: string): number {
  // eslint-disable-next-line no-restricted-syntax -- the sandbox's clock, the same in every replay
  return Date.parse(at) - Date.now();
}
