import type { Readable } from 'node:stream';
import { createTransport } from 'nodemailer';

export interface Mail {
  to: string[];
  subject: string;
  text: string;
  messageId: string;
  headers: Record<string, string>;
}

/**
 * What is known when the exchange is over. `accepted`: the server answered 250. `deferred`: surely not taken, may be
 * tried again (4xx, RFC 5321 4.2.1). `unreachable`: no server to talk to, so no other mail will go either.
 * `refused`: surely not taken and never will be (5xx). `ambiguous`: cut after the text began to go out, so both sides
 * may own it (RFC 1047).
 */
export interface Delivery {
  kind: 'accepted' | 'deferred' | 'unreachable' | 'refused' | 'ambiguous';
  answer: string;
  /** Of a mail to several that was accepted: some of them the server did not take (RFC 5321 3.3 answers each by itself). */
  isPartial?: true;
}

export interface Mailer {
  send(mail: Mail): Promise<Delivery>;
  close(): void;
}

export interface MailSettings {
  smtpUrl: string;
  from: string;
}

/** Mails under way at once. Servers count connections of one client: Postfix allows 50, hosted ones ask for far fewer. */
export const connections = 8;

interface SmtpError extends Error {
  code?: string;
  responseCode?: number;
  response?: string;
}

/** A pool of connections to the outgoing server: without it, each mail pays a greeting of 100 ms and more. */
export function createMailer(settings: MailSettings): Mailer {
  const transport = createTransport({
    url: settings.smtpUrl,
    pool: true,
    maxConnections: connections,
    maxMessages: 200,
    // A server that closed an idle connection is no fault: the mail goes over another one, of which not a byte had been
    // sent. Every other repetition is the dispatcher's business, which knows what may be sent twice.
    maxRequeues: 1,
    connectionTimeout: 5_000,
    greetingTimeout: 5_000,
    socketTimeout: 20_000,
  } as object);
  const texts = new Map<string, Readable>();
  // Whether the server may have the text is read off the stream it is sent from: it is opened after "354 go ahead".
  transport.use('stream', (mail, done) => {
    const message = mail.message as unknown as { createReadStream(...args: unknown[]): Readable };
    const create = message.createReadStream.bind(message);
    message.createReadStream = (...args) => {
      const text = create(...args);
      texts.set(String(mail.data.messageId), text);
      return text;
    };
    done();
  });

  return {
    async send(mail) {
      try {
        const info = (await transport.sendMail({
          from: settings.from,
          to: mail.to,
          subject: mail.subject,
          text: mail.text,
          messageId: mail.messageId,
          headers: { ...mail.headers, 'Auto-Submitted': 'auto-generated' },
          disableUrlAccess: true,
          disableFileAccess: true,
        })) as { response: string; rejectedErrors?: SmtpError[] };
        const rejected = info.rejectedErrors ?? [];
        if (rejected.length === 0) return { kind: 'accepted', answer: info.response };
        const answer = [info.response, ...rejected.map(({ response, message }) => response ?? message)].join('; ');
        return { kind: 'accepted', answer: answer.slice(0, 300), isPartial: true };
      } catch (error) {
        return judge(error as SmtpError, texts.get(mail.messageId)?.readableDidRead === true);
      } finally {
        texts.delete(mail.messageId);
      }
    },
    close: () => transport.close(),
  };
}

function judge(error: SmtpError, textBegan: boolean): Delivery {
  const answer = (error.response ?? error.message).slice(0, 300);
  const code = error.responseCode;
  // 530 and 535 speak of our account at the server, not of this mail: the operator's fault to mend, not the notice's.
  if (code !== undefined && code >= 500 && error.code !== 'EAUTH' && code !== 530 && code !== 535)
    return { kind: 'refused', answer };
  if (code !== undefined && code >= 400 && code < 500 && error.code !== 'EAUTH') return { kind: 'deferred', answer };
  // An address or a text that no server was asked about: it is this mail's own fault, and must not hold up the others.
  if (code === undefined && (error.code === 'EENVELOPE' || error.code === 'EMESSAGE'))
    return { kind: 'refused', answer };
  return { kind: textBegan ? 'ambiguous' : 'unreachable', answer };
}
