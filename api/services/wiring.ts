import type { Client } from '@temporalio/client';
import type { Auth } from '../../platform/auth/auth.ts';
import type { MailboxReader } from '../../platform/mail/mailbox-reader.ts';
import type { RecordsDeps } from '../../platform/records/contract.ts';

/** What stands behind the services: one of each in a process. */
export interface Wiring {
  records: RecordsDeps;
  temporal: Client;
  auth: Auth;
  mailbox: MailboxReader | null;
}
