import closeWithGrace from 'close-with-grace';
import { pino } from 'pino';
import { startMailbox } from './mailbox.ts';

const log = pino({ name: 'mailbox', level: process.env['LOG_LEVEL'] ?? 'info' });
const dir = process.env['KURATOR_MAILBOX'];
const smtpUrl = process.env['SMTP_URL'];
if (!dir || !smtpUrl || !URL.canParse(smtpUrl)) {
  process.stderr.write('The mailbox needs KURATOR_MAILBOX (a folder) and SMTP_URL (smtp://host:port to listen on).\n');
  process.exit(78);
}
const { hostname, port } = new URL(smtpUrl);
const mailbox = await listen();
closeWithGrace({ delay: 5_000, logger: false }, () => mailbox.close());
log.info({ url: mailbox.url }, 'listening');
// The start asks: a port that nobody asked for is chosen anew where it cannot be bound.
process.send?.('listening');

async function listen() {
  try {
    return await startMailbox({ dir: dir as string, port: Number(port || 25), host: hostname });
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error;
    process.stderr.write(`Port ${port || 25} of SMTP_URL is in use by another program.\n`);
    // EX_TEMPFAIL of sysexits.h.
    process.exit(75);
  }
}
