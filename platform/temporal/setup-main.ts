import { setTimeout as sleep } from 'node:timers/promises';
import { msToTs } from '@temporalio/common/lib/time';
import { NativeConnection } from '@temporalio/worker';
import { ConfigError, loadEngineConfig } from '../config/config.ts';
import { ensureSearchAttributes, listKnownAttributes, searchAttributes } from './search-attributes.ts';

/** An engine on PostgreSQL takes half a minute to come up; its caches learn of a namespace in another one. */
const patienceMs = 180_000;

/** Closed runs stay to be looked at for so long; what happened stands in the records for ever. */
const retention = '30 days';

/** gRPC's number for "already exists". */
const alreadyExists = 6;

/**
 * Makes the engine ready for Kurator, as often as it is run: the namespace and the search attributes. Waits for an
 * engine that is coming up. Run by the set-up of the server mode: `node --import tsx platform/temporal/setup-main.ts`.
 */
async function main(): Promise<void> {
  const { address, namespace } = loadEngineConfig(process.env);
  const until = Date.now() + patienceMs;
  const connection = await patiently(until, () => NativeConnection.connect({ address }));
  try {
    await patiently(until, () => registerNamespace(connection, namespace));
    await patiently(until, () => ensureSearchAttributes(connection, namespace));
    await patiently(until, () => checkKnown(connection, namespace));
  } finally {
    await connection.close();
  }
  process.stdout.write(`engine: ready (${address}, namespace ${namespace})\n`);
}

async function registerNamespace(connection: NativeConnection, namespace: string): Promise<void> {
  try {
    await connection.workflowService.registerNamespace({
      namespace,
      description: 'Kurator',
      workflowExecutionRetentionPeriod: msToTs(retention),
    });
  } catch (error) {
    if ((error as { code?: number }).code !== alreadyExists) throw error;
  }
}

/** Else the first worker would start before the engine knows what it was just told. */
async function checkKnown(connection: NativeConnection, namespace: string): Promise<void> {
  const known = await listKnownAttributes(connection, namespace);
  const unknown = Object.keys(searchAttributes).filter((name) => known !== undefined && !known.has(name));
  if (unknown.length > 0) throw new Error(`the engine does not know ${unknown.join(', ')} yet`);
}

async function patiently<T>(until: number, act: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await act();
    } catch (error) {
      if (Date.now() > until) throw error;
      await sleep(1_000);
    }
  }
}

try {
  await main();
} catch (error) {
  if (!(error instanceof Error)) throw error;
  process.stderr.write(
    `${error instanceof ConfigError ? error.message : `The engine cannot be used: ${error.message}`}\n`,
  );
  // EX_CONFIG of sysexits.h.
  process.exitCode = error instanceof ConfigError ? 78 : 1;
}
