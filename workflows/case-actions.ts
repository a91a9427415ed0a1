import { isCancellation } from '@temporalio/workflow';
import type { Action, CaseInput, Standing } from '../activities/contract.ts';
import { recordActionFailed, sendRequest } from './calls.ts';

/** The side effects that transactions asked for. Each runs once at a time; none of them holds up the case's commands. */
export interface CaseActions {
  start(actions: readonly Action[]): void;
  areDone(): boolean;
  /** What failed may be tried anew: an operator has mended something, and says so by a signal. */
  forgetFailures(): void;
}

export function createCaseActions({ caseId }: CaseInput, learn: (standing: Standing) => void): CaseActions {
  const running = new Set<string>();
  // The records ask for it again after every transaction; without this list a refusal would be repeated without end.
  const failed = new Set<string>();

  async function run(action: Action, key: string): Promise<void> {
    try {
      learn(await sendRequest({ requestId: action.id }));
    } catch (error) {
      if (isCancellation(error)) throw error;
      failed.add(key);
      learn(await recordActionFailed({ caseId, action, code: failureCode(error) }));
    }
  }

  return {
    start(actions) {
      for (const action of actions) {
        const key = `${action.kind} ${action.id}`;
        if (running.has(key) || failed.has(key)) continue;
        running.add(key);
        run(action, key)
          // The last resort of a case that must never fail: the action is still on record, and the next run asks for it again.
          .catch(() => undefined)
          .finally(() => running.delete(key));
      }
    },
    areDone: () => running.size === 0,
    forgetFailures: () => failed.clear(),
  };
}

/** The type of the failure underneath, for example `timeout`; never its message, which may hold an address. */
function failureCode(error: unknown): string {
  let deepest: unknown = error;
  while (deepest instanceof Error && deepest.cause instanceof Error) deepest = deepest.cause;
  if (deepest instanceof Error)
    return 'type' in deepest && typeof deepest.type === 'string' ? deepest.type : deepest.name;
  return 'unknown';
}
