import { createHash, randomUUID } from 'node:crypto';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database, Tx } from '../database/scope.ts';

/**
 * The one-time link of an agency: scoped to one request, expiring, revocable, re-issued on demand. Its token is a MAC
 * of the link's id under the installation's key (256 bits): a retried mail and a later reminder carry the same working
 * link, while the records hold only its hash, and the key is not in the records.
 */
export interface IssuedLink {
  linkId: string;
  token: string;
}

/**
 * Why a link opens or does not. A wrong token says nothing of whether such a request exists. Whether the one answer has
 * been given is the request's state, which a fact decides, and no mark on the link.
 */
export type LinkState =
  | { state: 'live' | 'revoked' | 'expired'; linkId: string; requestId: string; institutionId: string }
  | { state: 'unknown' };

const tokenOf = (keyring: Keyring, linkId: string): string => keyring.mac('agency link', linkId).toString('base64url');
const hashOf = (token: string): Buffer => createHash('sha256').update(token, 'utf8').digest();

/** Where the link leads. The token stands in the fragment: it reaches no server log, no referrer and no mail scanner. */
export const linkUrl = (publicUrl: string, token: string): string => `${publicUrl}/a#${token}`;

export interface LinkScope {
  institutionId: string;
  requestId: string;
  /** The case's clock: a training case's links expire by its own days. */
  caseNow: Date;
  expiresAt: Date;
}

/** The live link of a request, made if there is none. Nothing is invalidated: mails already sent keep working. */
export async function ensureLink(tx: Tx, keyring: Keyring, scope: LinkScope): Promise<IssuedLink> {
  const live = await tx.requestLink.findFirst({
    where: { requestId: scope.requestId, revokedAt: null, expiresAt: { gt: scope.caseNow } },
    orderBy: { createdAt: 'desc' },
  });
  const token = live && tokenOf(keyring, live.id);
  // After a change of the installation's key an old link's token can no longer be made, only recognised.
  if (live && token && hashOf(token).equals(live.tokenHash)) return { linkId: live.id, token };
  return insertLink(tx, keyring, scope);
}

/** A new link; the ones before it open nothing any more. */
export async function reissueLink(tx: Tx, keyring: Keyring, scope: LinkScope): Promise<IssuedLink> {
  await revokeLinks(tx, scope.requestId, scope.caseNow);
  return insertLink(tx, keyring, scope);
}

export async function revokeLinks(tx: Tx, requestId: string, caseNow: Date): Promise<void> {
  await tx.requestLink.updateMany({
    where: { requestId, revokedAt: null },
    data: { revokedAt: caseNow },
  });
}

/** Finds a link by its token. Reading never uses it up: mail scanners open links before people do. */
export async function verifyLink(db: Database, token: string, now: Date): Promise<LinkState> {
  if (!/^[A-Za-z0-9_-]{43}$/.test(token)) return { state: 'unknown' };
  const link = await db.inSystemScope((tx) =>
    tx.requestLink.findUnique({
      where: { tokenHash: Uint8Array.from(hashOf(token)) },
      select: { id: true, requestId: true, institutionId: true, expiresAt: true, revokedAt: true },
    }),
  );
  if (!link) return { state: 'unknown' };
  const found = { linkId: link.id, requestId: link.requestId, institutionId: link.institutionId };
  if (link.revokedAt) return { state: 'revoked', ...found };
  const offset = await db.inSnapshot(found, async (tx) => {
    const request = await tx.request.findUniqueOrThrow({ where: { id: link.requestId }, select: { caseId: true } });
    return (await tx.case.findUniqueOrThrow({ where: { id: request.caseId }, select: { clockOffsetMs: true } }))
      .clockOffsetMs;
  });
  const expired = link.expiresAt.getTime() <= now.getTime() + Number(offset);
  return { state: expired ? 'expired' : 'live', ...found };
}

async function insertLink(tx: Tx, keyring: Keyring, scope: LinkScope): Promise<IssuedLink> {
  const linkId = randomUUID();
  const token = tokenOf(keyring, linkId);
  await tx.requestLink.create({
    data: {
      id: linkId,
      requestId: scope.requestId,
      institutionId: scope.institutionId,
      tokenHash: Uint8Array.from(hashOf(token)),
      expiresAt: scope.expiresAt,
    },
  });
  return { linkId, token };
}
