import { fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { createTransport } from 'nodemailer';
import { createDatabase } from '../platform/database/scope.ts';
import { connections } from '../platform/mail/mailer.ts';
import { renderNotice } from '../platform/mail/templates/render.ts';
import { createTemporalClient } from '../platform/temporal/client.ts';
import { pokeDispatcher } from '../platform/temporal/nudge.ts';
import { herdVars, makeHerd, queueHerd } from './herd/records.ts';

/**
 * A morning's herd: notices of as many cases, all due at one instant, through the running product's dispatcher, against
 * plain nodemailer with as many pooled connections to the same mail server. The two alternate, so a slow moment of the
 * machine falls on both.
 */
const size = Number(process.env['BENCH_HERD'] ?? 1_000);
const rounds = 3;
const env = (name: string): string => process.env[name] ?? '';
const port = Number(env('BENCH_SMTP_PORT'));

const sink = fork(fileURLToPath(new URL('./herd/sink.ts', import.meta.url)), [String(port)]);
await once(sink, 'message');
const db = createDatabase({ appUrl: env('DATABASE_APP_URL'), systemUrl: env('DATABASE_SYSTEM_URL') });
const client = createTemporalClient({
  address: env('TEMPORAL_ADDRESS'),
  namespace: 'default',
  secrets: [Buffer.from(env('KURATOR_KEY'), 'base64')],
});

/** When the last of the next herd has arrived. */
async function arrival(): Promise<number> {
  sink.send({ expect: size });
  const signal = AbortSignal.timeout(120_000);
  const [{ at }] = (await once(sink, 'message', { signal })) as [{ at: number }];
  return at;
}

async function plain(round: number): Promise<number> {
  const transport = createTransport({ host: '127.0.0.1', port, pool: true, maxConnections: connections } as object);
  const { subject, text } = renderNotice('reminder', herdVars, `${env('PUBLIC_URL')}/cases/x`);
  const last = arrival();
  const began = Date.now();
  await Promise.all(
    Array.from({ length: size }, (_, n) => {
      const messageId = `<plain-${round}-${n}@bench>`;
      return transport.sendMail({ from: 'k@bench.example', to: 'floor@herd.example', subject, text, messageId });
    }),
  );
  const seconds = ((await last) - began) / 1000;
  transport.close();
  return seconds;
}

async function herd(): Promise<number> {
  // Far enough ahead for the dispatcher to have looked, set its timer and gone to sleep.
  const due = new Date(Date.now() + 4_000);
  const last = arrival();
  await queueHerd(db, office, due);
  await pokeDispatcher(client, office.institutionId);
  return ((await last) - due.getTime()) / 1000;
}

const office = await makeHerd(db, size);
const ours: number[] = [];
const floors: number[] = [];
for (let round = 0; round < rounds; round++) {
  floors.push(await plain(round));
  ours.push(await herd());
}
const middle = (values: number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] as number;
const [a, b] = [middle(ours), middle(floors)];
const words = (values: number[]): string => values.map((value) => value.toFixed(1)).join(', ');
console.log(`\n${size} notices due at one instant: seconds until the last is at the mail server (median of ${rounds})`);
console.log(
  `  dispatcher        ${a.toFixed(1)} s  (${words(ours)})  ${Math.round(size / a)} a second, from their instant`,
);
console.log(
  `  plain nodemailer  ${b.toFixed(1)} s  (${words(floors)})  ${Math.round(size / b)} a second, ${connections} connections`,
);
console.log(`  ratio             ${(a / b).toFixed(1)}×`);

sink.disconnect();
await Promise.all([db.close(), client.connection.close()]);
