import { defineQuery, defineSignal, defineUpdate } from '@temporalio/workflow';
import type { PerformAnswer, Standing } from '../activities/contract.ts';

/** The wire contract between the API, the watchdog and the workflows. Names never change; a new meaning gets a new name. */

/** A command of the case: the id of its row in `commands` and nothing else. The update's id is the same id. */
export const perform = defineUpdate<PerformAnswer, [commandId: string]>('perform');

/** Something may be due: look at the records now. Sent by the watchdog and by operators. */
export const refresh = defineSignal('refresh');

/** Where the case stands and what it waits for, as its last transaction returned it. */
export const standing = defineQuery<Standing | null>('standing');

/** A notice became due sooner than the dispatcher sleeps. */
export const poke = defineSignal('poke');

export const taskQueue = 'kurator';

/** Workflow id of the one dispatcher of an institution. */
export const dispatcherId = (institutionId: string): string => `notices-${institutionId}`;

/** The longest sleep of a dispatcher: a notice due later than this need not poke it. */
export const dispatcherSleepMs = 60 * 60 * 1000;
