import { Context } from '@temporalio/activity';
import type { Keyring } from '../platform/crypto/keyring.ts';
import type { Database } from '../platform/database/scope.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import { claimDue, findNextAt, leaseMs, releaseLease, renewLease } from '../platform/notices/claim-due.ts';
import type { ClaimedNotice } from '../platform/notices/claim-due.ts';
import { settleAbandoned } from '../platform/notices/record-outcome.ts';
import { loadDirectory } from '../platform/notices/resolve-audience.ts';
import type { Directory } from '../platform/notices/resolve-audience.ts';
import type { Activities } from './contract.ts';
import { deliverNotice } from './deliver-notice.ts';

export interface SendDueDeps {
  db: Database;
  keyring: Keyring;
  mailer: Mailer;
  publicUrl: string;
  now: () => Date;
}

/** A worker that is told to stop must be free within the grace of its shutdown. */
const budgetMs = 10_000;
const pauseWithoutServerMs = 10_000;
const batchSize = 60;
/** As many as the mailer has connections. */
const lanes = 4;

/** Sends what is due in one institution, for at most 10 s; several workers share the work by their claims. */
export function createSendDue(deps: SendDueDeps): Activities['sendDue'] {
  return async ({ institutionId }) => {
    const { cancellationSignal } = Context.current();
    const scope = { institutionId };
    const until = deps.now().getTime() + budgetMs;
    let sent = 0;
    let reachable = true;
    await deps.db.inScope(scope, (tx) => settleAbandoned(tx, deps.now()));
    while (reachable && deps.now().getTime() < until && !cancellationSignal.aborted) {
      const batch = await deps.db.inScope(scope, (tx) => claimDue(tx, { now: deps.now(), limit: batchSize }));
      if (batch.length === 0) break;
      const directory = await deps.db.inScope(scope, loadDirectory);
      const done = await sendBatch(deps, { institutionId, batch, directory, until, signal: cancellationSignal });
      sent += done.sent;
      reachable = done.reachable;
    }
    const nextAt = await deps.db.inScope(scope, findNextAt);
    // With the mail server away, what is due now would be tried without a pause.
    const pause = reachable ? 0 : deps.now().getTime() + pauseWithoutServerMs;
    return { sent, nextAt: nextAt === null ? null : new Date(Math.max(nextAt.getTime(), pause)).toISOString() };
  };
}

interface Batch {
  institutionId: string;
  batch: ClaimedNotice[];
  directory: Directory;
  until: number;
  signal: AbortSignal;
}

async function sendBatch(deps: SendDueDeps, { institutionId, batch, directory, until, signal }: Batch) {
  const scope = { institutionId };
  const open = new Set(batch.map(({ id }) => id));
  const result = { sent: 0, reachable: true };
  let leaseUntil = deps.now().getTime() + leaseMs;
  const beat = async (): Promise<void> => {
    Context.current().heartbeat();
    const now = deps.now();
    await deps.db.inScope(scope, (tx) => renewLease(tx, [...open], now));
    leaseUntil = now.getTime() + leaseMs;
  };
  // A beat that fails is not repeated: the lease runs out, and the lanes below stop by themselves.
  const pulse = setInterval(() => void beat().catch(() => undefined), leaseMs / 4);
  // A process that was held up beyond its lease must not send what another one may have taken over.
  const mayGoOn = (): boolean =>
    result.reachable && !signal.aborted && deps.now().getTime() < Math.min(until, leaseUntil);

  const queue = groupByCase(batch);
  const lane = async (): Promise<void> => {
    for (let group = queue.shift(); group; group = queue.shift()) {
      for (const notice of group) {
        if (!mayGoOn()) return;
        const outcome = await deliverNotice(deps, scope, directory, notice);
        open.delete(notice.id);
        if (outcome === 'accepted') result.sent += 1;
        if (outcome === 'unreachable') result.reachable = false;
      }
    }
  };
  try {
    await Promise.all(Array.from({ length: lanes }, lane));
  } finally {
    clearInterval(pulse);
    if (open.size > 0) await deps.db.inScope(scope, (tx) => releaseLease(tx, [...open]));
  }
  return result;
}

/** A case's mails go out one after the other, in the order of their moments; cases side by side. */
function groupByCase(batch: ClaimedNotice[]): ClaimedNotice[][] {
  const groups = new Map<string, ClaimedNotice[]>();
  for (const notice of batch) {
    const group = groups.get(notice.caseId);
    if (group) group.push(notice);
    else groups.set(notice.caseId, [notice]);
  }
  return [...groups.values()];
}
