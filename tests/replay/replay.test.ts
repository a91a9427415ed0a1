import { cpSync, mkdtempSync, readFileSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { historyFromJSON } from '@temporalio/common/lib/proto-utils';
import { Worker } from '@temporalio/worker';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDataConverter } from '../../platform/temporal/data-converter.ts';
import { getWorkflowBundle } from '../../worker/bundle.ts';
import { quietEngine } from '../support/quiet-engine.ts';
import { replaySecret } from './test-secret.ts';

const histories = fileURLToPath(new URL('./histories/', import.meta.url));
const workflows = fileURLToPath(new URL('../../workflows/', import.meta.url));
const packages = fileURLToPath(new URL('../../node_modules', import.meta.url));
const names = readdirSync(histories).filter((name) => name.endsWith('.json'));

/** The names of the histories that these workflows cannot replay, with the reason. */
async function replayAll(codePath: string, chosen: readonly string[] = names): Promise<Map<string, string>> {
  const failed = new Map<string, string>();
  const stored = chosen.map((name) => ({
    workflowId: name,
    history: historyFromJSON(JSON.parse(readFileSync(path.join(histories, name), 'utf8'))),
  }));
  const results = Worker.runReplayHistories(
    { workflowBundle: { codePath }, dataConverter: createDataConverter([replaySecret]), replayName: 'gate' },
    stored,
  );
  for await (const { workflowId, error } of results)
    if (error) failed.set(workflowId, `${error.name}: ${error.message}`);
  return failed;
}

/** A copy of the workflows with one change, as a careless hand would make it. */
async function bundleWithDrift(name: string, file: string, from: string, to: string): Promise<string> {
  // Outside of node_modules, where the bundler would leave the types in, and outside of the work tree.
  const folder = mkdtempSync(path.join(tmpdir(), `kurator-drift-${name}-`));
  symlinkSync(packages, path.join(folder, 'node_modules'));
  folders.push(folder);
  cpSync(workflows, folder, { recursive: true });
  const text = readFileSync(path.join(folder, file), 'utf8');
  expect(text).toContain(from);
  writeFileSync(path.join(folder, file), text.replace(from, to));
  const bundle = await getWorkflowBundle(folder);
  folders.push(bundle);
  return bundle;
}
const folders: string[] = [];

describe('replay gate', () => {
  let ours: string;
  beforeAll(async () => {
    quietEngine();
    ours = await getWorkflowBundle();
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it('every stored history replays clean', async () => {
    expect(names.length).toBeGreaterThanOrEqual(9);
    expect(Object.fromEntries(await replayAll(ours))).toEqual({});
  });

  it('holds a run of each workflow that ended by beginning anew', () => {
    const continued = names.filter((name) =>
      readFileSync(path.join(histories, name), 'utf8').includes('EVENT_TYPE_WORKFLOW_EXECUTION_CONTINUED_AS_NEW'),
    );
    const types = new Set(continued.map((name) => name.startsWith('dispatcher')));
    expect(types).toEqual(new Set([true, false]));
  });

  it.each([
    ['order', 'family-case.ts', 'timer.set(next.nextWakeAt);', ''],
    [
      'twice',
      'family-case.ts',
      'const next = await wakeCase({ caseId });',
      'await wakeCase({ caseId }); const next = await wakeCase({ caseId });',
    ],
    ['regular', 'calls.ts', 'return await quick();', 'return await patient();'],
  ])('a drift (%s) is refused', async (name, file, from, to) => {
    const failed = await replayAll(await bundleWithDrift(name, file, from, to));
    expect(failed.size).toBeGreaterThan(0);
    expect([...failed.values()].join('\n')).toMatch(/DeterminismViolationError|Nondeterminism/i);
  });

  it('a drift in the dispatcher is refused', async () => {
    const drifted = await bundleWithDrift('dispatcher', 'notice-dispatcher.ts', 'if (pause > 0) await', 'await');
    const other = await bundleWithDrift(
      'dispatcher-2',
      'notice-dispatcher.ts',
      'const { nextAt } = await sendDue({ institutionId });',
      'await sendDue({ institutionId }); const { nextAt } = await sendDue({ institutionId });',
    );
    // The first changes nothing that these histories show; it stands here to prove that the gate does not cry at every change.
    const only = names.filter((name) => name.startsWith('dispatcher'));
    expect([...(await replayAll(drifted, only)).keys()]).toEqual([]);
    expect([...(await replayAll(other, only)).keys()]).toEqual(only);
  });
});
