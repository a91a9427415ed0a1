import type { Client } from '@temporalio/client';
import type { Database } from '../../platform/database/scope.ts';
import { findPendingMigrations } from '../../platform/database/pending-migrations.ts';
import { countOverdueWakes } from '../../platform/watchdog/late-cases.ts';
import { countOutdatedCases } from '../../platform/watchdog/outdated.ts';
import { countPendingCommands } from '../../platform/watchdog/pending-commands.ts';
import { countWaitingMails } from '../../platform/watchdog/waiting-mails.ts';
import type { SelfCheckReport } from '../../platform/watchdog/self-check.ts';
import { taskQueue } from '../../workflows/messages.ts';
import { alertAfterMs } from './overdue-wakes.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

type Ready = Awaited<ReturnType<Services['checkReady']>>;
type Check = Ready['checks']['database'];

/** Anybody may ask; the servers behind are asked at most this often. */
const keepMs = 1_000;

/** A worker polls at least once a minute; the engine still lists one that was killed for five. */
const pollerSeenWithinMs = 90_000;

/** `TASK_QUEUE_TYPE_WORKFLOW` of the engine's wire protocol. */
const workflowTasks = 1;

const patienceMs = 3_000;

/** Whether everything the product needs serves: the records, their migrations, the engine, a worker. */
export function readinessService({ records, temporal, selfCheck }: Wiring): Pick<Services, 'checkReady'> {
  let last: { at: number; state: Promise<Ready> } | undefined;
  return {
    checkReady: () => {
      const now = records.now().getTime();
      if (!last || now - last.at > keepMs)
        last = { at: now, state: check(records.db, temporal, now, tell(selfCheck?.report() ?? null)) };
      return last.state;
    },
  };
}

async function check(db: Database, temporal: Client, now: number, selfCheck: Ready['selfCheck']): Promise<Ready> {
  const [database, migrations, [engine, worker], overdueWakes, pendingCommands, waitingMails, outdated] =
    await Promise.all([
      probe(() => db.inSystemScope((tx) => tx.$queryRaw`SELECT 1`)),
      probe(async () => {
        const pending = await findPendingMigrations(db);
        if (pending.length > 0) throw new Error(`not applied: ${pending.join(', ')}`);
      }),
      checkEngine(temporal, now),
      countOverdueWakes(db, new Date(now - alertAfterMs)).catch(() => null),
      countPendingCommands(db, new Date(now - alertAfterMs)).catch(() => null),
      db.inSystemScope((tx) => countWaitingMails(tx, new Date(now - alertAfterMs))).catch(() => null),
      db.inSystemScope(countOutdatedCases).catch(() => null),
    ]);
  const checks = { database, migrations, engine, worker };
  return {
    ready: Object.values(checks).every(({ ok }) => ok),
    checks,
    overdueWakes,
    pendingCommands,
    waitingMails,
    outdated,
    selfCheck,
  };
}

const tell = (report: SelfCheckReport | null): Ready['selfCheck'] =>
  report && {
    at: report.at.toISOString(),
    cases: report.cases,
    differing: report.differing.length,
    failed: report.failed,
  };

async function checkEngine(temporal: Client, now: number): Promise<[engine: Check, worker: Check]> {
  let seenAt = 0;
  const engine = await probe(async () => {
    const { pollers } = await temporal.withDeadline(Date.now() + patienceMs, () =>
      temporal.workflowService.describeTaskQueue({
        namespace: temporal.options.namespace,
        taskQueue: { name: taskQueue },
        taskQueueType: workflowTasks,
      }),
    );
    seenAt = Math.max(0, ...(pollers ?? []).map((poller) => Number(poller.lastAccessTime?.seconds ?? 0) * 1_000));
  });
  const fresh = now - seenAt < pollerSeenWithinMs;
  return [engine, { ok: fresh, detail: fresh ? null : 'no worker polls the engine' }];
}

/** The reason stays general: anybody may read it. */
async function probe(ask: () => Promise<unknown>): Promise<Check> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_resolve, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), patienceMs);
  });
  try {
    await Promise.race([ask(), late]);
    return { ok: true, detail: null };
  } catch (error) {
    const known = error instanceof Error && /^(not applied|no answer)/.test(error.message);
    return { ok: false, detail: known ? error.message : 'cannot be reached' };
  } finally {
    clearTimeout(timer);
  }
}
