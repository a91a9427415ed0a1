/**
 * Records the histories that `replay.test.ts` holds every later workflow code to:
 *   node --import tsx tests/replay/record.ts <release>
 * A history on disk is never replaced: a change that breaks one is a fault of the change.
 */
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { historyToJSON } from '@temporalio/common/lib/proto-utils.js';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { openFakeOffice } from '../workflows/fake-office.ts';
import type { FakeOffice } from '../workflows/fake-office.ts';
import { longLives, scenarioActivities, scenarios, shortLimit } from './scenarios.ts';
import type { RecordedRun } from './scenarios.ts';
import { replaySecret } from './test-secret.ts';

const release = process.argv[2];
if (!release || !/^\d+\.\d+\.\d+$/.test(release))
  throw new Error('Name the release that these histories belong to, for example 0.1.0.');
const folder = fileURLToPath(new URL('./histories/', import.meta.url));
mkdirSync(folder, { recursive: true });

type Lives = Record<string, (office: FakeOffice) => Promise<RecordedRun | string>>;

async function record(lives: Lives, settings: Record<string, unknown>): Promise<void> {
  const wanted = Object.entries(lives).filter(([name]) => !existsSync(fileOf(name)));
  for (const name of Object.keys(lives)) if (existsSync(fileOf(name))) console.log(`kept   ${name}`);
  if (wanted.length === 0) return;
  const engine = await startTemporal({ dbFile: null, external: '', settings });
  const at = { address: engine.address, namespace: 'default' };
  const office = await openFakeOffice(at, scenarioActivities, replaySecret);
  try {
    for (const [name, live] of wanted) {
      const lived = await live(office);
      const { workflowId, runId } = typeof lived === 'string' ? { workflowId: lived, runId: undefined } : lived;
      const history = await office.client.workflow.getHandle(workflowId, runId).fetchHistory();
      // The machine's name stands in every event and is nobody's business.
      const text = JSON.stringify(JSON.parse(historyToJSON(history)), (key, value: unknown) =>
        key === 'identity' ? 'recorder' : value,
      );
      writeFileSync(fileOf(name), `${text}\n`);
      console.log(`wrote  ${name}: ${history.events?.length ?? 0} events`);
    }
  } finally {
    await office.stop();
    await engine.stop();
  }
}

const fileOf = (name: string): string => path.join(folder, `${name}@${release}.json`);

await record(scenarios, {});
await record(longLives, shortLimit);
