import { randomBytes } from 'node:crypto';
import { MockActivityEnvironment } from '@temporalio/testing';
import { DefaultLogger } from '@temporalio/worker';
import { beforeEach } from 'vitest';
import { createSendDue } from '../../activities/send-due.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import type { Database } from '../../platform/database/scope.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { useMail } from '../support/use-mail.ts';
import { makeInstitution } from './office-records.ts';

// A failure that a test asks for is no news.
export const quiet = new DefaultLogger('ERROR');

/** A new institution for each test, whose notices are sent by the dispatcher's activity at a moment that the test moves. */
export function useDispatch() {
  const { db, sink, mailer } = useMail();
  const keyring = createKeyring([randomBytes(32)]);
  const rules = loadRules();
  /** Cases that were told that a request of theirs went out. */
  const told: string[] = [];
  const at = { now: new Date(0), office: {} as Awaited<ReturnType<typeof makeInstitution>> };

  beforeEach(async () => {
    sink.mails.length = 0;
    sink.faults.length = 0;
    told.length = 0;
    at.now = new Date('2026-03-17T06:00:00Z');
    at.office = await makeInstitution(db);
  });

  const sendDue = (using: Mailer = mailer, records: Database = db) => {
    const deps = { db: records, rules, keyring, mailer: using, publicUrl: 'http://localhost:3000', now: () => at.now };
    const activity = createSendDue({ ...deps, onRequestSent: (caseId) => void told.push(caseId) });
    const env = new MockActivityEnvironment({}, { logger: quiet });
    return env.run<[{ institutionId: string }], { sent: number; nextAt: string | null }, typeof activity>(activity, {
      institutionId: at.office.institutionId,
    });
  };
  const notice = (id: string) => db.inScope(at.office, (tx) => tx.notice.findUniqueOrThrow({ where: { id } }));
  const later = (ms: number): void => {
    at.now = new Date(at.now.getTime() + ms);
  };
  return { db, sink, mailer, keyring, rules, told, at, sendDue, notice, later };
}
