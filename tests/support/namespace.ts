import { randomBytes } from 'node:crypto';
import { msToTs } from '@temporalio/common/lib/time';
import { Connection } from '@temporalio/client';
import { inject } from 'vitest';
import { registerSearchAttributes } from '../../scripts/lib/search-attributes.mjs';

/**
 * A namespace of the test file's own in the run's Temporal server, with Kurator's search attributes, so that the
 * cases another file left running never reach this file's worker.
 */
export async function createTestNamespace(): Promise<{ address: string; namespace: string }> {
  const address = inject('temporalAddress');
  const namespace = `test-${randomBytes(6).toString('hex')}`;
  const connection = await Connection.connect({ address });
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      workflowExecutionRetentionPeriod: msToTs('1 day'),
    });
    await registerSearchAttributes({ address, namespace });
    await waitUntilKnown(connection, namespace);
  } finally {
    await connection.close();
  }
  return { address, namespace };
}

/** Other parts of the server learn of a new namespace a moment later; a worker started before that would fail. */
async function waitUntilKnown(connection: Connection, namespace: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    try {
      await connection.workflowService.listWorkflowExecutions({ namespace, query: 'KuratorSeq = 1', pageSize: 1 });
      return;
    } catch (error) {
      if (attempt > 100) throw error;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
  }
}
