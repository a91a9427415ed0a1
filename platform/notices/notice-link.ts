import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { ensureLink, linkUrl } from '../links/links.ts';
import type { ClaimedNotice } from './claim-due.ts';
import { linkExpiry } from './link-expiry.ts';

/**
 * Where a notice leads: staff to the case, which asks them to sign in; an agency to its request, by its own live link,
 * so that a reminder can be answered at once.
 */
export async function noticeLink(
  tx: Tx,
  deps: { keyring: Keyring; publicUrl: string },
  notice: ClaimedNotice,
  now: Date,
): Promise<string> {
  const { caseId } = notice;
  if (caseId === null) return `${deps.publicUrl}/reports`;
  if (notice.audience.startsWith('agency:')) {
    const request = await findRequest(tx, notice, caseId);
    if (request) {
      const { clockOffsetMs } = await tx.case.findUniqueOrThrow({
        where: { id: caseId },
        select: { clockOffsetMs: true },
      });
      const caseNow = new Date(now.getTime() + Number(clockOffsetMs));
      const { token } = await ensureLink(tx, deps.keyring, {
        institutionId: request.institutionId,
        requestId: request.id,
        caseNow,
        expiresAt: linkExpiry(request.dueOn, caseNow),
      });
      return linkUrl(deps.publicUrl, token);
    }
  }
  return `${deps.publicUrl}/cases/${caseId}`;
}

async function findRequest(tx: Tx, notice: ClaimedNotice, caseId: string) {
  const { requestId } = (notice.vars ?? {}) as { requestId?: string };
  if (requestId) return tx.request.findUnique({ where: { id: requestId } });
  // `measure@6#m2`: the entry that made the request, and its subject there.
  const parts = /^[^@]+@(\d+)(?:\/[^#]*)?(?:#(.+))?$/.exec(notice.dutyKey ?? '');
  if (!parts) return null;
  return tx.request.findFirst({
    where: {
      caseId,
      entry: Number(parts[1]),
      ...(parts[2] ? { subject: parts[2] } : {}),
      agencyCode: notice.audience.slice('agency:'.length),
    },
  });
}
