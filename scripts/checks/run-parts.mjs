import { spawn } from 'node:child_process';
import { mkdirSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../..', import.meta.url));
const bin = (name) => join(root, 'node_modules', '.bin', name);

const run = (file, args, { env = {}, live = false } = {}) =>
  new Promise((done) => {
    const child = spawn(file, args, {
      cwd: root,
      env: { ...process.env, ...env },
      stdio: live ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout?.on('data', (chunk) => (output += chunk));
    child.stderr?.on('data', (chunk) => (output += chunk));
    child.on('error', (error) => done({ code: 1, output: error.message }));
    child.on('close', (code) => done({ code: code ?? 1, output }));
  });

/** A tool that either has nothing to say or fails: one check. */
export const check = (name, tool, args) => ({
  name,
  alone: false,
  run: async () => {
    const { code, output } = await run(bin(tool), args);
    return { passed: code === 0 ? 1 : 0, failed: code === 0 ? 0 : 1, output: code === 0 ? '' : output };
  },
});

/** Vitest projects: as many checks as tests; `paths`: only the tests under these. */
export const tests = (name, projects, env = {}, paths = []) => ({
  name,
  alone: true,
  run: async () => {
    const report = join(root, '.cache', `${name.replaceAll(/\W+/g, '-')}-${process.pid}.json`);
    mkdirSync(join(root, '.cache'), { recursive: true });
    const { code } = await run(
      bin('vitest'),
      [
        'run',
        ...paths,
        ...projects.flatMap((project) => ['--project', project]),
        '--reporter=dot',
        // What a passing test makes the product log is noise; what a failing one does is the evidence.
        '--silent=passed-only',
        '--reporter=json',
        `--outputFile.json=${report}`,
      ],
      { env: process.stdout.isTTY ? env : { ...env, NO_COLOR: '1' }, live: true },
    );
    return { ...readReport(report, code), output: '' };
  },
});

const readReport = (file, code) => {
  try {
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that cannot be loaded has no test that could fail, and fails all the same.
    const unloaded = report.testResults.filter(
      ({ status, assertionResults }) => status === 'failed' && !assertionResults.some((one) => one.status === 'failed'),
    );
    const failed = report.numFailedTests + unloaded.length;
    const skipped = report.numPendingTests + report.numTodoTests;
    return { passed: report.numPassedTests, failed: code === 0 ? failed : Math.max(failed, 1), skipped };
  } catch {
    return { passed: 0, failed: 1 };
  } finally {
    rmSync(file, { force: true });
  }
};

const runOne = async (part) => {
  const began = Date.now();
  const result = await part.run();
  if (result.output) console.log(result.output.trimEnd());
  const skipped = result.skipped ? `, ${result.skipped} skipped` : '';
  console.log(
    `${part.name}: ${result.passed} passed, ${result.failed} failed${skipped} (${((Date.now() - began) / 1000).toFixed(0)} s)`,
  );
  return result;
};

/**
 * Runs every part, prints its counts, and ends with the line of the totals. A failed part never keeps another from running.
 * @param {{ name: string, alone: boolean, run: () => Promise<{ passed: number, failed: number, skipped?: number, output: string }> }[]} parts
 */
export const runParts = async (parts) => {
  const results = [];
  const together = parts.filter((part) => !part.alone);
  const lane = async () => {
    for (let part = together.shift(); part; part = together.shift()) results.push(await runOne(part));
  };
  await Promise.all(Array.from({ length: Math.min(2, availableParallelism()) }, lane));
  for (const part of parts.filter(({ alone }) => alone)) results.push(await runOne(part));
  const sum = (key) => results.reduce((total, result) => total + result[key], 0);
  console.log(`\n${sum('passed')} passed, ${sum('failed')} failed`);
  process.exitCode = sum('failed') > 0 || sum('passed') === 0 ? 1 : 0;
};
