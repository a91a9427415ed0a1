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
const mailbox = await startMailbox({ dir, port: Number(port || 25), host: hostname });
closeWithGrace({ delay: 5_000, logger: false }, () => mailbox.close());
log.info({ url: mailbox.url }, 'listening');
