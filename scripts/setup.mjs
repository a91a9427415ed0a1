import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Fault } from './lib/process.mjs';
import { withLock } from './lib/lock.mjs';
import { browser } from './setup/browser.mjs';
import { packages } from './setup/packages.mjs';
import { apiTypes, pages } from './setup/pages.mjs';
import { prismaClient } from './setup/prisma-client.mjs';
import { schemathesis } from './setup/schemathesis.mjs';
import { postgres, temporal } from './setup/servers.mjs';
import { workflowBundle } from './setup/workflow-bundle.mjs';

// Plain Node without a dependency: this runs before anything is installed.
const root = fileURLToPath(new URL('..', import.meta.url));
const mode = process.argv[2] ?? 'start';
const steps =
  mode === 'image'
    ? // The Dockerfile has installed the packages, and the servers are other containers.
      [prismaClient, pages, workflowBundle]
    : [packages, postgres, prismaClient, apiTypes, pages, temporal, browser, schemathesis];

const checkNode = () => {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  throw new Fault(`Node.js ${process.versions.node} is too old: install Node.js 20.19 or newer from nodejs.org.`);
};

const seconds = (since) => `${((Date.now() - since) / 1000).toFixed(1)} s`;

const setUp = async () => {
  const started = Date.now();
  let made = 0;
  for (const step of steps.filter(({ modes }) => !modes || modes.includes(mode))) {
    const log = (line) => console.log(`  ${line}`);
    const context = { root, mode, log };
    if (await step.isDone(context)) continue;
    if (!step.quiet) {
      made += 1;
      console.log(`Set-up: ${step.name} (${step.lasts}) …`);
    }
    const began = Date.now();
    await step.run(context);
    if (!step.quiet) console.log(`Set-up: ${step.name}: done in ${seconds(began)}`);
  }
  console.log(made === 0 ? `Set-up: all is there (${seconds(started)})` : `Set-up: ready in ${seconds(started)}`);
};

try {
  if (!['start', 'test', 'verify', 'image'].includes(mode))
    throw new Fault(`"${mode}" is no mode of the set-up: use start, test, verify or image.`);
  checkNode();
  const lock = join(root, '.cache', 'setup.lock');
  await withLock(lock, { waiting: 'Set-up: waiting for another set-up of this folder' }, setUp);
} catch (error) {
  if (!(error instanceof Fault)) throw error;
  console.error(`\n${error.message}`);
  process.exitCode = 1;
}
