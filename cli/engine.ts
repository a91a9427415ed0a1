import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createDatabase } from '../platform/database/scope.ts';
import { compareWithEngine } from '../platform/reconcile/compare-engine.ts';
import type { EngineDifference, EngineFault } from '../platform/reconcile/compare-engine.ts';
import { repairEngine } from '../platform/reconcile/repair-engine.ts';
import { createTemporalClient } from '../platform/temporal/client.ts';
import { findOrTell, findRecords, SettingsFault } from './records-settings.ts';

const usage = `kurator engine check    сверить движок с записями / compare what the engine believes of every case with the records
kurator engine repair   привести движок к записям / make the engine follow the records
`;

const words: Record<EngineFault, string> = {
  unknownCase: 'the engine runs a case that the records do not have: it was opened after their state; open it again',
  lostEntries:
    'the engine has seen entries that the records do not have: they were made after their state; enter them again',
  notRunning: 'the case is open and no workflow runs for it',
  closedCase: 'the case is closed and a workflow runs for it',
  behind: 'the engine has not seen the last entries',
  wakeDiffers: 'the engine would wake the case at another moment than the records say',
  silent: 'its workflow does not answer: does a worker run?',
  noDispatcher: "the institution's notices have no dispatcher",
};

/** How often a repair is looked at before what is left is said to be left: a start from the records takes a moment. */
const looks = 20;
const pauseMs = 500;

/** `kurator engine …`, beside a running Kurator. Resolves to the exit code: 1 when something differs, after a repair still. */
export async function engineCommand([word]: readonly string[], env: NodeJS.ProcessEnv = process.env): Promise<number> {
  if (word !== 'check' && word !== 'repair') {
    process.stderr.write(usage);
    return 2;
  }
  const settings = findOrTell((given) => ({ ...findRecords(given), ...findEngine(given) }), env);
  if (settings === null) return 1;
  const db = createDatabase({ ...settings, connections: 2 });
  const client = createTemporalClient(settings);
  try {
    let { cases, differences } = await compareWithEngine({ db, client });
    process.stdout.write(differences.map(lineOf).join(''));
    process.stdout.write(`${cases} cases compared with the engine, ${differences.length} differences\n`);
    if (word === 'check' || differences.length === 0) return differences.length === 0 ? 0 : 1;
    await repairEngine(client, differences);
    for (let look = 0; look < looks && differences.length > 0; look++) {
      await new Promise((done) => setTimeout(done, pauseMs));
      ({ cases, differences } = await compareWithEngine({ db, client }));
    }
    process.stdout.write(differences.map(lineOf).join(''));
    process.stdout.write(`${cases} cases after the repair, ${differences.length} differences left\n`);
    return differences.length === 0 ? 0 : 1;
  } finally {
    await Promise.allSettled([client.connection.close(), db.close()]);
  }
}

function lineOf({ id, fault, records, engine }: EngineDifference): string {
  const side = (name: string, known: EngineDifference['records']): string =>
    known ? `${name}: entry ${known.seq}, next wake ${known.nextWakeAt ?? 'never'}` : `${name}: nothing`;
  return `${id}  ${fault}: ${words[fault]} (${side('records', records)}; ${side('engine', engine)})\n`;
}

function findEngine(env: NodeJS.ProcessEnv): { address: string; namespace: string } {
  const namespace = env['TEMPORAL_NAMESPACE'] ?? 'default';
  if (env['TEMPORAL_ADDRESS']) return { address: env['TEMPORAL_ADDRESS'], namespace };
  const file = join(resolve(env['KURATOR_DATA'] ?? '.kurator'), 'run', 'engine');
  if (!existsSync(file))
    throw new SettingsFault('The engine is not running: start Kurator (npm start) and try again beside it.');
  return { address: readFileSync(file, 'utf8').trim(), namespace };
}
