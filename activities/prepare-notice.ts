import type { Keyring } from '../platform/crypto/keyring.ts';
import type { Tx } from '../platform/database/scope.ts';
import type { Mail } from '../platform/mail/mailer.ts';
import { noticeMark, threadIdOf } from '../platform/mail/message-id.ts';
import { renderNotice } from '../platform/mail/templates/render.ts';
import { placeOf } from '../platform/notices/claim-due.ts';
import type { ClaimedNotice } from '../platform/notices/claim-due.ts';
import { noticeLink } from '../platform/notices/notice-link.ts';
import { resolveAudience, resolveOwnAudience } from '../platform/notices/resolve-audience.ts';
import type { Directory } from '../platform/notices/resolve-audience.ts';

interface PrepareDeps {
  keyring: Keyring;
  publicUrl: string;
}

/** The mail of a claimed notice, or why it cannot be written: a fault of ours, shown like an undelivered one and never dropped. */
export async function prepareNotice(
  tx: Tx,
  deps: PrepareDeps,
  { directory, now }: { directory: Directory; now: Date },
  notice: ClaimedNotice,
): Promise<Mail | string> {
  const to =
    notice.caseId === null
      ? resolveOwnAudience(directory, notice.audience)
      : resolveAudience(directory, notice.audience, notice.curatorId);
  if (to.length === 0) return `nobody stands behind ${notice.audience}`;
  const link = await noticeLink(tx, deps, notice, now);
  try {
    return {
      to,
      ...renderNotice(notice.template, withAgency(notice), link),
      messageId: notice.messageId,
      headers: {
        References: threadIdOf(deps.keyring, placeOf(notice)),
        'X-Kurator-Notice': noticeMark(deps.keyring, placeOf(notice), notice.key),
        ...(notice.caseDay ? { 'X-Kurator-Case-Day': notice.caseDay } : {}),
      },
    };
  } catch (error) {
    if (error instanceof Error && /template|variables/.test(error.message)) return error.message;
    throw error;
  }
}

/** An organisation's name tells two agencies' mails apart; the agency itself knows who it is. */
function withAgency({ vars, agencyName, audience }: ClaimedNotice): unknown {
  if (agencyName === null || audience.startsWith('agency:')) return vars;
  return { ...(vars as object), agency: agencyName.replaceAll(/\s+/g, ' ').trim().slice(0, 120) };
}
