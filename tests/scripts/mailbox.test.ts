import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { appendFileSync, mkdtempSync, readFileSync, rmSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createTransport } from 'nodemailer';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { startMailbox } from '../../platform/mail/mailbox.ts';
import type { Mailbox } from '../../platform/mail/mailbox.ts';
import { readMailbox } from '../../platform/mail/mailbox-reader.ts';
import { freePort } from '../../scripts/lib/process.mjs';

let dir: string;
let mailbox: Mailbox;

beforeEach(async () => {
  dir = path.join(mkdtempSync(path.join(tmpdir(), 'kurator-mailbox-')), 'mails');
  mailbox = await startMailbox({ dir, port: 0 });
});

afterEach(async () => {
  await mailbox.close();
  rmSync(path.dirname(dir), { recursive: true, force: true });
});

const send = (
  url: string,
  subject: string,
  extra: { messageId?: string; to?: string } = {},
  patience: { socketTimeout?: number } = {},
) =>
  createTransport({ url, ...patience } as object).sendMail({
    from: 'kurator@example.org',
    to: extra.to ?? 'curator@example.org',
    subject,
    text: `Дело 2026-0014.\n${subject}`,
    ...(extra.messageId ? { messageId: extra.messageId } : {}),
  });

test('a mail is kept whole, listed newest first by pages, and found by its id', async () => {
  await send(mailbox.url, 'Первое', { messageId: '<one@kurator>' });
  await send(mailbox.url, 'Второе');
  await send(mailbox.url, 'Третье', { to: 'school@example.org, clinic@example.org' });
  const reader = readMailbox(dir);
  const first = await reader.list({ limit: 2 });
  expect(first.items.map((row) => row.subject)).toEqual(['Третье', 'Второе']);
  expect(first.items[0]?.to).toBe('school@example.org, clinic@example.org');
  const second = await reader.list({ limit: 2, cursor: first.nextCursor ?? undefined });
  expect(second.items.map((row) => [row.subject, row.messageId])).toEqual([['Первое', '<one@kurator>']]);
  expect(second.nextCursor).toBeNull();
  const found = await reader.find(second.items[0]?.id ?? '');
  expect(found?.text).toContain('Дело 2026-0014.');
  expect(await reader.find('../../etc/passwd')).toBeUndefined();
  expect(statSync(dir).mode & 0o777).toBe(0o700);
});

test('waiting for a mail ends with the mail, or names what came instead', async () => {
  const awaited = mailbox.waitFor((mail) => mail.subject === 'Ответ');
  await send(mailbox.url, 'Напоминание');
  await send(mailbox.url, 'Ответ');
  expect((await awaited).text).toContain('Ответ');
  await expect(mailbox.waitFor((mail) => mail.subject === 'Нет такого', 100)).rejects.toThrow('Напоминание; Ответ');
});

test.each([450, 550])('a message rejected with %i is not kept', async (code) => {
  mailbox.setFault(() => ({ kind: 'reject', at: 'message', code }));
  await expect(send(mailbox.url, 'x')).rejects.toMatchObject({ responseCode: code });
  mailbox.setFault((envelope) =>
    envelope.to.includes('gone@example.org') ? { kind: 'reject', at: 'recipient', code } : undefined,
  );
  await expect(send(mailbox.url, 'y', { to: 'gone@example.org' })).rejects.toMatchObject({ responseCode: code });
  await send(mailbox.url, 'z');
  expect((await mailbox.mails()).map((mail) => mail.subject)).toEqual(['z']);
});

test('a server that hangs keeps nothing, one that breaks off after the message has kept it', async () => {
  mailbox.setFault(() => ({ kind: 'hang' }));
  await expect(send(mailbox.url, 'lost', {}, { socketTimeout: 1_500 })).rejects.toMatchObject({ code: 'ETIMEDOUT' });
  mailbox.setFault(() => ({ kind: 'cut' }));
  await expect(send(mailbox.url, 'unknown to the sender')).rejects.toMatchObject({ code: 'ECONNECTION' });
  expect((await mailbox.mails()).map((mail) => mail.subject)).toEqual(['unknown to the sender']);
});

test('what a kill cut short in the index is mended from the mails', async () => {
  await send(mailbox.url, 'whole');
  await send(mailbox.url, 'line cut short');
  const index = path.join(dir, 'index.jsonl');
  truncateSync(index, statSync(index).size - 20);
  writeFileSync(path.join(dir, 'later.eml.part'), 'From: half');
  await mailbox.close();
  mailbox = await startMailbox({ dir, port: 0 });
  await send(mailbox.url, 'after');
  const subjects = readFileSync(index, 'utf8').match(/"subject":"[^"]*"/g);
  expect((await mailbox.mails()).map((mail) => mail.subject)).toEqual(['whole', 'line cut short', 'after']);
  expect(subjects).toHaveLength(4);
  appendFileSync(index, 'not json\n');
  expect(await mailbox.mails()).toHaveLength(3);
});

test('a mail that was answered with 250 survives the kill of the mailbox process', async () => {
  const port = await freePort();
  const child = spawn(process.execPath, ['--import', 'tsx', 'platform/mail/mailbox-main.ts'], {
    env: { ...process.env, KURATOR_MAILBOX: dir, SMTP_URL: `smtp://127.0.0.1:${port}` },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await once(child.stdout, 'data');
  await send(`smtp://127.0.0.1:${port}`, 'kept');
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect((await mailbox.mails()).map((mail) => mail.subject)).toEqual(['kept']);
});
