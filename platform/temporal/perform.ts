import {
  isGrpcServiceError,
  ServiceError,
  WithStartWorkflowOperation,
  WorkflowNotFoundError,
  WorkflowUpdateFailedError,
  WorkflowUpdateRPCTimeoutOrCancelledError,
} from '@temporalio/client';
import type { Client, WorkflowUpdateHandle } from '@temporalio/client';
import type { PerformAnswer } from '../../activities/contract.ts';
import type { familyCase } from '../../workflows/family-case.ts';
import { perform, taskQueue } from '../../workflows/messages.ts';
import { startCaseOptions } from './start-options.ts';

/**
 * What is known of a command when the wait is over.
 * `answered`: done, a refusal included. `accepted`: the engine has it and will finish it. `unknown`: it may or may not
 * have arrived; repeating with the same key is safe. `unavailable`: it surely never arrived. `busy`: the case has more
 * commands waiting than it takes. `failed`: a fault that no repetition heals; the command's row is as it was.
 */
export type PerformOutcome =
  | { kind: 'answered'; answer: PerformAnswer }
  | { kind: 'accepted' | 'unknown' | 'unavailable' | 'busy' }
  | { kind: 'failed'; code: string };

export interface PerformInput {
  caseId: string;
  commandId: string;
  /** 10 s by default: the longest a person should look at a waiting page. */
  timeoutMs?: number;
}

// gRPC's numbers: a stable part of its wire protocol.
const resourceExhausted = 8;
const unavailable = 14;

/** Sends a command through its case's workflow, starting the workflow where it does not run. Never throws for the engine. */
export async function performThroughWorkflow(client: Client, input: PerformInput): Promise<PerformOutcome> {
  const deadline = Date.now() + (input.timeoutMs ?? 10_000);
  let mayHaveArrived = false;
  for (let attempt = 0; ; attempt++) {
    const outcome = await attemptOnce(client, input, deadline);
    if (typeof outcome !== 'string') return outcome;
    mayHaveArrived ||= outcome === 'perhaps';
    const pause = Math.min(50 * 2 ** attempt, 1_000);
    if (Date.now() + pause >= deadline) {
      if (mayHaveArrived) return { kind: 'unknown' };
      return { kind: outcome === 'crowded' ? 'busy' : 'unavailable' };
    }
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}

type Miss = 'perhaps' | 'surelyNot' | 'crowded';

async function attemptOnce(
  client: Client,
  { caseId, commandId }: PerformInput,
  deadline: number,
): Promise<PerformOutcome | Miss> {
  let accepted = false;
  try {
    return await client.withDeadline(deadline, async () => {
      const handle = await sendUpdate(client, caseId, commandId);
      accepted = true;
      return { kind: 'answered', answer: await handle.result() };
    });
  } catch (error) {
    if (error instanceof WorkflowUpdateFailedError) {
      const code = failureType(error);
      // The run ended under the command, by an operator's hand or a fault of the engine: the next run takes it again.
      return code === 'AcceptedUpdateCompletedWorkflow' ? 'perhaps' : { kind: 'failed', code };
    }
    // It is in the engine: whatever broke the wait, it will be done.
    if (accepted) return { kind: 'accepted' };
    return missed(error);
  }
}

/**
 * To the running case, and only where none runs together with its start: the two at once cost the engine a good deal
 * more than the update alone, and nearly every command finds its case running.
 */
async function sendUpdate(
  client: Client,
  caseId: string,
  commandId: string,
): Promise<WorkflowUpdateHandle<PerformAnswer>> {
  const update = { args: [commandId] as [string], updateId: commandId, waitForStage: 'ACCEPTED' as const };
  try {
    return await client.workflow.getHandle<typeof familyCase>(caseId).startUpdate(perform, update);
  } catch (error) {
    if (!(error instanceof WorkflowNotFoundError)) throw error;
    return client.workflow.startUpdateWithStart(perform, {
      ...update,
      startWorkflowOperation: new WithStartWorkflowOperation<typeof familyCase>(
        'familyCase',
        startCaseOptions(caseId, taskQueue),
      ),
    });
  }
}

function missed(error: unknown): Miss {
  // The run ended while the command was on its way: the next attempt starts the next run.
  if (error instanceof WorkflowNotFoundError) return 'perhaps';
  const cause =
    error instanceof ServiceError || error instanceof WorkflowUpdateRPCTimeoutOrCancelledError ? error.cause : error;
  if (!isGrpcServiceError(cause)) throw error;
  const code: number = cause.code;
  if (code === resourceExhausted) return 'crowded';
  if (code === unavailable && /ECONNREFUSED|ENOTFOUND|EHOSTUNREACH|No connection established/.test(cause.details))
    return 'surelyNot';
  return 'perhaps';
}

/** The code at the bottom of a chain of failures: the activity's own word. */
function failureType(error: WorkflowUpdateFailedError): string {
  let type = 'commandFailed';
  for (let cause = error.cause; cause instanceof Error; cause = cause.cause as Error | undefined) {
    if ('type' in cause && typeof cause.type === 'string') type = cause.type;
  }
  return type;
}
