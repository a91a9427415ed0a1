import type { Client } from '@temporalio/client';
import type { ActorFinder } from '../../platform/auth/find-actor.ts';
import type { MailboxReader } from '../../platform/mail/mailbox-reader.ts';
import type { RecordsDeps } from '../../platform/records/contract.ts';

/** What stands behind the services: one of each in a process. */
export interface Wiring {
  records: RecordsDeps;
  temporal: Client;
  actors: ActorFinder;
  mailbox: MailboxReader | null;
}
