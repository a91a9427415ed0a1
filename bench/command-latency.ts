import { randomUUID } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { Client, Connection } from '@temporalio/client';
import { DefaultLogger, NativeConnection, Runtime, Worker } from '@temporalio/worker';
import { signIn } from '../cli/api-client.ts';
import { bare, finish, touch } from './bare/bare.ts';
import { ms, summarise } from './statistics.ts';

/**
 * A command through the API, its workflow and the records, against an Update of the same engine that does nothing.
 * The two alternate, so a slow moment of the machine falls on both.
 */
const url = process.env['BENCH_URL'] ?? '';
const address = process.env['TEMPORAL_ADDRESS'] ?? '';
const rounds = Number(process.env['BENCH_ROUNDS'] ?? 150);
const warmUp = 20;
/** A family-year has about 50 entries; this stays in its first half. */
const commandsPerCase = 25;
const taskQueue = 'bench-bare';

Runtime.install({ logger: new DefaultLogger('ERROR') });

const connection = await Connection.connect({ address });
const nativeConnection = await NativeConnection.connect({ address });
const client = new Client({ connection });
const worker = await Worker.create({
  connection: nativeConnection,
  taskQueue,
  workflowsPath: fileURLToPath(new URL('./bare/bare.ts', import.meta.url)),
});

async function measure(): Promise<void> {
  const floor = await client.workflow.start(bare, { workflowId: `bench-${randomUUID()}`, taskQueue });
  const curator = await signIn(url, 'curator@demo.example', 'kurator-demo-2026');
  const head = await signIn(url, 'head@demo.example', 'kurator-demo-2026');
  const { today, staffId } = await curator.get<{ today: string; staffId: string }>('/me');
  const opening = {
    ground: 'application',
    category: 'lowIncome',
    form: 'group',
    on: today,
    family: { name: 'Семья Замерных' },
  };
  /** A case in its contract stage, as short as cases are: each serves a few commands, so that its log stays that long. */
  const openCase = async (): Promise<(body: object) => Promise<unknown>> => {
    const { caseId } = await curator.post<{ caseId: string }>('/cases', opening, randomUUID());
    const perform = (body: object): Promise<unknown> =>
      curator.post(`/cases/${caseId}/commands`, { ...body, on: today }, randomUUID());
    await head.post(
      `/cases/${caseId}/commands`,
      { command: 'assignCurator', on: today, curator: staffId },
      randomUUID(),
    );
    await perform({ command: 'giveConsent', kind: 'personalData', member: 'parent' });
    await perform({ command: 'signAgreement' });
    return perform;
  };

  const timed = async (work: () => Promise<unknown>): Promise<number> => {
    const began = performance.now();
    await work();
    return performance.now() - began;
  };
  const ours: number[] = [];
  const floors: number[] = [];
  let perform = await openCase();
  for (let round = -warmUp; round < rounds; round++) {
    if (round % commandsPerCase === 0) perform = await openCase();
    const floorMs = await timed(() => floor.executeUpdate(touch, { args: [round] }));
    const ourMs = await timed(() => perform({ command: 'recordVisit', kind: 'home' }));
    if (round < 0) continue;
    floors.push(floorMs);
    ours.push(ourMs);
  }
  await floor.signal(finish);

  const [a, b] = [summarise(ours), summarise(floors)];
  console.log('\nA command through API, workflow and records, against the bare update (budget: p50 under 3×)');
  for (const [name, s] of [
    ['command', a],
    ['bare update', b],
  ] as const) {
    console.log(
      `  ${name.padEnd(12)} n=${s.n}  p50 ${ms(s.p50)}  p95 ${ms(s.p95)}  min ${ms(s.min)}  max ${ms(s.max)}`,
    );
  }
  console.log(`  ratio        p50 ${(a.p50 / b.p50).toFixed(2)}×  p95 ${(a.p95 / b.p95).toFixed(2)}×`);
}

await worker.runUntil(measure());
await connection.close();
await nativeConnection.close();
