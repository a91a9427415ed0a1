import { CancellationScope, sleep } from '@temporalio/workflow';

const day = 24 * 60 * 60 * 1000;
/** A case that sleeps for a year would see no new rule, no new code and no advice to continue as new. */
const longestSleep = 30 * day;
const shortestPause = 1000;
const longestPause = 5 * 60 * 1000;

/** The one timer of a case. Setting it to the moment it already has costs no history event. */
export interface CaseTimer {
  /** Sleep until this instant (ISO 8601), at most until 30 days after the last wake. */
  set(nextWakeAt: string | null): void;
  /** A wake has run: the 30 days begin anew. */
  woken(): void;
  /** A wake could not be done: try again after a pause that doubles up to 5 minutes. */
  retry(): void;
}

export function createCaseTimer(fire: () => void): CaseTimer {
  let armed: { at: number; scope: CancellationScope } | undefined;
  let cap = now() + longestSleep;
  let pauses = 0;

  function arm(at: number): void {
    if (armed && Math.abs(armed.at - at) < shortestPause) return;
    armed?.scope.cancel();
    const scope = new CancellationScope();
    const mine = { at, scope };
    armed = mine;
    scope
      .run(() => sleep(Math.max(at - now(), 1)))
      .then(
        () => {
          if (armed !== mine) return;
          armed = undefined;
          fire();
        },
        () => undefined,
      );
  }

  function pause(): void {
    arm(now() + Math.min(shortestPause * 2 ** pauses, longestPause));
    pauses += 1;
  }

  return {
    set(nextWakeAt) {
      const at = nextWakeAt === null ? cap : Math.min(Date.parse(nextWakeAt), cap);
      // A moment that has passed although the case was just looked at: without a pause a fault in the records
      // would turn into a loop without end.
      if (at <= now()) {
        if (!armed || armed.at > now() + longestPause) pause();
        return;
      }
      pauses = 0;
      arm(at);
    },
    woken() {
      cap = now() + longestSleep;
    },
    retry: pause,
  };
}

/** Inside a workflow this is the time of the current workflow task, the same in every replay. */
function now(): number {
  // eslint-disable-next-line no-restricted-syntax -- the sandbox's clock, not the machine's
  return Date.now();
}
