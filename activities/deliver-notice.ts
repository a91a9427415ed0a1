import type { Keyring } from '../platform/crypto/keyring.ts';
import type { Database, Scope } from '../platform/database/scope.ts';
import type { Delivery, Mailer } from '../platform/mail/mailer.ts';
import { noticeMark, threadIdOf } from '../platform/mail/message-id.ts';
import { renderNotice } from '../platform/mail/templates/render.ts';
import type { RenderedMail } from '../platform/mail/templates/render.ts';
import { beginAttempt } from '../platform/notices/claim-due.ts';
import type { ClaimedNotice } from '../platform/notices/claim-due.ts';
import { noticeLink } from '../platform/notices/notice-link.ts';
import { recordOutcome, recordUndelivered } from '../platform/notices/record-outcome.ts';
import { resolveAudience } from '../platform/notices/resolve-audience.ts';
import type { Directory } from '../platform/notices/resolve-audience.ts';

interface DeliverDeps {
  db: Database;
  keyring: Keyring;
  mailer: Mailer;
  publicUrl: string;
  now: () => Date;
}

/** Sends one claimed notice. `skipped`: withdrawn or taken over in the meantime. */
export async function deliverNotice(
  deps: DeliverDeps,
  scope: Scope,
  directory: Directory,
  notice: ClaimedNotice,
): Promise<Delivery['kind'] | 'skipped'> {
  const to = resolveAudience(directory, notice.audience, notice.curatorId);
  const prepared = await deps.db.inScope(scope, async (tx) => {
    const mail =
      to.length === 0
        ? `nobody stands behind ${notice.audience}`
        : await render(() => noticeLink(tx, deps, notice, deps.now()), notice);
    if (typeof mail === 'string') {
      await recordUndelivered(tx, deps.keyring, notice, mail, deps.now());
      return undefined;
    }
    return (await beginAttempt(tx, notice.id, to.join(', '), deps.now())) ? mail : undefined;
  });
  if (!prepared) return 'skipped';
  const delivery = await deps.mailer.send({
    to,
    subject: prepared.subject,
    text: prepared.text,
    messageId: notice.messageId,
    headers: {
      References: threadIdOf(deps.keyring, notice.caseId),
      'X-Kurator-Notice': noticeMark(deps.keyring, notice.caseId, notice.key),
      ...(notice.caseDay ? { 'X-Kurator-Case-Day': notice.caseDay } : {}),
    },
  });
  await deps.db.inScope(scope, (tx) => recordOutcome(tx, deps.keyring, notice, delivery, deps.now()));
  return delivery.kind;
}

/** A notice that cannot be written is a fault of ours: shown like an undelivered one, never dropped. */
async function render(link: () => Promise<string>, notice: ClaimedNotice): Promise<RenderedMail | string> {
  try {
    return renderNotice(notice.template, notice.vars, await link());
  } catch (error) {
    if (error instanceof Error && /template|variables/.test(error.message)) return error.message;
    throw error;
  }
}
