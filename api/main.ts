import path from 'node:path';
import closeWithGrace from 'close-with-grace';
import { clientAddressHeader, createAuth } from '../platform/auth/auth.ts';
import { createActorFinder } from '../platform/auth/find-actor.ts';
import { ConfigError, loadConfig, type Config } from '../platform/config/config.ts';
import { createKeyring } from '../platform/crypto/keyring.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { readMailbox } from '../platform/mail/mailbox-reader.ts';
import { createLog } from '../platform/telemetry/log.ts';
import { createTemporalClient } from '../platform/temporal/client.ts';
import { createSelfCheck } from '../platform/watchdog/self-check.ts';
import { createWatchdog } from '../platform/watchdog/watchdog.ts';
import { loadRules } from '../platform/records/load-rules.ts';
import { buildApp } from './app.ts';
import { faultForLog } from './fault-for-log.ts';
import { createServices } from './services/create-services.ts';

/** Requests under way get this long to end: a command waits for its answer for 10 s. */
const graceMs = 12_000;

const config = getConfig();
const log = createLog('api', config.logLevel);
const db = createDatabase(config.database);
const temporal = createTemporalClient(config.temporal);
const {
  auth,
  attempts,
  close: closeAuth,
} = createAuth({
  authUrl: config.database.authUrl,
  secret: config.authSecret,
  publicUrl: config.publicUrl,
});
const now = () => new Date();
const records = { db, keyring: createKeyring(config.temporal.secrets), rules: loadRules(), now };
const actors = createActorFinder(auth, db, now);
const selfCheck = createSelfCheck({ records, log });
const app = await buildApp({
  services: createServices({
    ...{ records, temporal, actors, selfCheck },
    mailbox: config.mailbox === null ? null : readMailbox(config.mailbox),
  }),
  signIn: {
    handle: (request) => auth.handler(request),
    attempts,
    origin: config.publicUrl,
    clientAddressHeader,
  },
  publicUrl: config.publicUrl,
  trustedProxies: config.trustedProxies,
  pages: path.join(import.meta.dirname, '..', 'web', 'dist'),
  log,
});
const watchdog = createWatchdog({ db, client: temporal, now, log, selfCheck, rules: records.rules });

closeWithGrace({ delay: graceMs, logger: false }, async ({ err }) => {
  if (err) log.fatal({ fault: faultForLog(err) }, 'the process ends by an error');
  await Promise.all([app.close(), watchdog.stop(), selfCheck.stop()]);
  await Promise.all([closeAuth(), db.close(), temporal.connection.close()]);
});

// Published under this machine's own name it answers this machine alone: demo logins are known to everybody.
const alone = ['localhost', '127.0.0.1', '[::1]'].includes(new URL(config.publicUrl).hostname);
await app.listen({ port: config.port, host: alone ? 'localhost' : '0.0.0.0' });
// Another program's answer on this port is none of ours: the start asks only who says that it listens.
process.send?.('listening');
watchdog.start();

function getConfig(): Config {
  try {
    return loadConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    // EX_CONFIG of sysexits.h: starting again will not help.
    process.exit(78);
  }
}
