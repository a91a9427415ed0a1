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
import { scenarioActivities, scenarios } from './scenarios.ts';
import { replaySecret } from './test-secret.ts';

const release = process.argv[2];
if (!release || !/^\d+\.\d+\.\d+$/.test(release))
  throw new Error('Name the release that these histories belong to, for example 0.1.0.');
const folder = fileURLToPath(new URL('./histories/', import.meta.url));
mkdirSync(folder, { recursive: true });

const engine = await startTemporal({ dbFile: null, external: '' });
const office = await openFakeOffice(
  { address: engine.address, namespace: 'default' },
  scenarioActivities,
  replaySecret,
);
try {
  for (const [name, live] of Object.entries(scenarios)) {
    const file = path.join(folder, `${name}@${release}.json`);
    if (existsSync(file)) {
      console.log(`kept   ${path.basename(file)}`);
      continue;
    }
    const workflowId = await live(office);
    const history = await office.client.workflow.getHandle(workflowId).fetchHistory();
    // The machine's name stands in every event and is nobody's business.
    const text = JSON.stringify(JSON.parse(historyToJSON(history)), (key, value: unknown) =>
      key === 'identity' ? 'recorder' : value,
    );
    writeFileSync(file, `${text}\n`);
    console.log(`wrote  ${path.basename(file)}: ${history.events?.length ?? 0} events`);
  }
} finally {
  await office.stop();
  await engine.stop();
}
