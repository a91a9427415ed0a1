import type { Client } from '@temporalio/client';
import type { ActorFinder } from '../../platform/auth/find-actor.ts';
import type { MailboxReader } from '../../platform/mail/mailbox-reader.ts';
import type { SelfCheck } from '../../platform/watchdog/self-check.ts';
import type { RecordsDeps } from '../../platform/records/contract.ts';

/** What stands behind the services: one of each in a process. */
export interface Wiring {
  records: RecordsDeps;
  temporal: Client;
  actors: ActorFinder;
  mailbox: MailboxReader | null;
  /** Where the process makes one: every case that awaits something against its own facts. */
  selfCheck?: Pick<SelfCheck, 'report'>;
}
