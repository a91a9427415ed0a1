import { randomUUID } from 'node:crypto';
import { addMs, dayOf } from '../../domain/calendar/zone.ts';
import { planNotices } from '../../domain/case/plan-notices.ts';
import { ownAgenda, ownDuties } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';
import type { RecordsDeps } from '../records/contract.ts';
import { openNoticeBook } from '../records/notice-book.ts';
import type { LoadedInstitution } from '../records/read-institution.ts';
import { toNotice } from '../records/to-notice.ts';
import { movedNotices, queuedNotices, withdrawnNotices } from '../records/write-notices.ts';

/**
 * Notices stand in the table this long before their moment: far beyond the dispatcher's longest sleep, so that the
 * watchdog, who looks at the table, sees one that nobody sent.
 */
const preparedAheadMs = 8 * 24 * 60 * 60 * 1000;

/**
 * Brings the table of notices to what the institution's own duties demand: the same plan and the same keys as a case's,
 * with the institution in the case's place. Repeated, it changes nothing. Of laws that are not known here it says nothing:
 * whoever rebuilds the plan tells of them.
 */
export async function planOwnNotices(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring' | 'now' | 'rules'>,
  loaded: Pick<LoadedInstitution, 'institution' | 'today' | 'life' | 'unknownLaws'>,
): Promise<void> {
  const { institution, today, life, unknownLaws } = loaded;
  if (life === null) return;
  const now = deps.now().toISOString();
  const duties = ownDuties(life, today);
  const agenda = ownAgenda(life, today, institution.zone);
  const planned = planNotices(agenda, { now, preparedUntil: addMs(now, preparedAheadMs) });
  // Keys with more separators are the word of an undelivered mail: the dispatcher's own, of which the plan knows nothing.
  const stored = await tx.$queryRaw<{ key: string; state: string; notBefore: Date; sendAt: Date }[]>`
    SELECT key, state, not_before AS "notBefore", send_at AS "sendAt" FROM notices WHERE case_id IS NULL AND key NOT LIKE '%|%|%|%|%'`;
  const book = openNoticeBook(
    stored.map((row) => ({ ...row, notBefore: row.notBefore.toISOString(), sendAt: row.sendAt.toISOString() })),
  );
  book.plan(planned, null);
  const { queue, move, withdraw } = book.difference(false);
  const rows = queue.map((one) => ({
    ...toNotice(
      {
        ...{ place: institution.id, keyring: deps.keyring, number: null, training: false },
        projection: { duties, requests: [] },
      },
      one,
    ),
    id: randomUUID(),
    sendAt: one.notBefore > now ? one.notBefore : now,
    caseDay: dayOf(one.notBefore > now ? one.notBefore : now, institution.zone),
  }));
  const place = { institutionId: institution.id, caseId: null };
  const moved = move.map(({ key, notBefore }) => ({ key, notBefore, sendAt: notBefore }));
  // What a newer process has planned by a law that is not known here is not this one's to take back.
  const difference = { queue: rows, move: moved, withdraw: withdraw.filter((key) => !isUnder(unknownLaws, key)) };
  // With a law unknown the institution is not planned whole: it goes on looking late, to the watchdog and in `/ready`.
  const plannedAt = unknownLaws.length > 0 ? null : now;
  await tx.$executeRaw`
    WITH withdrawn AS (${withdrawnNotices(place, difference)}
    ), moved AS (${movedNotices(place, difference)}
    ), queued AS (${queuedNotices(place, difference)}
    )
    UPDATE institutions SET planned_at = coalesce(${plannedAt}::timestamptz, planned_at), reckoning = ${deps.rules.reckoning} WHERE id = ${institution.id}::uuid`;
}

/** By the end of its duty's key, as a law that is not the institution's own puts it there. */
const isUnder = (laws: readonly string[], noticeKey: string): boolean =>
  laws.some((id) => noticeKey.split('|')[0]?.endsWith(`/${id}`));
