import { createHash } from 'node:crypto';
import { mkdirSync, readFileSync, readdirSync, renameSync, writeFileSync, existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { bundleWorkflowCode } from '@temporalio/worker';
import { failureConverterPath } from '../platform/temporal/data-converter.ts';

const workflowsFolder = fileURLToPath(new URL('../workflows/', import.meta.url));
const cacheFolder = fileURLToPath(new URL('../node_modules/.cache/kurator/', import.meta.url));

/**
 * The workflows as one file of code, built once for each state of the sources: a build takes seconds of both cores,
 * which every start of a worker would pay.
 * @returns the file's path
 */
export async function getWorkflowBundle(folder: string = workflowsFolder): Promise<string> {
  const file = path.join(cacheFolder, `workflows-${fingerprint(folder)}.js`);
  if (existsSync(file)) return file;
  const { code } = await bundleWorkflowCode({
    workflowsPath: path.join(folder, 'index.ts'),
    failureConverterPath,
    logger: silent,
  });
  mkdirSync(cacheFolder, { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, code);
  renameSync(half, file);
  return file;
}

function fingerprint(folder: string): string {
  const hash = createHash('sha256');
  const { version } = createRequire(import.meta.url)('@temporalio/worker/package.json') as { version: string };
  hash.update(`${version}\0${folder}\0`);
  for (const name of readdirSync(folder).sort()) {
    if (name.endsWith('.ts')) hash.update(name).update(readFileSync(path.join(folder, name)));
  }
  hash.update(readFileSync(failureConverterPath));
  return hash.digest('hex').slice(0, 20);
}

const quiet = (): void => undefined;
const silent = { log: quiet, trace: quiet, debug: quiet, info: quiet, warn: quiet, error: quiet };
