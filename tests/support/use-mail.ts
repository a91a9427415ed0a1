import { afterAll, beforeAll } from 'vitest';
import { createDatabase } from '../../platform/database/scope.ts';
import type { Database } from '../../platform/database/scope.ts';
import { createMailer } from '../../platform/mail/mailer.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { createTestDatabase } from './database.ts';
import type { TestDatabase } from './database.ts';
import { openSmtpSink } from './smtp-sink.ts';
import type { SmtpSink } from './smtp-sink.ts';

/**
 * A database of its own and a mailer that sends to the sink, for all tests of the file or block that calls it. All are
 * filled in before the first test, so they are read inside of tests and hooks only.
 */
export function useMail(): { db: Database; sink: SmtpSink; mailer: Mailer } {
  const database = {} as TestDatabase;
  const db = {} as Database;
  const sink = {} as SmtpSink;
  const mailer = {} as Mailer;
  beforeAll(async () => {
    Object.assign(database, await createTestDatabase());
    Object.assign(db, createDatabase(database));
    Object.assign(sink, await openSmtpSink());
    Object.assign(mailer, createMailer({ smtpUrl: sink.url, from: 'Kurator <kurator@office.example>' }));
  });
  afterAll(async () => {
    mailer.close();
    await sink.close();
    await db.close();
    await database.drop();
  });
  return { db, sink, mailer };
}
