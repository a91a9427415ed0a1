import type { AddressInfo } from 'node:net';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';

export interface SunkMail {
  to: string[];
  subject: string;
  text: string;
  messageId: string;
  caseDay: string | null;
  mark: string | null;
  headers: ReadonlyMap<string, unknown>;
}

/** How the sink treats the next mails, by turns; an empty list accepts. */
export type SinkFault =
  | 'accept'
  /** 450 at RCPT: greylisting. */
  | 'greylist'
  /** 550 at RCPT: no such mailbox. */
  | 'noSuchMailbox'
  /** Takes the whole text and closes without an answer: the gap of RFC 1047, the mail being kept. */
  | 'cutAfterText'
  /** Closes at RCPT, before any text. */
  | 'cutBeforeText';

export interface SmtpSink {
  url: string;
  mails: SunkMail[];
  faults: SinkFault[];
  close(): Promise<void>;
}

/** A real SMTP server on a free port that keeps what it gets and can be told to misbehave. */
export async function openSmtpSink(port = 0): Promise<SmtpSink> {
  const mails: SunkMail[] = [];
  const faults: SinkFault[] = [];
  const server = new SMTPServer({
    authOptional: true,
    disabledCommands: ['STARTTLS', 'AUTH'],
    disableReverseLookup: true,
    onRcptTo(_address, session, done) {
      const fault = faults[0];
      if (fault === 'greylist') return void (faults.shift(), done(refusal(450, 'come back later')));
      if (fault === 'noSuchMailbox') return void (faults.shift(), done(refusal(550, 'no such mailbox')));
      if (fault === 'cutBeforeText') return void (faults.shift(), cut(server, session.id));
      done();
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        void simpleParser(Buffer.concat(chunks)).then((mail) => {
          mails.push({
            to: session.envelope.rcptTo.map(({ address }) => address),
            subject: mail.subject ?? '',
            text: mail.text ?? '',
            messageId: mail.messageId ?? '',
            caseDay: textOf(mail.headers.get('x-kurator-case-day')),
            mark: textOf(mail.headers.get('x-kurator-notice')),
            headers: mail.headers,
          });
          const fault = faults.shift();
          if (fault === 'cutAfterText') cut(server, session.id);
          else done();
        });
      });
    },
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  const { port: actual } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${actual}`,
    mails,
    faults,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}

/** The library does not hand out a session's socket; it hangs on the connection of the same id. */
function cut(server: SMTPServer, sessionId: string): void {
  const { connections } = server as unknown as { connections: Set<{ id: string; _socket: { destroy(): void } }> };
  for (const connection of connections) if (connection.id === sessionId) connection._socket.destroy();
}

const textOf = (header: unknown): string | null => (typeof header === 'string' ? header : null);

function refusal(responseCode: number, message: string): Error {
  return Object.assign(new Error(message), { responseCode });
}
