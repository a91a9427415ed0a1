import { mkdtempSync, readdirSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { openMailboxStore, readIndex } from '../../platform/mail/mailbox-store.ts';

let dir: string;
beforeEach(() => {
  dir = mkdtempSync(path.join(tmpdir(), 'kurator-mailbox-store-'));
});
afterEach(() => rmSync(dir, { recursive: true, force: true }));

const mail = Buffer.from('Message-ID: <one@example>\r\nSubject: Deadline\r\n\r\nTomorrow.\r\n');
const envelope = { from: 'kurator@demo.example', to: ['curator@demo.example'] };

test('a mail that the full disk did not take is refused, and there once after it was sent again', async () => {
  const store = await openMailboxStore(dir);
  // Whatever is written to this device finds no space left.
  symlinkSync('/dev/full', path.join(dir, 'index.jsonl'));
  await expect(store.keep(mail, envelope)).rejects.toThrow();
  expect(readdirSync(dir)).toEqual(['index.jsonl']);

  rmSync(path.join(dir, 'index.jsonl'));
  await store.keep(mail, envelope);
  await openMailboxStore(dir);
  expect(readIndex(dir).map(({ subject }) => subject)).toEqual(['Deadline']);
});
