import { Context } from '@temporalio/activity';
import { ApplicationFailure } from '@temporalio/common';
import { dayOf } from '../domain/calendar/zone.ts';
import type { Keyring } from '../platform/crypto/keyring.ts';
import type { Database, Scope } from '../platform/database/scope.ts';
import { ensureLink, linkUrl } from '../platform/links/links.ts';
import type { Mailer } from '../platform/mail/mailer.ts';
import { messageIdOf, noticeMark, threadIdOf } from '../platform/mail/message-id.ts';
import { requestTitles } from '../platform/mail/request-words.ts';
import { renderNotice } from '../platform/mail/templates/render.ts';
import { linkExpiry } from '../platform/notices/link-expiry.ts';
import { findNewLink } from '../platform/notices/queue-new-link.ts';
import type { SystemCommand } from '../platform/records/contract.ts';
import type { Activities, Standing } from './contract.ts';

export interface SendRequestDeps {
  db: Database;
  keyring: Keyring;
  mailer: Mailer;
  publicUrl: string;
  now: () => Date;
  /** Gives a command of the system on the one path of commands; with the same key it is given once. */
  record(input: { institutionId: string; caseId: string; key: string; command: SystemCommand }): Promise<Standing>;
}

const mailGone = 'mailGone';

/** Sends a request to its agency, with its one-time link, and records that it went. Repeated, it sends the same mail again. */
export function createSendRequest(deps: SendRequestDeps): Activities['sendRequest'] {
  return async ({ requestId }) => {
    const scope = await findScope(deps.db, requestId);
    const letter = await prepare(deps, scope, requestId);
    // A try whose mail went and whose record did not leaves this word for the next one: an agency is not written to twice.
    const context = Context.current();
    if (letter.newLink === 'underWay') throw newLinkUnderWay();
    if (letter.state === 'queued' && letter.newLink !== 'accepted' && context.info.heartbeatDetails !== mailGone) {
      const delivery = await deps.mailer.send(letter.mail);
      // The answer of a foreign server may quote an address, and a failure's message stays in the engine: the code alone goes.
      if (delivery.kind === 'refused')
        throw ApplicationFailure.nonRetryable('the mail server refused the request', 'mailRefused');
      if (delivery.kind !== 'accepted')
        throw ApplicationFailure.retryable('the request could not be sent yet', `mail-${delivery.kind}`);
      context.heartbeat(mailGone);
    }
    const command: SystemCommand = { word: 'requestSent', requestId };
    return deps.record({ ...scope, caseId: letter.caseId, key: `requestSent:${requestId}`, command });
  };
}

/** The dispatcher is about to send the same request with a new link: a second mail would only confuse. */
const newLinkUnderWay = (): ApplicationFailure =>
  ApplicationFailure.create({ message: 'a new link goes out', type: 'newLinkUnderWay', nextRetryDelay: '1 second' });

/** The other end: after all retries the failure is a fact, and somebody is awaited to reach the agency another way. */
export function createRecordActionFailed(
  deps: Pick<SendRequestDeps, 'db' | 'record'>,
): Activities['recordActionFailed'] {
  return async ({ caseId, action, code }) => {
    const scope = await findScope(deps.db, action.id);
    const command: SystemCommand = { word: 'requestFailed', requestId: action.id, code };
    return deps.record({ ...scope, caseId, key: `requestFailed:${action.id}`, command });
  };
}

async function findScope(db: Database, requestId: string): Promise<Scope> {
  const request = await db.inSystemScope((tx) =>
    tx.request.findUnique({ where: { id: requestId }, select: { institutionId: true } }),
  );
  if (!request) throw ApplicationFailure.nonRetryable('the records have no such request', 'requestUnknown');
  return request;
}

async function prepare(deps: SendRequestDeps, scope: Scope, requestId: string) {
  return deps.db.inScope(scope, async (tx) => {
    const request = await tx.request.findUniqueOrThrow({ where: { id: requestId } });
    const family = await tx.case.findUniqueOrThrow({
      where: { id: request.caseId },
      select: { number: true, clockOffsetMs: true, training: true },
    });
    const agency = await tx.agency.findFirst({ where: { code: request.agencyCode }, select: { email: true } });
    const institution = await tx.institution.findUniqueOrThrow({
      where: { id: scope.institutionId },
      select: { zone: true },
    });
    const newLink = await findNewLink(tx, request);
    if (!agency?.email) throw ApplicationFailure.nonRetryable('the agency has no address', 'agencyHasNoAddress');
    const caseNow = new Date(deps.now().getTime() + Number(family.clockOffsetMs));
    const { token } = await ensureLink(tx, deps.keyring, {
      ...scope,
      requestId,
      caseNow,
      expiresAt: linkExpiry(request.dueOn, caseNow),
    });
    const key = `request ${requestId}`;
    const rendered = renderNotice(
      'request',
      {
        caseNumber: family.number,
        title: requestTitles[request.kind],
        clause: null,
        dueOn: request.dueOn?.toISOString().slice(0, 10) ?? null,
        training: family.training,
      },
      linkUrl(deps.publicUrl, token),
    );
    return {
      caseId: request.caseId,
      state: request.state,
      newLink,
      mail: {
        to: [agency.email],
        ...rendered,
        messageId: messageIdOf(deps.keyring, request.caseId, key),
        headers: {
          References: threadIdOf(deps.keyring, request.caseId),
          'X-Kurator-Notice': noticeMark(deps.keyring, request.caseId, key),
          'X-Kurator-Case-Day': dayOf(caseNow.toISOString(), institution.zone),
        },
      },
    };
  });
}
