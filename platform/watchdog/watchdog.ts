import type { Client } from '@temporalio/client';
import { dispatcherId } from '../../workflows/messages.ts';
import type { Database } from '../database/scope.ts';
import { eachOf } from '../temporal/each-of.ts';
import { isRunning } from '../temporal/is-running.ts';
import { ensureCase, ensureDispatcher, pokeDispatcher, refreshCase } from '../temporal/nudge.ts';
import { performThroughWorkflow } from '../temporal/perform.ts';
import { createBackOff } from './back-off.ts';
import { createCatchUp } from './catch-up.ts';
import { createFollowing } from './following.ts';
import { countLiveCases, countOverdueWakes, listInstitutions, listLateCases, listLiveCases } from './late-cases.ts';
import { tellReckoning } from './reckonings.ts';
import { abandonHopeless, listPendingCommands } from './pending-commands.ts';
import { destroyOldBodies } from '../records/retention.ts';
import type { Rules } from '../records/rules.ts';
import type { PendingCommand } from './pending-commands.ts';
import type { SelfCheck } from './self-check.ts';

export interface WatchdogDeps {
  db: Database;
  client: Client;
  now: () => Date;
  log: { info(facts: object, text: string): void; error(facts: object, text: string): void };
  /** Between two passes; 30 s by default. */
  intervalMs?: number;
  /** A wake this late is repeated by a signal; 2 min by default: longer than any retry of a living engine. */
  lateAfterMs?: number;
  /** A wake this late is an alert; 10 min by default. */
  alertAfterMs?: number;
  /** A command accepted this long ago and not done is performed again; 1 min by default: six times a person's wait. */
  pendingAfterMs?: number;
  /** Begun by the first pass after each midnight. */
  selfCheck?: Pick<SelfCheck, 'beginIfDue'>;
  /** What this process counts by: told to all, so that it can be said who is behind it. */
  rules?: Pick<Rules, 'reckoning' | 'calendar'>;
}

/** What the last pass saw. */
export interface WatchdogReport {
  at: Date | null;
  /** Cases woken by signal in the last pass. */
  woken: number;
  /** Wakes overdue beyond the alert: `/ready` and the supervisor's page say how many. */
  alerts: number;
  /** Cases started in the last pass because the engine did not have them. */
  started: number;
  /** Commands whose senders have gone, done in the last pass. */
  performed: number;
  /** Cases whose workflow had not heard of their last entry, told in the last pass. */
  caughtUp: number;
  /** Commands dropped in the last pass: a day old, or of a case whose key is destroyed. */
  abandoned: number;
  /** Bodies destroyed in the last pass: of commands that came to nothing a day ago. */
  destroyed: number;
  /** The fault that kept the last pass from being whole. */
  fault: string | null;
}

export interface Watchdog {
  start(): void;
  stop(): Promise<void>;
  /** One pass now. */
  pass(): Promise<WatchdogReport>;
  report(): WatchdogReport;
}

const lateLimit = 500;
const page = 500;
const sideBySide = 8;
/** Counting what runs asks the engine's index, so it is done every tenth pass only. */
const passesBetweenCounts = 10;
/** A body that came to nothing lives a day, and at most this much longer. */
const retentionMs = 60 * 60 * 1000;
/** 5 s each, eight at a time: with an engine that answers nothing, this part of a pass still ends within its interval. */
const mostPerformed = 40;
const performTimeoutMs = 5_000;

/**
 * The engine is trusted and still watched from outside: whatever becomes of a timer, a task, a worker or the engine's
 * whole database, the records know which case should have woken, and it is woken again.
 */
export function createWatchdog(deps: WatchdogDeps): Watchdog {
  const { db, client, now, log, intervalMs = 30_000, lateAfterMs = 120_000, alertAfterMs = 600_000 } = deps;
  const { pendingAfterMs = 60_000 } = deps;
  let last: WatchdogReport = nothing(null);
  let running: Promise<WatchdogReport> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let passes = 0;
  let retainedAt = -Infinity;
  const wakes = createBackOff(intervalMs);
  const performances = createBackOff(intervalMs);
  const catchUp = createCatchUp({ db, client, settledAfterMs: pendingAfterMs, firstPauseMs: intervalMs });
  const following = createFollowing({ db, client, now, log });

  async function wakeLate(): Promise<number> {
    const chosen = wakes.choose(await listLateCases(db, ago(lateAfterMs), lateLimit), now());
    await eachOf(chosen, sideBySide, (id) => refreshCase(client, id));
    wakes.helped(chosen, now());
    return chosen.length;
  }

  /**
   * A row says that a command was accepted; nothing else remembers it once its sender and the engine's memory are gone.
   * Its id is the update's id and its row has the answer, so doing it again does it once.
   */
  async function tendCommands(): Promise<Pick<WatchdogReport, 'performed' | 'abandoned'>> {
    const pending = await listPendingCommands(db, ago(pendingAfterMs), lateLimit);
    const abandoned = new Set(await abandonHopeless(db, pending, now()));
    const left = new Map(pending.map((command) => [command.commandId, command]));
    const chosen = performances
      .choose(
        [...left.keys()].filter((id) => !abandoned.has(id)),
        now(),
      )
      .slice(0, mostPerformed);
    let performed = 0;
    await eachOf(chosen, sideBySide, async (id) => {
      const { commandId, caseId } = left.get(id) as PendingCommand;
      const outcome = await performThroughWorkflow(client, { commandId, caseId, timeoutMs: performTimeoutMs });
      if (outcome.kind !== 'answered') catchUp.suspect(caseId);
      if (outcome.kind === 'answered') performed += 1;
      else log.error({ commandId, caseId, outcome: outcome.kind }, 'a command that waits could not be performed');
    });
    performances.helped(chosen, now());
    return { performed, abandoned: abandoned.size };
  }

  /** @returns true when an institution's dispatcher, which never ends, was not there: the engine has lost its memory */
  async function tendDispatchers(): Promise<boolean> {
    let lost = false;
    for (const { id, late } of await listInstitutions(db, ago(lateAfterMs))) {
      if (await isRunning(client, dispatcherId(id))) {
        if (late) await pokeDispatcher(client, id);
      } else {
        lost = true;
        await ensureDispatcher(client, id);
      }
    }
    return lost;
  }

  async function fewerRunThanLive(): Promise<boolean> {
    const { count } = await client.workflow.count("WorkflowType = 'familyCase' AND ExecutionStatus = 'Running'");
    return count < (await countLiveCases(db));
  }

  async function startAll(): Promise<number> {
    let started = 0;
    for (let after: string | null = null; ;) {
      const ids: string[] = await listLiveCases(db, after, page);
      await eachOf(ids, sideBySide, (id) => ensureCase(client, id));
      started += ids.length;
      after = ids.at(-1) ?? null;
      if (ids.length < page) return started;
    }
  }

  async function destroyBodies(): Promise<number> {
    if (now().getTime() - retainedAt < retentionMs) return 0;
    const destroyed = await destroyOldBodies(db, now());
    retainedAt = now().getTime();
    return destroyed;
  }

  async function pass(): Promise<WatchdogReport> {
    const report = nothing(now());
    deps.selfCheck?.beginIfDue();
    try {
      report.alerts = await countOverdueWakes(db, ago(alertAfterMs));
      // Before anything that asks the engine: what must be destroyed does not wait for it.
      report.destroyed = await destroyBodies();
      if (deps.rules) await tellReckoning(db, deps.rules, 'api');
      report.woken = await wakeLate();
      Object.assign(report, await tendCommands());
      const lost = await tendDispatchers();
      if (lost || (passes % passesBetweenCounts === 0 && (await fewerRunThanLive()))) report.started = await startAll();
      following.begin();
      report.caughtUp = await catchUp.pass(now());
      passes += 1;
    } catch (error) {
      report.fault = error instanceof Error ? error.message : String(error);
    }
    if (report.fault) log.error({ ...report }, 'the watchdog could not finish its pass');
    else if (report.woken + report.started + report.alerts + report.performed + report.abandoned + report.caughtUp > 0)
      log.info({ ...report }, 'the watchdog had to help');
    last = report;
    return report;
  }

  const ago = (ms: number): Date => new Date(now().getTime() - ms);
  const passOnce = (): Promise<WatchdogReport> => (running ??= pass().finally(() => (running = undefined)));

  return {
    start() {
      if (timer) return;
      timer = setInterval(() => void passOnce(), intervalMs);
      void passOnce();
    },
    async stop() {
      clearInterval(timer);
      timer = undefined;
      await running;
      await following.stop();
    },
    pass: passOnce,
    report: () => last,
  };
}

const nothing = (at: Date | null): WatchdogReport => ({
  ...{ at, woken: 0, alerts: 0, started: 0, performed: 0, abandoned: 0, destroyed: 0, caughtUp: 0 },
  fault: null,
});
