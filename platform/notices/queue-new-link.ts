import { randomUUID } from 'node:crypto';
import { dayOf } from '../../domain/calendar/zone.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { reissueLink } from '../links/links.ts';
import { messageIdOf } from '../mail/message-id.ts';
import { requestTitles } from '../mail/request-words.ts';
import type { NoticeVars } from '../mail/templates/notice-vars.ts';
import { linkExpiry } from './link-expiry.ts';

/** A link that has just gone into the mail of its agency. */
export interface QueuedLink {
  expiresAt: Date;
}

/**
 * Makes a new link of a request and queues the mail that carries it to the agency's own address; the links before it
 * open nothing any more. `undefined` for a request that is answered, withdrawn or unknown: there is nothing to ask.
 */
export async function queueNewLink(
  tx: Tx,
  deps: { keyring: Keyring; now: () => Date },
  place: { caseId: string; requestId: string },
): Promise<QueuedLink | undefined> {
  const request = await tx.request.findFirst({
    where: { id: place.requestId, caseId: place.caseId, state: { in: ['queued', 'sent'] } },
  });
  if (!request) return undefined;
  const family = await tx.case.findUniqueOrThrow({
    where: { id: place.caseId },
    select: { number: true, clockOffsetMs: true, training: true },
  });
  const { zone } = await tx.institution.findUniqueOrThrow({
    where: { id: request.institutionId },
    select: { zone: true },
  });
  const sendAt = deps.now();
  const caseNow = new Date(sendAt.getTime() + Number(family.clockOffsetMs));
  const expiresAt = linkExpiry(request.dueOn, caseNow);
  const { institutionId } = request;
  const { linkId } = await reissueLink(tx, deps.keyring, { institutionId, requestId: request.id, caseNow, expiresAt });
  const vars: NoticeVars = {
    caseNumber: family.number,
    title: requestTitles[request.kind] ?? { ru: request.kind, en: request.kind },
    clause: null,
    dueOn: request.dueOn?.toISOString().slice(0, 10) ?? null,
    training: family.training,
    requestId: request.id,
  };
  // Four separators: no part of the plan of notices, so the plan's next difference leaves it alone.
  const key = `${keyOf(request)}${linkId}`;
  await tx.notice.create({
    data: {
      ...{ id: randomUUID(), institutionId, caseId: place.caseId, key, vars, sendAt, notBefore: caseNow },
      ...{
        step: 'newLink',
        audience: `agency:${request.agencyCode}`,
        urgency: 'urgent',
        template: 'request',
        state: 'queued',
      },
      messageId: messageIdOf(deps.keyring, place.caseId, key),
      caseDay: new Date(dayOf(caseNow.toISOString(), zone)),
    },
  });
  return { expiresAt };
}

const keyOf = ({ id, agencyCode }: { id: string; agencyCode: string }): string =>
  `request|${id}|newLink|${agencyCode}|`;

/** Whether the mail of a new link has reached its agency, or is on its way: it asks the same as the request's first mail. */
export async function findNewLink(
  tx: Tx,
  request: { id: string; caseId: string; agencyCode: string },
): Promise<'accepted' | 'underWay' | null> {
  const states = await tx.notice.findMany({
    where: { caseId: request.caseId, key: { startsWith: keyOf(request) } },
    select: { state: true },
  });
  if (states.some(({ state }) => state === 'accepted' || state === 'seen')) return 'accepted';
  return states.some(({ state }) => state === 'queued' || state === 'sending') ? 'underWay' : null;
}
