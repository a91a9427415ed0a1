import { Context } from '@temporalio/activity';
import { claimDue, findNextAt, leaseMs, releaseLease, renewLease } from '../platform/notices/claim-due.ts';
import type { ClaimedNotice } from '../platform/notices/claim-due.ts';
import { settleAbandoned } from '../platform/notices/record-outcome.ts';
import type { EndedAttempt } from '../platform/notices/record-outcome.ts';
import { loadDirectory } from '../platform/notices/resolve-audience.ts';
import type { Directory } from '../platform/notices/resolve-audience.ts';
import { rebuildOwnNotices } from '../platform/records/rebuild.ts';
import type { Rules } from '../platform/records/rules.ts';
import type { Activities } from './contract.ts';
import { sendBatch } from './send-batch.ts';
import type { SendBatchDeps } from './send-batch.ts';

export interface SendDueDeps extends SendBatchDeps {
  rules: Rules;
  /** A request has reached its agency by the dispatcher's own mail: its case may write that down. Must not throw. */
  onRequestSent: (caseId: string) => void;
}

/** A worker that is told to stop must be free within the grace of its shutdown. */
const budgetMs = 10_000;
const pauseWithoutServerMs = 10_000;
/** Claims of a dead process are free again after a lease, so a large batch costs nothing but its renewal. */
const batchSize = 200;

/** Sends what is due in one institution, for at most 10 s; several workers share the work by their claims. */
export function createSendDue(deps: SendDueDeps): Activities['sendDue'] {
  return async ({ institutionId }) => {
    const { cancellationSignal } = Context.current();
    const scope = { institutionId };
    const until = deps.now().getTime() + budgetMs;
    const hasTime = (): boolean => deps.now().getTime() < until && !cancellationSignal.aborted;
    let sent = 0;
    let reachable = true;
    await deps.db.inScope(scope, (tx) => settleAbandoned(tx, deps.now()));
    // The institution's own duties wake here, at least hourly. What goes wrong must not hold up the cases' mails: it is
    // said when they are gone, and tried again; the watchdog sees that nothing was planned.
    const unplanned = await rebuildOwnNotices(deps, institutionId).then(
      () => undefined,
      (error: unknown) => ({ error }),
    );
    while (reachable && hasTime()) {
      const claimedAt = deps.now();
      const { notices, directory } = await deps.db.inScope(scope, async (tx) => ({
        notices: await claimDue(tx, { now: claimedAt, limit: batchSize }),
        directory: await loadDirectory(tx),
      }));
      if (notices.length === 0) break;
      const done = await sendClaimed(deps, { institutionId, notices, directory, claimedAt, hasTime });
      sent += done.sent;
      reachable = done.reachable;
    }
    if (unplanned) throw unplanned.error;
    const nextAt = await deps.db.inScope(scope, findNextAt);
    // With the mail server away, what is due now would be tried without a pause.
    const pause = reachable ? 0 : deps.now().getTime() + pauseWithoutServerMs;
    return { sent, nextAt: nextAt === null ? null : new Date(Math.max(nextAt.getTime(), pause)).toISOString() };
  };
}

interface Claimed {
  institutionId: string;
  notices: ClaimedNotice[];
  directory: Directory;
  claimedAt: Date;
  hasTime: () => boolean;
}

/** Sends a batch while its claims are kept alive, and gives back what was not tried. */
async function sendClaimed(
  deps: SendDueDeps,
  { institutionId, notices, directory, claimedAt, hasTime }: Claimed,
): Promise<{ sent: number; reachable: boolean }> {
  const scope = { institutionId };
  const open = new Set(notices.map(({ id }) => id));
  let leaseUntil = claimedAt.getTime() + leaseMs;
  const beat = async (): Promise<void> => {
    Context.current().heartbeat();
    const now = deps.now();
    await deps.db.inScope(scope, (tx) => renewLease(tx, [...open], now));
    leaseUntil = now.getTime() + leaseMs;
  };
  // A beat that fails is not repeated: the lease runs out, and the batch stops by itself.
  const pulse = setInterval(() => void beat().catch(() => undefined), leaseMs / 4);
  const close = (notice: ClaimedNotice, ended: EndedAttempt | null): void => {
    open.delete(notice.id);
    if (notice.step === 'newLink' && notice.caseId !== null && ended?.delivery.kind === 'accepted')
      deps.onRequestSent(notice.caseId);
  };
  try {
    return await sendBatch(deps, {
      ...{ scope, notices, directory },
      // A process that was held up beyond its lease must not send what another one may have taken over.
      mayGoOn: () => hasTime() && deps.now().getTime() < leaseUntil,
      onClosed: close,
    });
  } finally {
    clearInterval(pulse);
    if (open.size > 0) await deps.db.inScope(scope, (tx) => releaseLease(tx, [...open]));
  }
}
