import { WorkflowNotFoundError } from '@temporalio/client';
import type { Client } from '@temporalio/client';
import { eachOf } from '../temporal/each-of.ts';
import { ensureCase, ensureDispatcher, refreshCase } from '../temporal/nudge.ts';
import type { EngineDifference } from './compare-engine.ts';

const reason = 'the records were set back: what the engine believes of this case is no longer so';

/**
 * Makes the engine follow the records, which are the truth. A workflow carries nothing over, so one that believes in
 * entries which are gone is ended and started anew from the records: left alone it would hold on to the later entry's
 * wake, and everything due before would wait for the watchdog.
 */
export async function repairEngine(client: Client, differences: readonly EngineDifference[]): Promise<void> {
  await eachOf(differences, 8, async ({ id, fault }) => {
    switch (fault) {
      case 'unknownCase':
        return terminate(client, id);
      case 'lostEntries':
        await terminate(client, id);
        return ensureCase(client, id);
      case 'notRunning':
        return ensureCase(client, id);
      case 'noDispatcher':
        return ensureDispatcher(client, id);
      case 'closedCase':
      case 'behind':
      case 'wakeDiffers':
      case 'silent':
        return refreshCase(client, id);
    }
  });
}

async function terminate(client: Client, id: string): Promise<void> {
  try {
    await client.workflow.getHandle(id).terminate(reason);
  } catch (error) {
    // It ended by itself meanwhile.
    if (!(error instanceof WorkflowNotFoundError)) throw error;
  }
}
