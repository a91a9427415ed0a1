import type { Tx } from '../database/scope.ts';
import type { RecordsDeps } from '../records/contract.ts';
import { isLive } from '../records/live-cases.ts';
import { listInstitutionIds } from '../records/system-lookup.ts';
import { rebuildOwnNotices } from '../records/rebuild.ts';
import { wakeCase } from '../records/wake-case.ts';

export interface SettledRestore {
  /** Cases that were woken: open ones, and ended ones in which something outlived the end. */
  woken: number;
  /** Cases that could not be; the others must not wait for them. */
  failed: { caseId: string; fault: string }[];
  /** Reminders of the lost time, which may have gone out: not sent again, shown as uncertain. */
  uncertain: { caseId: string; number: string; key: string; at: Date }[];
  /** Notices of the lost time that go out, again or at last, each under the Message-ID that it always has. */
  repeated: number;
}

/**
 * To be run once on records that at `until` were set back to the state of `since`, before a worker runs. In between mails
 * have gone out that these records do not know of. Every case is woken, so that all that fell due in between is on
 * record; then the policy for mails of unknown fate applies (ADR 9): a reminder is not repeated and is shown as
 * uncertain; a term's passing, an escalation, an answer go out, under the same Message-ID if they had gone before.
 */
export async function settleRestored(
  deps: RecordsDeps,
  { since, until }: { since: Date; until: Date },
): Promise<SettledRestore> {
  const settled: SettledRestore = { woken: 0, failed: [], uncertain: [], repeated: 0 };
  for (const institutionId of await listInstitutionIds(deps.db)) {
    const live = await deps.db.inScope(
      { institutionId },
      (tx) => tx.$queryRaw<{ id: string }[]>`SELECT id FROM cases WHERE ${isLive} ORDER BY id`,
    );
    for (const { id } of live) {
      try {
        await wakeCase(deps, id);
        settled.woken += 1;
      } catch (error) {
        settled.failed.push({ caseId: id, fault: error instanceof Error ? error.message : String(error) });
      }
    }
    // What the institution itself was to be told in the lost time is on record before it is looked for.
    await rebuildOwnNotices(deps, institutionId).catch((error: unknown) => {
      settled.failed.push({ caseId: institutionId, fault: error instanceof Error ? error.message : String(error) });
    });
    await deps.db.inScope({ institutionId }, async (tx) => {
      const lost = await findLost(tx, since, until);
      const reminders = lost.filter(({ step }) => step.startsWith('remind'));
      await tx.notice.updateMany({
        where: { id: { in: reminders.map(({ id }) => id) } },
        data: { state: 'ambiguous', leaseUntil: null },
      });
      settled.uncertain.push(...reminders);
      settled.repeated += lost.length - reminders.length;
    });
  }
  return settled;
}

/**
 * Not by `send_at`: what fell due in the lost time and was made ready only now is to be sent now. Its own moment is the
 * case's, so a training case's clock is taken off.
 */
const findLost = (tx: Tx, since: Date, until: Date) =>
  tx.$queryRaw<{ id: string; step: string; caseId: string; number: string; key: string; at: Date }[]>`
    SELECT * FROM (
      SELECT n.id, n.step, coalesce(n.case_id, n.institution_id) AS "caseId", coalesce(c.number, '') AS number, n.key, n.not_before - coalesce(c.clock_offset_ms, 0) * interval '1 millisecond' AS at
      FROM notices n LEFT JOIN cases c ON c.id = n.case_id WHERE n.state IN ('queued', 'sending')
    ) due WHERE due.at > ${since} AND due.at <= ${until} ORDER BY due.number, due.at`;
