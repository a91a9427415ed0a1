import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import type { Standing } from '../../activities/contract.ts';
import { standing } from '../../workflows/messages.ts';
import { isRunning } from './is-running.ts';

const answerWithinMs = 10_000;

/**
 * What a case's workflow believes of its case. A question leaves no trace in the history; a worker answers it.
 * `null`: it runs and has not learned anything yet. `silent`: no answer in time, whatever the reason.
 */
export async function askStanding(client: Client, caseId: string): Promise<Standing | null | 'notRunning' | 'silent'> {
  try {
    if (!(await isRunning(client, caseId))) return 'notRunning';
    return await client.withDeadline(Date.now() + answerWithinMs, () =>
      client.workflow.getHandle(caseId).query<Standing | null, []>(standing),
    );
  } catch (error) {
    if (error instanceof WorkflowNotFoundError) return 'notRunning';
    return 'silent';
  }
}
