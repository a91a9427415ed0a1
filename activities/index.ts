import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import type { Client } from '@temporalio/client';
import { isRecordsUnavailable } from '../platform/database/records-unavailable.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import { hasSoonestNotice } from '../platform/notices/find-sooner.ts';
import type { RecordsDeps } from '../platform/records/contract.ts';
import { submitSystemCommand } from '../platform/records/system-command.ts';
import type { SystemCommandInput } from '../platform/records/system-command.ts';
import { UnknownRow } from '../platform/records/system-lookup.ts';
import { pokeDispatcher, refreshCase } from '../platform/temporal/nudge.ts';
import type { Logger } from '../platform/telemetry/log.ts';
import { dispatcherSleepMs } from '../platform/temporal/task-queue.ts';
import type { Activities, Standing } from './contract.ts';
import { createPerformCommand } from './perform-command.ts';
import { createSendDue } from './send-due.ts';
import { createRecordActionFailed, createSendRequest } from './send-request.ts';
import { createWakeCase } from './wake-case.ts';

export interface ActivityDeps extends RecordsDeps {
  mailer: Mailer;
  client: Client;
  publicUrl: string;
  log: Pick<Logger, 'warn' | 'error'>;
}

/** A fault that no repetition heals is given up after this many tries, some minutes; records that are away never are. */
const mostTries = 30;

/** Everything the workflows may ask for. */
export function createActivities(deps: ActivityDeps): Activities {
  const records: RecordsDeps = { ...deps, onQueued: (queued) => pokeIfSooner(deps, queued) };
  const record = (input: SystemCommandInput): Promise<Standing> => submitSystemCommand(records, input);
  const performCommand = createPerformCommand(records);
  const wakeCase = createWakeCase(records);
  const sendRequest = createSendRequest({ ...deps, record });
  const recordActionFailed = createRecordActionFailed({ ...deps, record });
  const sendDue = createSendDue({
    ...deps,
    onRequestSent: (caseId) =>
      void refreshCase(deps.client, caseId).catch((error: unknown) =>
        deps.log.warn({ err: error, caseId }, 'a case could not be told that its request went out'),
      ),
  });
  return {
    performCommand: (input) => guarded(deps, () => performCommand(input)),
    wakeCase: (input) => guarded(deps, () => wakeCase(input)),
    sendRequest: (input) => guarded(deps, () => sendRequest(input)),
    recordActionFailed: (input) => guarded(deps, () => recordActionFailed(input)),
    sendDue: (input) => guarded(deps, () => sendDue(input)),
  };
}

/** Errors go to our log with their message; into the engine goes a code, because messages may quote what the records hold. */
async function guarded<T>(deps: ActivityDeps, act: () => Promise<T>): Promise<T> {
  try {
    return await act();
  } catch (error) {
    // Said on purpose by the activity itself, with a code and no quotation.
    if (error instanceof ApplicationFailure) throw error;
    if (error instanceof UnknownRow)
      throw ApplicationFailure.nonRetryable('the records know no such row', 'rowUnknown');
    const { activityType, attempt, workflowExecution } = Context.current().info;
    deps.log.warn(
      { err: error, activityType, attempt, workflowId: workflowExecution?.workflowId },
      'a transaction failed',
    );
    if (attempt >= mostTries && !isRecordsUnavailable(error))
      throw ApplicationFailure.nonRetryable('the transaction fails every time', 'transactionFailed');
    throw ApplicationFailure.retryable(
      'the transaction failed',
      isRecordsUnavailable(error) ? 'recordsAway' : 'transactionFailed',
    );
  }
}

/**
 * A notice that is due sooner than the institution's dispatcher sleeps: it is told after the commit, beside the case's
 * history. A poke that gets lost is made up for by the watchdog.
 */
function pokeIfSooner(deps: ActivityDeps, { institutionId, caseId, sendAt }: Queued): void {
  const before = new Date(deps.now().getTime() + dispatcherSleepMs);
  if (new Date(sendAt) >= before) return;
  void deps.db
    .inScope({ institutionId }, (tx) => hasSoonestNotice(tx, caseId, before))
    .then((sooner) => (sooner ? pokeDispatcher(deps.client, institutionId) : undefined))
    .catch((error: unknown) => deps.log.warn({ err: error, institutionId }, 'the dispatcher could not be poked'));
}

type Queued = Parameters<NonNullable<RecordsDeps['onQueued']>>[0];
