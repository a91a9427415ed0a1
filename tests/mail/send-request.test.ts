import { randomBytes, randomUUID } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Standing } from '../../activities/contract.ts';
import { createSendRequest } from '../../activities/send-request.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { verifyLink } from '../../platform/links/links.ts';
import { queueNewLink } from '../../platform/notices/queue-new-link.ts';
import { useMail } from '../support/use-mail.ts';
import { quietEngine } from '../support/quiet-engine.ts';
import { blankStanding } from '../workflows/fake-office.ts';
import { makeInstitution } from './office-records.ts';

/** Refusals are what is asked for here; the harness would report each as a failed activity. */
const quiet = new DefaultLogger('ERROR');

describe('sendRequest', () => {
  const { db, sink, mailer } = useMail();
  let requestId: string;
  let recorded: string[];
  let failsToRecord = 0;
  const keyring = createKeyring([randomBytes(32)]);

  beforeAll(() => void quietEngine());
  beforeEach(async () => {
    sink.mails.length = 0;
    recorded = [];
    requestId = await makeRequest('school');
  });

  async function makeRequest(agencyCode: string): Promise<string> {
    const { institutionId, caseId } = await makeInstitution(db);
    const id = randomUUID();
    const row = {
      id,
      institutionId,
      caseId,
      entry: 4,
      subject: 'm1',
      agencyCode,
      kind: 'measure',
      state: 'queued',
      dueOn: new Date('2026-05-15'),
    };
    await db.inScope({ institutionId }, (tx) => tx.request.create({ data: row }));
    return id;
  }
  const record = async ({ key }: { key: string }): Promise<Standing> => {
    if (failsToRecord > 0) {
      failsToRecord -= 1;
      throw new Error('the records are away');
    }
    recorded.push(key);
    return blankStanding;
  };
  /** One try of the engine's; the next one gets what the last one left as its heartbeat. */
  async function attempt(left?: unknown): Promise<unknown> {
    const env = new MockActivityEnvironment(left === undefined ? {} : { heartbeatDetails: left }, { logger: quiet });
    let said: unknown;
    env.on('heartbeat', (details: unknown) => (said = details));
    const deps = { db, keyring, mailer, publicUrl: 'http://localhost:3000', now: () => new Date(), record };
    await env
      .run(createSendRequest(deps), { requestId })
      .catch((error: unknown) => Promise.reject(Object.assign(error as Error, { said })));
    return said;
  }

  it('sends the working link to the agency and records that it went', async () => {
    await attempt();
    expect(recorded).toEqual([`requestSent:${requestId}`]);
    expect(sink.mails).toMatchObject([{ to: ['school@agency.example'] }]);
    const token = /\/a#([A-Za-z0-9_-]{43})/.exec(sink.mails[0]?.text ?? '')?.[1] ?? '';
    expect(await verifyLink(db, token, new Date())).toMatchObject({ state: 'live', requestId });
    expect(sink.mails[0]?.subject).toContain('15 мая 2026');
  });

  it('leaves the mail to a new link that is on its way, and records it when that has arrived', async () => {
    const place = await db.inSystemScope((tx) =>
      tx.request.findUniqueOrThrow({ where: { id: requestId }, select: { institutionId: true, caseId: true } }),
    );
    const deps = { keyring, now: () => new Date() };
    await db.inScope(place, (tx) => queueNewLink(tx, deps, { caseId: place.caseId, requestId }));
    await expect(attempt()).rejects.toMatchObject({ type: 'newLinkUnderWay', nonRetryable: false });
    expect(recorded).toEqual([]);
    await db.inScope(place, (tx) => tx.notice.updateMany({ data: { state: 'accepted' } }));
    await attempt();
    expect(recorded).toEqual([`requestSent:${requestId}`]);
    expect(sink.mails).toEqual([]);
  });

  it('sends the request itself when the new link bounced', async () => {
    const place = await db.inSystemScope((tx) =>
      tx.request.findUniqueOrThrow({ where: { id: requestId }, select: { institutionId: true, caseId: true } }),
    );
    const deps = { keyring, now: () => new Date() };
    await db.inScope(place, async (tx) => {
      await queueNewLink(tx, deps, { caseId: place.caseId, requestId });
      await tx.notice.updateMany({ data: { state: 'bounced' } });
    });
    await attempt();
    expect(sink.mails).toHaveLength(1);
  });

  it('does not write twice when only the record failed', async () => {
    failsToRecord = 1;
    const failure = await attempt().then(
      () => undefined,
      (error: { said: unknown }) => error,
    );
    expect(failure).toBeDefined();
    await attempt(failure?.said);
    expect(sink.mails).toHaveLength(1);
    expect(recorded).toEqual([`requestSent:${requestId}`]);
  });

  it('repeats after a cut with the same link under the same Message-ID', async () => {
    sink.faults.push('cutAfterText');
    await expect(attempt()).rejects.toMatchObject({ type: 'mail-ambiguous', nonRetryable: false });
    await attempt();
    const [first, second] = sink.mails;
    expect(second?.messageId).toBe(first?.messageId);
    expect(second?.text).toBe(first?.text);
  });

  it('gives up at once when the address is refused, without quoting it', async () => {
    sink.faults.push('noSuchMailbox');
    const error = await attempt().catch((thrown: unknown) => thrown as Error & { type: string; nonRetryable: boolean });
    expect(error).toMatchObject({ type: 'mailRefused', nonRetryable: true });
    expect(String((error as Error).stack)).not.toContain('school@agency.example');
    expect(recorded).toEqual([]);
  });

  it('says that an agency has no address', async () => {
    requestId = await makeRequest('nobody');
    await expect(attempt()).rejects.toMatchObject({ type: 'agencyHasNoAddress', nonRetryable: true });
  });
});
