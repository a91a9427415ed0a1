import { simpleParser } from 'mailparser';
import { readIndex, readSource } from './mailbox-store.ts';
import type { MailRow } from './mailbox-store.ts';

export interface KeptMail extends MailRow {
  text: string;
}

export interface MailboxReader {
  /** Newest first. `cursor` is the last id of the page before. */
  list(query: { cursor?: string | undefined; limit: number }): Promise<{ items: MailRow[]; nextCursor: string | null }>;
  find(id: string): Promise<KeptMail | undefined>;
}

/** Reads the folder that the mailbox process writes. */
export function readMailbox(dir: string): MailboxReader {
  return {
    async list({ cursor, limit }) {
      const rows = readIndex(dir).toSorted((a, b) => (a.id < b.id ? 1 : -1));
      const rest = cursor === undefined ? rows : rows.filter((row) => row.id < cursor);
      const items = rest.slice(0, limit);
      return { items, nextCursor: rest.length > limit ? (items.at(-1)?.id ?? null) : null };
    },
    async find(id) {
      const row = readIndex(dir).find((candidate) => candidate.id === id);
      if (!row) return undefined;
      return { ...row, text: (await simpleParser(readSource(dir, id))).text ?? '' };
    },
  };
}
