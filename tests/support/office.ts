import { randomBytes, randomUUID } from 'node:crypto';
import type { Client } from '@temporalio/client';
import { createActivities } from '../../activities/index.ts';
import { createKeyring } from '../../platform/crypto/keyring.ts';
import { createDatabase } from '../../platform/database/scope.ts';
import type { Database } from '../../platform/database/scope.ts';
import { createMailer } from '../../platform/mail/mailer.ts';
import { acceptCommand, findCommand } from '../../platform/records/accept-command.ts';
import type { CommandAnswer, NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { createTemporalClient } from '../../platform/temporal/client.ts';
import { createDataConverter } from '../../platform/temporal/data-converter.ts';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import type { PerformOutcome } from '../../platform/temporal/perform.ts';
import { createWatchdog } from '../../platform/watchdog/watchdog.ts';
import type { Watchdog, WatchdogDeps } from '../../platform/watchdog/watchdog.ts';
import { keepTelling } from '../../platform/watchdog/reckonings.ts';
import { createWorker } from '../../worker/worker.ts';
import { seedOffice } from './office-people.ts';
import type { OfficePeople } from './office-people.ts';
import { quietEngine } from './quiet-engine.ts';
import { openSmtpSink } from './smtp-sink.ts';
import type { SmtpSink, SunkMail } from './smtp-sink.ts';
import { startWorkerProcess } from './worker-process.ts';

export interface OfficeOptions {
  engine: { address: string; namespace: string };
  /** Migrated; see `createTestDatabase`. */
  database: { appUrl: string; systemUrl: string };
  /** `process`: a real worker process that can be killed. `none`: started by the test. `inProcess` by default. */
  worker?: 'inProcess' | 'process' | 'none';
  /** `id` of the regulation of the office's cases. */
  regulation?: string;
  /** Another law than the files', for this office's own worker. */
  rules?: RecordsDeps['rules'];
  secret?: Buffer;
}

/** An invented institution with all of Kurator behind it, driven as the API drives it: real engine, records and SMTP. */
export interface Office {
  client: Client;
  db: Database;
  records: RecordsDeps;
  sink: SmtpSink;
  institutionId: string;
  people: OfficePeople;
  /** Opens a training case of the given day and assigns its curator. */
  openCase(input: { on: string; category?: string; training?: boolean }): Promise<string>;
  /** A command's whole path. @throws Error unless it is accepted */
  perform(caseId: string, body: Body, as?: keyof OfficePeople): Promise<CommandAnswer>;
  /** The same, whatever comes of it; with the same key it is the same command. */
  attempt(
    caseId: string,
    body: Body,
    more?: { key?: string; as?: keyof OfficePeople; timeoutMs?: number },
  ): Promise<PerformOutcome & { commandId: string }>;
  /** Only the command's row, as the API writes it before it calls the engine. */
  accept(caseId: string | null, body: Body, more?: Partial<NewCommand>): Promise<{ caseId: string; commandId: string }>;
  /** Moves a training case's clock to the midday of a day, or to its next event. */
  advanceTo(caseId: string, to: string): Promise<NonNullable<CommandAnswer['advanced']>>;
  waitForMail(what: string, match: (mail: SunkMail) => boolean, timeoutMs?: number): Promise<SunkMail>;
  waitFor<T>(what: string, find: () => Promise<T | null | undefined | false>, timeoutMs?: number): Promise<T>;
  watchdog(settings?: Partial<Omit<WatchdogDeps, 'db' | 'client' | 'log'>>): Watchdog;
  startWorker(kind?: 'inProcess' | 'process'): Promise<void>;
  stopWorker(): Promise<void>;
  /** `kill -9` of the worker's process. */
  killWorker(): Promise<void>;
  close(): Promise<void>;
}

type Body = NewCommand['body'];

export async function openOffice(options: OfficeOptions): Promise<Office> {
  const { engine, database, secret = randomBytes(32), regulation = 'borovichi' } = options;
  const log = quietEngine();
  const db = createDatabase(database);
  const keyring = createKeyring([secret]);
  const records: RecordsDeps = { db, keyring, rules: options.rules ?? loadRules(), now: () => new Date() };
  const client = createTemporalClient({ ...engine, secrets: [secret] });
  const sink = await openSmtpSink();
  const mailer = createMailer({ smtpUrl: sink.url, from: 'Kurator <kurator@office.example>' });
  const { institutionId, people } = await seedOffice(db, regulation);
  const publicUrl = 'http://localhost:3000';
  let worker: { stop(): Promise<void>; kill(): Promise<void> } | undefined;

  const accept: Office['accept'] = async (caseId, body, more = {}) => {
    const command: NewCommand = {
      institutionId,
      caseId,
      actor: { kind: 'user', id: people.curator.id },
      idempotencyKey: randomUUID(),
      expectedSeq: null,
      body,
      ...more,
    };
    const accepted = await acceptCommand(records, command);
    if (accepted.outcome !== 'accepted')
      throw new Error(`The command ${body.command} was not accepted: ${accepted.outcome}`);
    return accepted;
  };

  const finish = async (accepted: { caseId: string; commandId: string }, word: string): Promise<CommandAnswer> => {
    const outcome = await performThroughWorkflow(client, accepted);
    if (outcome.kind !== 'answered') throw new Error(`${word} was ${outcome.kind}`);
    const row = await db.inScope({ institutionId }, (tx) => findCommand(tx, accepted.commandId));
    if (!row?.answer?.accepted) throw new Error(`${word} was refused: ${JSON.stringify(row?.answer?.refusal)}`);
    return row.answer;
  };

  const office: Office = {
    client,
    db,
    records,
    sink,
    institutionId,
    people,
    accept,
    async openCase({ on, category = 'sop', training = true }) {
      const accepted = await accept(
        null,
        { command: 'openCase', on, ground: 'application', category, form: 'group' },
        { opening: { family: { name: 'Семья Придуманных', address: null, members: [] }, training, regulation: null } },
      );
      await finish(accepted, 'openCase');
      await office.perform(accepted.caseId, { command: 'assignCurator', on, curator: people.curator.id }, 'head');
      return accepted.caseId;
    },
    async perform(caseId, body, as = 'curator') {
      return finish(await accept(caseId, body, { actor: { kind: 'user', id: people[as].id } }), body.command);
    },
    async attempt(caseId, body, { key = randomUUID(), as = 'curator', timeoutMs } = {}) {
      const accepted = await accept(caseId, body, { idempotencyKey: key, actor: { kind: 'user', id: people[as].id } });
      const outcome = await performThroughWorkflow(client, { ...accepted, ...(timeoutMs ? { timeoutMs } : {}) });
      return { ...outcome, commandId: accepted.commandId };
    },
    async advanceTo(caseId, to) {
      const answer = await office.perform(caseId, { command: 'advanceTo', to });
      if (!answer.advanced) throw new Error('advanceTo answered without saying how far it came');
      return answer.advanced;
    },
    waitForMail: (what, match, timeoutMs) => office.waitFor(what, async () => sink.mails.find(match), timeoutMs),
    async waitFor(what, find, timeoutMs = 20_000) {
      const deadline = Date.now() + timeoutMs;
      for (;;) {
        const found = await find();
        if (found !== null && found !== undefined && found !== false) return found;
        if (Date.now() > deadline) throw new Error(`Waited ${timeoutMs} ms in vain for ${what}`);
        await new Promise((resolve) => setTimeout(resolve, 25));
      }
    },
    watchdog: (settings = {}) => createWatchdog({ db, client, now: () => new Date(), log, ...settings }),
    async startWorker(kind = options.worker === 'process' ? 'process' : 'inProcess') {
      if (worker) throw new Error('The office has a worker already');
      if (kind === 'process') {
        worker = await startWorkerProcess({ engine, database, secret, smtpUrl: sink.url, publicUrl });
        return;
      }
      const activities = createActivities({ ...records, mailer, client, publicUrl, log });
      const running = await createWorker({ ...engine, dataConverter: createDataConverter([secret]), activities });
      const kill = (): Promise<void> => Promise.reject(new Error('A worker in the test process cannot be killed'));
      const telling = keepTelling(db, records.rules);
      await telling.first;
      const stop = async (): Promise<void> => {
        await running.stop();
        await telling.stop();
      };
      worker = { stop, kill };
    },
    async stopWorker() {
      await worker?.stop();
      worker = undefined;
    },
    async killWorker() {
      await worker?.kill();
      worker = undefined;
    },
    async close() {
      await office.stopWorker();
      mailer.close();
      await Promise.allSettled([client.connection.close(), db.close(), sink.close()]);
    },
  };
  if (options.worker !== 'none') await office.startWorker();
  return office;
}
