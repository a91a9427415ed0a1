import type { DataConverter } from '@temporalio/common';
import { NativeConnection, Worker } from '@temporalio/worker';
import type { Activities } from '../activities/contract.ts';
import { ensureSearchAttributes } from '../platform/temporal/search-attributes.ts';
import { taskQueue } from '../platform/temporal/task-queue.ts';
import { getWorkflowBundle } from './bundle.ts';

export interface WorkerDeps {
  address: string;
  namespace: string;
  dataConverter: DataConverter;
  activities: Activities;
  /** By default the workflows of this house. */
  bundlePath?: string;
}

export interface RunningWorker {
  /** Settles when the worker has stopped; rejects when it broke. */
  finished: Promise<void>;
  /** Lets what runs finish, for at most 10 s. */
  stop(): Promise<void>;
}

/** Connects and starts working. @throws TransportError when the engine cannot be reached. */
export async function createWorker(deps: WorkerDeps): Promise<RunningWorker> {
  const connection = await NativeConnection.connect({ address: deps.address });
  let worker: Worker;
  try {
    await ensureSearchAttributes(connection, deps.namespace);
    worker = await Worker.create({
      connection,
      namespace: deps.namespace,
      taskQueue,
      workflowBundle: { codePath: deps.bundlePath ?? (await getWorkflowBundle()) },
      activities: deps.activities,
      dataConverter: deps.dataConverter,
      reuseV8Context: true,
      // Sized for two cores shared with the engine and the records: a transaction takes one connection of ten, and
      // more tasks at once only queue for them while their timeouts run.
      maxConcurrentWorkflowTaskExecutions: 20,
      maxConcurrentLocalActivityExecutions: 8,
      maxConcurrentActivityTaskExecutions: 20,
      maxCachedWorkflows: 500,
      // After a kill, a case that was warm in the dead worker waits this long for another one.
      stickyQueueScheduleToStartTimeout: '5 seconds',
      shutdownGraceTime: '10 seconds',
      shutdownForceTime: '15 seconds',
    });
  } catch (error) {
    await connection.close();
    throw error;
  }
  const finished = worker.run().finally(() => connection.close());
  // Its own handler is the caller's; this one only keeps a break between start and first await from ending the process.
  finished.catch(() => undefined);
  return {
    finished,
    async stop() {
      if (worker.getState() === 'RUNNING') worker.shutdown();
      // How it ended is told by `finished`; here it only must have ended.
      await finished.catch(() => undefined);
    },
  };
}
