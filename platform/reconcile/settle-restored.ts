import type { RecordsDeps } from '../records/contract.ts';
import { listInstitutionIds } from '../records/system-lookup.ts';
import { wakeCase } from '../records/wake-case.ts';

export interface SettledRestore {
  /** Open cases that were woken. */
  woken: number;
  /** Cases that could not be; the others must not wait for them. */
  failed: { caseId: string; fault: string }[];
  /** Reminders of the lost time, which may have gone out: not sent again, shown as uncertain. */
  uncertain: { caseId: string; number: string; key: string; sendAt: Date }[];
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
    const open = await deps.db.inScope({ institutionId }, (tx) =>
      tx.case.findMany({ where: { status: 'open' }, select: { id: true } }),
    );
    for (const { id } of open) {
      try {
        await wakeCase(deps, id);
        settled.woken += 1;
      } catch (error) {
        settled.failed.push({ caseId: id, fault: error instanceof Error ? error.message : String(error) });
      }
    }
    const lost = { sendAt: { gt: since, lte: until }, state: { in: ['queued', 'sending'] } };
    await deps.db.inScope({ institutionId }, async (tx) => {
      const reminders = await tx.notice.findMany({
        where: { ...lost, step: { startsWith: 'remind' } },
        select: { id: true, caseId: true, key: true, sendAt: true },
        orderBy: [{ caseId: 'asc' }, { sendAt: 'asc' }],
      });
      await tx.notice.updateMany({
        where: { id: { in: reminders.map(({ id }) => id) } },
        data: { state: 'ambiguous', leaseUntil: null },
      });
      const cases = await tx.case.findMany({
        where: { id: { in: reminders.map(({ caseId }) => caseId) } },
        select: { id: true, number: true },
      });
      const numbers = new Map(cases.map(({ id, number }) => [id, number]));
      for (const { caseId, key, sendAt } of reminders)
        settled.uncertain.push({ caseId, number: numbers.get(caseId) ?? '', key, sendAt });
      settled.repeated += await tx.notice.count({ where: lost });
    });
  }
  return settled;
}
