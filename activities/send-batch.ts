import type { Keyring } from '../platform/crypto/keyring.ts';
import type { Database, Scope } from '../platform/database/scope.ts';
import { connections } from '../platform/mail/mailer.ts';
import type { Mail, Mailer } from '../platform/mail/mailer.ts';
import { beginAttempts, placeOf } from '../platform/notices/claim-due.ts';
import type { ClaimedNotice } from '../platform/notices/claim-due.ts';
import { recordOutcomes } from '../platform/notices/record-outcome.ts';
import type { EndedAttempt } from '../platform/notices/record-outcome.ts';
import type { Directory } from '../platform/notices/resolve-audience.ts';
import { prepareNotice } from './prepare-notice.ts';

export interface SendBatchDeps {
  db: Database;
  keyring: Keyring;
  mailer: Mailer;
  publicUrl: string;
  now: () => Date;
}

export interface Batch {
  scope: Scope;
  notices: readonly ClaimedNotice[];
  directory: Directory;
  /** Asked before each turn: whether the claims still hold and there is time. */
  mayGoOn: () => boolean;
  /** After the commit of how an attempt ended; also for a notice that needed none or was withdrawn meanwhile (`null`). */
  onClosed: (notice: ClaimedNotice, ended: EndedAttempt | null) => void;
}

/**
 * Sends a batch over all connections at once. Turns alternate with mails: each turn is one transaction that writes down
 * which attempts have ended since the last one and which begin now, so that no mail leaves without its attempt on
 * record, and never more attempts are uncertain than there are connections. The slower the records, the more mails
 * share a turn. A case's mails go one after the other, in the order of their moments; cases side by side.
 * @returns how many were accepted, and whether a mail server was there
 */
export async function sendBatch(deps: SendBatchDeps, batch: Batch): Promise<{ sent: number; reachable: boolean }> {
  const { scope, directory } = batch;
  const waiting = groupByCase(batch.notices);
  const underWay = new Set<Promise<void>>();
  const ended: EndedAttempt[] = [];
  const result = { sent: 0, reachable: true };

  function send(notice: ClaimedNotice, mail: Mail, rest: ClaimedNotice[]): void {
    const flight = deps.mailer.send(mail).then((delivery) => {
      ended.push({ notice, delivery, attempt: notice.attempts + 1 });
      if (delivery.kind === 'accepted') result.sent += 1;
      if (delivery.kind === 'unreachable') result.reachable = false;
      if (rest.length > 0) waiting.unshift(rest);
      underWay.delete(flight);
    });
    underWay.add(flight);
  }

  async function takeTurn(chosen: readonly ClaimedNotice[][]): Promise<void> {
    const closing = [...ended];
    const begun = await deps.db.inScope(scope, async (tx) => {
      const now = deps.now();
      const mails = new Map<string, Mail>();
      for (const [notice] of chosen) {
        if (!notice) continue;
        const mail = await prepareNotice(tx, deps, { directory, now }, notice);
        if (typeof mail !== 'string') mails.set(notice.id, mail);
        else closing.push({ notice, delivery: { kind: 'refused', answer: mail }, attempt: notice.attempts });
      }
      await recordOutcomes(tx, deps.keyring, closing, now);
      const onRecord = await beginAttempts(tx, mails, now);
      return new Map([...mails].filter(([id]) => onRecord.has(id)));
    });
    ended.splice(0, ended.length, ...ended.filter((one) => !closing.includes(one)));
    for (const one of closing) batch.onClosed(one.notice, one);
    for (const [notice, ...rest] of chosen) {
      if (!notice) continue;
      const mail = begun.get(notice.id);
      if (mail) send(notice, mail, rest);
      else {
        if (!closing.some((one) => one.notice === notice)) batch.onClosed(notice, null);
        if (rest.length > 0) waiting.unshift(rest);
      }
    }
  }

  try {
    for (;;) {
      const chosen = result.reachable && batch.mayGoOn() ? waiting.splice(0, connections - underWay.size) : [];
      if (chosen.length > 0 || ended.length > 0) await takeTurn(chosen);
      else if (underWay.size > 0) await Promise.race(underWay);
      else return result;
    }
  } finally {
    // A turn that failed leaves mails under way: how they end is still worth a try.
    await Promise.all(underWay);
    if (ended.length > 0) await deps.db.inScope(scope, (tx) => recordOutcomes(tx, deps.keyring, ended, deps.now()));
  }
}

function groupByCase(notices: readonly ClaimedNotice[]): ClaimedNotice[][] {
  const groups = new Map<string, ClaimedNotice[]>();
  for (const notice of notices) {
    const group = groups.get(placeOf(notice));
    if (group) group.push(notice);
    else groups.set(placeOf(notice), [notice]);
  }
  return [...groups.values()];
}
