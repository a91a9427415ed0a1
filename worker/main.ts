import { createActivities } from '../activities/index.ts';
import { ConfigError, loadWorkerConfig } from '../platform/config/config.ts';
import { createKeyring } from '../platform/crypto/keyring.ts';
import { createDatabase } from '../platform/database/scope.ts';
import { createMailer } from '../platform/mail/mailer.ts';
import { loadRules } from '../platform/records/load-rules.ts';
import { installEngineLog } from '../platform/telemetry/engine-log.ts';
import { createLog } from '../platform/telemetry/log.ts';
import { createTemporalClient } from '../platform/temporal/client.ts';
import { createDataConverter } from '../platform/temporal/data-converter.ts';
import { keepTelling } from '../platform/watchdog/reckonings.ts';
import { keepWorking } from './keep-working.ts';
import { createWorker } from './worker.ts';

/** EX_CONFIG of sysexits.h: starting again cannot help, and the supervisor does not try. */
const refusedSettings = 78;

function readSettings() {
  try {
    return loadWorkerConfig(process.env);
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    return process.exit(refusedSettings);
  }
}

const config = readSettings();
const log = createLog('worker', config.logLevel);
installEngineLog(log);
const db = createDatabase(config.database);
const mailer = createMailer({ smtpUrl: config.mail.smtpUrl, from: config.mail.from });
const client = createTemporalClient(config.temporal);
const rules = loadRules();
const activities = createActivities({
  db,
  keyring: createKeyring(config.temporal.secrets),
  rules,
  now: () => new Date(),
  mailer,
  client,
  publicUrl: config.publicUrl,
  log,
});
const dataConverter = createDataConverter(config.temporal.secrets);
const worker = keepWorking(() => createWorker({ ...config.temporal, dataConverter, activities }), log);
const telling = keepTelling(db, rules);

let stopping = false;
async function stop(signal: string): Promise<void> {
  if (stopping) return;
  stopping = true;
  log.info({ signal }, 'stopping: what runs is finished first');
  await worker.stop();
  await telling.stop();
  mailer.close();
  await Promise.allSettled([client.connection.close(), db.close()]);
  log.info({}, 'stopped');
  process.exit(0);
}
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => void stop(signal));
