import { checkCase } from '../records/check-case.ts';
import type { RecordsDeps } from '../records/contract.ts';
import { listInstitutionIds } from '../records/system-lookup.ts';

/** What the last whole self-check found. */
export interface SelfCheckReport {
  at: Date;
  cases: number;
  /** Cases whose duties, agenda, next wake or chain differ from their own facts. */
  differing: string[];
  /** Cases that could not be checked. */
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

export interface SelfCheckDeps {
  records: Pick<RecordsDeps, 'db' | 'keyring' | 'rules' | 'now'>;
  log: { info(facts: object, text: string): void; error(facts: object, text: string): void };
}

/**
 * Every night each open case is computed anew from its facts and compared with what the records show and wake by. Done
 * beside the engine, because it must find what went wrong also when that is the engine; and by each api process, which
 * only reads: so `/ready` of each knows, and none depends on another one's word.
 */
export function createSelfCheck({ records, log }: SelfCheckDeps): SelfCheck {
  let last: SelfCheckReport | null = null;
  let beganOn: string | null = null;
  let running: Promise<SelfCheckReport> | undefined;
  let stopping = false;

  async function check(): Promise<SelfCheckReport> {
    const report: SelfCheckReport = { at: records.now(), cases: 0, differing: [], failed: 0 };
    for (const institutionId of await listInstitutionIds(records.db)) {
      const open = await records.db.inScope({ institutionId }, (tx) =>
        tx.case.findMany({ where: { status: 'open' }, select: { id: true }, orderBy: { id: 'asc' } }),
      );
      for (const { id } of open) {
        if (stopping) return report;
        await checkOne(institutionId, id, report);
      }
    }
    const { differing, failed, cases } = report;
    if (differing.length + failed > 0)
      log.error(
        { cases, failed, differing: differing.slice(0, 50) },
        'cases differ from their own facts: kurator records check',
      );
    else log.info({ cases }, 'every open case is as its facts say');
    return report;
  }

  async function checkOne(institutionId: string, caseId: string, report: SelfCheckReport): Promise<void> {
    report.cases += 1;
    try {
      if (await isAsItsFacts(institutionId, caseId, false)) return;
      // A command between two of the reads looks like a difference: in its own turn the case stands still.
      if (!(await isAsItsFacts(institutionId, caseId, true))) report.differing.push(caseId);
    } catch (error) {
      report.failed += 1;
      log.error({ caseId, error: error instanceof Error ? error.message : String(error) }, 'a case cannot be checked');
    }
  }

  const isAsItsFacts = (institutionId: string, caseId: string, inTurn: boolean): Promise<boolean> =>
    records.db.inScope(
      { institutionId, ...(inTurn && { turnOf: caseId }) },
      async (tx) => (await checkCase(tx, records, caseId)).length === 0,
    );

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
