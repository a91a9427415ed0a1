import { checkCase, checkOwnLog } from '../records/check-case.ts';
import type { RecordsDeps } from '../records/contract.ts';
import { isLive } from '../records/live-cases.ts';
import { listInstitutionIds } from '../records/system-lookup.ts';
import { countOutdatedCases } from './outdated.ts';

/** What the last whole self-check found. */
export interface SelfCheckReport {
  at: Date;
  cases: number;
  /** Cases whose duties, agenda, next wake or chain differ from their own facts, and institutions whose log's chain does. */
  differing: string[];
  /** Those that could not be checked, and those that are reckoned by other files than this process has. */
  failed: number;
}

export interface SelfCheck {
  /** Begins a check where none was made since the last midnight (UTC), and does not wait for it. */
  beginIfDue(): void;
  /** The whole check now. */
  run(): Promise<SelfCheckReport>;
  report(): SelfCheckReport | null;
  stop(): Promise<void>;
}

/** Cases that are brought under a new calendar are not yet what this process would make of them: they get this long. */
const longestWaitMs = 10 * 60_000;

export interface SelfCheckDeps {
  records: Pick<RecordsDeps, 'db' | 'keyring' | 'rules' | 'now'>;
  log: { info(facts: object, text: string): void; error(facts: object, text: string): void };
}

/**
 * Every night each case that is open or still awaits something, and each institution's own log, is computed anew from
 * its facts and compared with what the records show and wake by. Done beside the engine, because it must find what went wrong also when that is the engine; and by each api process, which
 * only reads: so `/ready` of each knows, and none depends on another one's word.
 */
export function createSelfCheck({ records, log }: SelfCheckDeps): SelfCheck {
  let last: SelfCheckReport | null = null;
  let beganOn: string | null = null;
  let running: Promise<SelfCheckReport> | undefined;
  let stopping = false;

  async function check(): Promise<SelfCheckReport> {
    await untilAllFollow();
    const report: SelfCheckReport = { at: records.now(), cases: 0, differing: [], failed: 0 };
    let others = 0;
    for (const institutionId of await listInstitutionIds(records.db)) {
      const awaiting = await records.db.inSnapshot(
        { institutionId },
        (tx) =>
          tx.$queryRaw<{ id: string; own: boolean }[]>`
        SELECT id, coalesce(reckoning = ${records.rules.reckoning}, false) AS own FROM cases c WHERE ${isLive} OR EXISTS (SELECT 1 FROM duties d WHERE d.case_id = c.id AND d.state IN ('open', 'overdue')) ORDER BY id`,
      );
      for (const { id, own } of awaiting) {
        if (stopping) return report;
        report.cases += 1;
        if (own) await checkOne(institutionId, id, report);
        else others += 1;
      }
      await checkOne(institutionId, institutionId, report);
    }
    const { differing, failed, cases } = report;
    if (others > 0)
      log.error(
        { cases, others },
        'cases are reckoned by other files than this process has: they cannot be checked here',
      );
    if (differing.length + failed > 0)
      log.error(
        { cases, failed, differing: differing.slice(0, 50) },
        'cases, or logs of institutions, differ from their own facts: kurator records check',
      );
    else if (others === 0)
      log.info({ cases }, 'every case that awaits something, and every institution’s own log, is as its facts say');
    report.failed += others;
    return report;
  }

  /** Not beyond a patience: what does not follow is named then, as anything else that cannot be checked. */
  async function untilAllFollow(): Promise<void> {
    const until = Date.now() + longestWaitMs;
    while (!stopping && Date.now() < until && (await records.db.inSystemScope(countOutdatedCases)) > 0)
      await new Promise((resolve) => setTimeout(resolve, 1_000));
  }

  async function checkOne(institutionId: string, id: string, report: SelfCheckReport): Promise<void> {
    try {
      const check = id === institutionId ? checkOwnLog : checkCase;
      // In a snapshot: a command between two of the reads would look like a difference.
      const found = await records.db.inSnapshot({ institutionId }, (tx) => check(tx, records, id));
      if (found.length > 0) report.differing.push(id);
    } catch (error) {
      report.failed += 1;
      const what = id === institutionId ? { institutionId } : { caseId: id };
      log.error({ ...what, error: error instanceof Error ? error.message : String(error) }, 'it cannot be checked');
    }
  }

  const run = (): Promise<SelfCheckReport> =>
    (running ??= check()
      .then((report) => (last = report))
      .finally(() => (running = undefined)));

  return {
    beginIfDue() {
      const today = records.now().toISOString().slice(0, 10);
      if (beganOn === today) return;
      beganOn = today;
      run().catch((error: unknown) => {
        // The next pass tries again.
        beganOn = null;
        log.error({ error: error instanceof Error ? error.message : String(error) }, 'the self-check broke off');
      });
    },
    run,
    report: () => last,
    async stop() {
      stopping = true;
      await running?.catch(() => undefined);
    },
  };
}
