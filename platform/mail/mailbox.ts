import { once } from 'node:events';
import { simpleParser } from 'mailparser';
import { SMTPServer } from 'smtp-server';
import type { SMTPServerDataStream, SMTPServerSession } from 'smtp-server';
import { openMailboxStore, readIndex, readSource } from './mailbox-store.ts';
import type { MailRow } from './mailbox-store.ts';

/** How the next mails are mistreated, as real servers do. */
export type MailFault =
  | { kind: 'reject'; at: 'recipient' | 'message'; code: number }
  /** Takes the message and never answers. */
  | { kind: 'hang' }
  /** Keeps the message and breaks the connection before the answer: the sender cannot know. */
  | { kind: 'cut' };

export interface ReceivedMail extends MailRow {
  text: string;
  headers: ReadonlyMap<string, unknown>;
}

export interface Mailbox {
  /** `smtp://127.0.0.1:port` */
  url: string;
  port: number;
  /** Every kept mail, oldest first. */
  mails(): Promise<ReceivedMail[]>;
  /** The first mail that fits, as soon as it is there. @throws after `timeoutMs`, 10 s by default, with the subjects that came. */
  waitFor(fits: (mail: ReceivedMail) => boolean, timeoutMs?: number): Promise<ReceivedMail>;
  /** `undefined` ends the mistreatment. */
  setFault(fault: ((envelope: { from: string; to: string[] }) => MailFault | undefined) | undefined): void;
  close(): Promise<void>;
}

export interface MailboxSettings {
  dir: string;
  /** 0: a free one. */
  port: number;
  host?: string;
}

const maxBytes = 10 * 1024 * 1024;

/** A real SMTP server that sends nothing on: it keeps each mail as `.eml` with a line in an index. */
export async function startMailbox({ dir, port: wanted, host = '127.0.0.1' }: MailboxSettings): Promise<Mailbox> {
  const store = await openMailboxStore(dir);
  let chooseFault: Parameters<Mailbox['setFault']>[0];
  const waiting = new Set<() => void>();

  const accept = async (source: Buffer, session: SMTPServerSession): Promise<'answer' | 'silence'> => {
    const envelope = envelopeOf(session);
    const fault = chooseFault?.(envelope);
    if (fault?.kind === 'reject' && fault.at === 'message') throw rejection(fault.code);
    if (fault?.kind === 'hang') return 'silence';
    await store.keep(source, envelope);
    for (const look of waiting) look();
    if (fault?.kind !== 'cut') return 'answer';
    disconnect(server, session);
    return 'silence';
  };

  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    banner: 'Kurator mailbox',
    size: maxBytes,
    // Looking up the name of a loopback client only costs time.
    disableReverseLookup: true,
    closeTimeout: 1_000,
    onRcptTo(address, session, done) {
      const fault = chooseFault?.({ from: envelopeOf(session).from, to: [address.address] });
      if (fault?.kind === 'reject' && fault.at === 'recipient') done(rejection(fault.code));
      else done();
    },
    onData(stream, session, done) {
      readAll(stream)
        .then((source) => accept(source, session))
        .then(
          (outcome) => {
            if (outcome === 'answer') done();
          },
          (error: unknown) => done(error instanceof Error ? error : new Error(String(error))),
        );
    },
  });
  // A client that goes away amid a mail is the client's trouble.
  server.on('error', () => undefined);
  const listener = server.listen(wanted, host);
  await Promise.race([
    once(listener, 'listening'),
    once(server, 'error').then(([error]) => Promise.reject(error as Error)),
  ]);
  const address = listener.address();
  const port = typeof address === 'object' && address ? address.port : wanted;

  const mails = (): Promise<ReceivedMail[]> =>
    Promise.all(
      readIndex(dir).map(async (row) => {
        const { text = '', headers } = await simpleParser(readSource(dir, row.id));
        return { ...row, text, headers };
      }),
    );

  const waitFor: Mailbox['waitFor'] = async (fits, timeoutMs = 10_000) => {
    let woken = (): void => undefined;
    let came = true;
    const look = (): void => {
      came = true;
      woken();
    };
    const timeout = AbortSignal.timeout(timeoutMs);
    timeout.addEventListener('abort', () => woken());
    waiting.add(look);
    try {
      while (!timeout.aborted) {
        if (!came) await new Promise<void>((resolve) => (woken = resolve));
        came = false;
        const found = (await mails()).find(fits);
        if (found) return found;
      }
      const subjects = readIndex(dir).map((row) => row.subject);
      throw new Error(`No such mail within ${timeoutMs} ms. Kept: ${subjects.join('; ') || 'none'}`);
    } finally {
      waiting.delete(look);
    }
  };

  return {
    url: `smtp://${host}:${port}`,
    port,
    mails,
    waitFor,
    setFault: (fault) => void (chooseFault = fault),
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}

const envelopeOf = ({ envelope }: SMTPServerSession): { from: string; to: string[] } => ({
  from: envelope.mailFrom ? envelope.mailFrom.address : '',
  to: envelope.rcptTo.map((recipient) => recipient.address),
});

const rejection = (responseCode: number): Error => Object.assign(new Error('Rejected on request'), { responseCode });

async function readAll(stream: SMTPServerDataStream): Promise<Buffer> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer);
  if (stream.sizeExceeded) throw Object.assign(new Error('Larger than 10 MiB'), { responseCode: 552 });
  return Buffer.concat(chunks);
}

/** The library knows no way to end one connection: its own list of them is searched for the session. */
function disconnect(server: SMTPServer, session: SMTPServerSession): void {
  const connections = server.connections as unknown as Set<{ id: string; _socket: { destroy(): void } }>;
  for (const connection of connections) if (connection.id === session.id) connection._socket.destroy();
}
