import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createMailer } from '../../platform/mail/mailer.ts';
import type { Mailer } from '../../platform/mail/mailer.ts';
import { openSmtpSink } from '../support/smtp-sink.ts';
import type { SinkFault, SmtpSink } from '../support/smtp-sink.ts';

const mail = {
  to: ['school@example.ru'],
  subject: 'Дело 2026-0014: срок / Case 2026-0014',
  text: 'Текст\n',
  messageId: '<a@kurator>',
  headers: { 'X-Kurator-Case-Day': '2026-03-12' },
};

describe('mailer', () => {
  let sink: SmtpSink;
  let mailer: Mailer;

  beforeAll(async () => {
    sink = await openSmtpSink();
    mailer = createMailer({ smtpUrl: sink.url, from: 'Kurator <kurator@example.ru>' });
  });
  beforeEach(() => {
    sink.mails.length = 0;
    sink.faults.length = 0;
  });
  afterAll(async () => {
    mailer.close();
    await sink.close();
  });

  it('delivers with its headers and its Message-ID', async () => {
    expect(await mailer.send(mail)).toMatchObject({ kind: 'accepted' });
    expect(sink.mails).toMatchObject([{ to: ['school@example.ru'], messageId: '<a@kurator>', caseDay: '2026-03-12' }]);
  });

  it.each<[SinkFault, string, number]>([
    ['greylist', 'deferred', 0],
    ['noSuchMailbox', 'refused', 0],
    ['cutAfterText', 'ambiguous', 1],
  ])('%s is %s', async (fault, kind, kept) => {
    sink.faults.push(fault);
    expect((await mailer.send(mail)).kind).toBe(kind);
    expect(sink.mails).toHaveLength(kept);
    // The pool must be of use after each fault, not only before it.
    expect((await mailer.send(mail)).kind).toBe('accepted');
  });

  it('goes over another connection when the server closed the idle one, and gives up when it closes every one', async () => {
    await mailer.send(mail);
    sink.faults.push('cutBeforeText');
    expect((await mailer.send(mail)).kind).toBe('accepted');
    sink.faults.push('cutBeforeText', 'cutBeforeText', 'cutBeforeText');
    expect((await mailer.send(mail)).kind).toBe('unreachable');
    expect(sink.mails).toHaveLength(2);
  });

  it('tells an absent server from a refusal', async () => {
    const lost = createMailer({ smtpUrl: 'smtp://127.0.0.1:1', from: 'kurator@example.ru' });
    expect((await lost.send(mail)).kind).toBe('unreachable');
    lost.close();
  });
});
