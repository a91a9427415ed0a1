import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

/** The embedded mailbox, where the installation keeps one. */
export const mailboxService = ({ mailbox }: Wiring): Services['mailbox'] =>
  mailbox && { list: (query) => mailbox.list(query), find: (id) => mailbox.find(id) };
