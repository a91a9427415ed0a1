import { isCancellation, proxyActivities, proxyLocalActivities } from '@temporalio/workflow';
import type { Activities } from '../activities/contract.ts';

type Transactions = Pick<Activities, 'performCommand' | 'wakeCase'>;

/**
 * One try inside the workflow task: no further task, one history event instead of six. 2 s: beyond it the records are
 * slow or gone, and holding the task any longer would make its worker look dead.
 */
const atOnce = proxyLocalActivities<Transactions>({
  startToCloseTimeout: '2 seconds',
  scheduleToCloseTimeout: '2 seconds',
  retry: { maximumAttempts: 1 },
});

/**
 * The same transaction where the quick way failed. It is repeated for as long as the records are away: a command that
 * was accepted is not forgotten. 10 s is the longest a transaction may hold the case's row.
 */
const patiently = proxyActivities<Transactions>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '250 milliseconds', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});

async function quickThenPatient<T>(quick: () => Promise<T>, patient: () => Promise<T>): Promise<T> {
  try {
    return await quick();
  } catch (error) {
    if (isCancellation(error)) throw error;
    return patient();
  }
}

export const performCommand: Transactions['performCommand'] = (input) =>
  quickThenPatient(
    () => atOnce.performCommand(input),
    () => patiently.performCommand(input),
  );

export const wakeCase: Transactions['wakeCase'] = (input) =>
  quickThenPatient(
    () => atOnce.wakeCase(input),
    () => patiently.wakeCase(input),
  );

/**
 * A request is tried for a day: mail servers ask to come back in minutes to hours (RFC 5321 4.5.4.1), and an agency's
 * own term is counted in days. 40 s covers one slow SMTP exchange; after the day the failure becomes a fact.
 */
export const { sendRequest } = proxyActivities<Pick<Activities, 'sendRequest'>>({
  startToCloseTimeout: '40 seconds',
  scheduleToCloseTimeout: '1 day',
  retry: { initialInterval: '5 seconds', backoffCoefficient: 2, maximumInterval: '30 minutes' },
});

/** The note that an action failed must itself not get lost, so it is repeated without end. */
export const { recordActionFailed } = proxyActivities<Pick<Activities, 'recordActionFailed'>>({
  startToCloseTimeout: '10 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '1 minute' },
});

/**
 * A batch works for at most 10 s and beats between mails. 5 s without a beat: its worker is dead, and another one
 * takes over as soon as the lease on the claimed rows (5 s too) has run out.
 */
export const { sendDue } = proxyActivities<Pick<Activities, 'sendDue'>>({
  startToCloseTimeout: '30 seconds',
  heartbeatTimeout: '5 seconds',
  retry: { initialInterval: '1 second', backoffCoefficient: 2, maximumInterval: '10 seconds' },
});
