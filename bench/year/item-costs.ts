import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection, type WorkflowHandle } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';

/** Events by type, for one kind of step. */
export type Cost = Record<string, number>;

export interface ItemCosts {
  opening: Cost;
  commandSameTimer: Cost;
  commandMovedTimer: Cost;
  commandNewDueDay: Cost;
  wakeByTimer: Cost;
  action: Cost;
}

export const total = (cost: Cost): number => Object.values(cost).reduce((sum, n) => sum + n, 0);

const eventNames: Record<number, string> = {
  1: 'WorkflowStarted', 5: 'TaskScheduled', 6: 'TaskStarted', 7: 'TaskCompleted', 10: 'ActivityScheduled', 11: 'ActivityStarted',
  12: 'ActivityCompleted', 17: 'TimerStarted', 18: 'TimerFired', 19: 'TimerCanceled', 25: 'Marker', 26: 'Signaled', 40: 'SearchAttributes',
  41: 'UpdateAccepted', 43: 'UpdateCompleted', 47: 'Properties',
}; // prettier-ignore

const countedIn = async (handle: WorkflowHandle): Promise<Cost> => {
  const { events } = await handle.fetchHistory();
  const cost: Cost = {};
  for (const { eventType } of events ?? []) {
    const name = eventNames[Number(eventType)] ?? `type ${String(eventType)}`;
    cost[name] = (cost[name] ?? 0) + 1;
  }
  return cost;
};

const difference = (after: Cost, before: Cost): Cost =>
  Object.fromEntries(
    Object.entries(after).flatMap(([name, n]) => (n === (before[name] ?? 0) ? [] : [[name, n - (before[name] ?? 0)]])),
  );

Runtime.install({ logger: new DefaultLogger('ERROR') });

/** What each kind of step of the real workflow costs on a real engine: the records' answers are scripted, nothing else. */
export async function measureItemCosts(address: string): Promise<ItemCosts> {
  const connection = await Connection.connect({ address });
  const nativeConnection = await NativeConnection.connect({ address });
  const taskQueue = `bench-year-${randomUUID()}`;
  const far = (days: number): string => new Date(Date.now() + days * 86_400_000).toISOString();
  let standing = { institutionId: 'bench', regulation: 'bench@1', seq: 1, stage: 'activity', level: null, awaited: [] as string[], nextDueOn: '2030-01-01',
    nextWakeAt: far(10), actions: [] as { kind: string; id: string }[], closed: false }; // prettier-ignore
  const later = (change: object): typeof standing =>
    (standing = { ...standing, actions: [], seq: standing.seq + 1, ...change });
  let wakes = 0;
  let sent = 0;
  const worker = await Worker.create({
    connection: nativeConnection,
    taskQueue,
    workflowsPath: fileURLToPath(new URL('../../workflows/index.ts', import.meta.url)),
    activities: {
      performCommand: ({ commandId }: { commandId: string }) => ({
        commandId,
        accepted: true,
        code: null,
        seq: standing.seq,
        standing,
      }),
      wakeCase: () => {
        wakes += 1;
        return wakes === 1 ? standing : later({ nextWakeAt: far(12) });
      },
      sendRequest: () => {
        sent += 1;
        return later({});
      },
    },
  });
  const client = new Client({ connection });

  const run = async (): Promise<ItemCosts> => {
    const handle = await client.workflow.start('familyCase', {
      workflowId: randomUUID(),
      taskQueue,
      args: [{ caseId: 'bench' }],
    });
    let before: Cost = {};
    /** The cost of what has happened since the last call, once the history has stopped growing. */
    const settled = async (): Promise<Cost> => {
      for (let seen = -1; ;) {
        const now = await countedIn(handle);
        const finished = (now['TaskCompleted'] ?? 0) === (now['TaskScheduled'] ?? 0);
        if (finished && total(now) === seen && seen > 0) {
          const cost = difference(now, before);
          before = now;
          return cost;
        }
        seen = total(now);
        await new Promise((resolve) => setTimeout(resolve, 300));
      }
    };
    const command = async (change: object): Promise<Cost> => {
      later(change);
      await handle.executeUpdate('perform', { args: [randomUUID()] });
      return settled();
    };
    const until = async (condition: () => boolean): Promise<void> => {
      while (!condition()) await new Promise((resolve) => setTimeout(resolve, 100));
    };

    const opening = await settled();
    const commandSameTimer = await command({});
    const commandMovedTimer = await command({ nextWakeAt: far(11) });
    const commandNewDueDay = await command({ nextWakeAt: far(9), nextDueOn: '2030-02-02' });
    const armed = await command({ nextWakeAt: far(9), actions: [{ kind: 'sendRequest', id: 'r1' }] });
    await until(() => sent === 1);
    const action = { ...difference(armed, commandSameTimer) };
    for (const [name, n] of Object.entries(await settled())) action[name] = (action[name] ?? 0) + n;
    await command({ nextWakeAt: new Date(Date.now() + 2000).toISOString() });
    await until(() => wakes === 2);
    const wakeByTimer = await settled();
    await handle.terminate('measured');
    return { opening, commandSameTimer, commandMovedTimer, commandNewDueDay, wakeByTimer, action };
  };
  try {
    return await worker.runUntil(run());
  } finally {
    await connection.close();
    await nativeConnection.close();
  }
}
