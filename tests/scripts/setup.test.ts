import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { missingEntries } from '../../scripts/complete-lockfile.mjs';
import { hashOf } from '../../scripts/lib/inputs.mjs';
import { packages } from '../../scripts/setup/packages.mjs';
import { makeClone, runScript, spawnScript } from '../support/clone.ts';

let root: string;

beforeEach(() => {
  root = mkdtempSync(path.join(tmpdir(), 'kurator-setup-'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

const write = (name: string, content: unknown): void => {
  const file = path.join(root, name);
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, typeof content === 'string' ? content : JSON.stringify(content));
};

const locked = {
  '': { name: 'kurator' },
  'node_modules/one': { version: '1.0.0' },
  'node_modules/tool': { version: '2.0.0', dev: true },
  'node_modules/other-platform': { version: '3.0.0', optional: true },
};

test.each([
  ['nothing is installed', undefined, 'test', false],
  [
    'all is installed',
    { 'node_modules/one': { version: '1.0.0' }, 'node_modules/tool': { version: '2.0.0' } },
    'test',
    true,
  ],
  ['a package is missing', { 'node_modules/tool': { version: '2.0.0' } }, 'start', false],
  [
    'a package is of another version',
    { 'node_modules/one': { version: '1.0.1' }, 'node_modules/tool': { version: '2.0.0' } },
    'start',
    false,
  ],
  ['tools are missing and only the product runs', { 'node_modules/one': { version: '1.0.0' } }, 'start', true],
  ['tools are missing and tests run', { 'node_modules/one': { version: '1.0.0' } }, 'test', false],
])('node packages: %s', (_case, installed, mode, done) => {
  write('package-lock.json', { packages: locked });
  if (installed) write('node_modules/.package-lock.json', { packages: installed });
  expect(packages.isDone({ root, mode })).toBe(done);
});

test('the lockfile names the packages of every platform, else npm ci refuses it', () => {
  const file = new URL('../../package-lock.json', import.meta.url);
  const { packages: entries } = JSON.parse(readFileSync(file, 'utf8')) as { packages: Record<string, object> };
  // After an npm install that dropped them: node scripts/complete-lockfile.mjs
  expect(Object.keys(missingEntries(entries))).toEqual([]);
  const path = Object.keys(entries).find((name) => name.includes('@swc/core-')) ?? '';
  const { [path]: _dropped, ...rest } = entries;
  expect(Object.keys(missingEntries(rest))).toEqual([path]);
});

test('what is made is made anew when its sources change, not when they are touched', () => {
  write('web/a.ts', 'one');
  write('web/deep/b.ts', 'two');
  const before = hashOf([path.join(root, 'web')]);
  utimesSync(path.join(root, 'web/a.ts'), 0, 0);
  write('web/a.test.ts', 'a test is no source');
  write('web/dist/a.js', 'nor is what was made');
  expect(hashOf([path.join(root, 'web')])).toBe(before);
  write('web/deep/b.ts', 'three');
  expect(hashOf([path.join(root, 'web')])).not.toBe(before);
});

test('the set-up generates the client of the records where it is missing, says so, and the next one has nothing to do', async () => {
  const clone = makeClone(['scripts', 'prisma', 'prisma.config.ts']);
  try {
    // Without api and web there is nothing further to make; the sentence says which step it was.
    const first = await runScript(clone.root, ['scripts/setup.mjs', 'start']);
    expect(first.stdout).toMatch(
      /Set-up: the records' typed client \(a few seconds\) …\nSet-up: the records' typed client: done in \d+\.\d s/,
    );
    expect(existsSync(path.join(clone.root, 'platform/database/generated/client.ts'))).toBe(true);
    expect(first.code).toBe(1);
    expect(first.stderr).toMatch(/^The pages could not be built:/);
    const second = await runScript(clone.root, ['scripts/setup.mjs', 'start']);
    expect(second.stdout).not.toContain('typed client');
  } finally {
    clone.remove();
  }
});

test('set-ups of one folder at once wait for each other, and what one has made the other leaves', async () => {
  const clone = makeClone(['scripts', 'prisma', 'prisma.config.ts']);
  // One is under way that ends when both others have been heard to wait for it.
  const first = `import { takeLock } from './scripts/lib/lock.mjs'; takeLock('.cache/setup.lock'); console.log('taken'); setInterval(() => {}, 1_000);`;
  writeFileSync(path.join(clone.root, 'first.mjs'), first);
  const holder = spawnScript(clone.root, ['first.mjs']);
  const said: string[] = [];
  const waiting = async (): Promise<{ ended: Promise<unknown> }> => {
    const child = spawnScript(clone.root, ['scripts/setup.mjs', 'start']);
    const ended = once(child, 'close');
    const at = said.push('') - 1;
    await new Promise<void>((heard) =>
      child.stdout?.on('data', (chunk: Buffer) => {
        said[at] += chunk.toString();
        if (said[at]?.includes(`waiting for another set-up of this folder (process ${holder.pid})`)) heard();
      }),
    );
    return { ended };
  };
  try {
    await once(holder.stdout ?? holder, 'data');
    const both = await Promise.all([waiting(), waiting()]);
    holder.kill('SIGKILL');
    await Promise.all(both.map(({ ended }) => ended));
    expect(said.filter((output) => output.includes('typed client: done'))).toHaveLength(1);
  } finally {
    holder.kill('SIGKILL');
    clone.remove();
  }
});

test('an old Node.js and an unknown mode each get one sentence', async () => {
  const clone = makeClone(['scripts']);
  try {
    const unknown = await runScript(clone.root, ['scripts/setup.mjs', 'everything']);
    expect(unknown).toMatchObject({
      code: 1,
      stderr: '"everything" is no mode of the set-up: use start, test, verify or image.',
    });
    const old = "Object.defineProperty(process.versions, 'node', { value: '18.20.0' })";
    const preload = `data:text/javascript,${encodeURIComponent(old)}`;
    const ended = await runScript(clone.root, ['--import', preload, 'scripts/setup.mjs', 'start']);
    expect(ended).toMatchObject({ code: 1 });
    expect(ended.stderr).toBe('Node.js 18.20.0 is too old: install Node.js 20.19 or newer from nodejs.org.');
  } finally {
    clone.remove();
  }
});

test('the script of continuous integration adds up what the two commands said, and fails when one of them does', () => {
  write('.ci/run', execFileSync('cat', [new URL('../../.ci/run', import.meta.url).pathname], { encoding: 'utf8' }));
  const npm =
    '#!/bin/sh\nif [ "$1" = test ]; then echo "$TEST_SAYS"; exit $TEST_CODE; fi\necho "$VERIFY_SAYS"; exit $VERIFY_CODE\n';
  write('bin/npm', npm);
  execFileSync('chmod', ['+x', path.join(root, '.ci/run'), path.join(root, 'bin/npm')]);
  const run = (testSays: string, testCode: number, verifySays: string, verifyCode: number): string => {
    const env = {
      PATH: `${path.join(root, 'bin')}:${process.env['PATH']}`,
      TEST_SAYS: testSays,
      TEST_CODE: String(testCode),
      VERIFY_SAYS: verifySays,
      VERIFY_CODE: String(verifyCode),
    };
    try {
      return `0: ${execFileSync(path.join(root, '.ci/run'), { env, encoding: 'utf8' }).trim().split('\n').at(-1)}`;
    } catch (error) {
      const { status, stdout } = error as { status: number; stdout: string };
      return `${status}: ${stdout.trim().split('\n').at(-1)}`;
    }
  };
  expect(run('7 passed, 0 failed', 0, '3 passed, 0 failed', 0)).toBe('0: 10 passed, 0 failed');
  expect(run('6 passed, 1 failed', 1, '3 passed, 0 failed', 0)).toBe('1: 9 passed, 1 failed');
  expect(run('no counts', 1, '3 passed, 0 failed', 0)).toBe('1: 3 passed, 1 failed');
  expect(run('7 passed, 0 failed', 1, '3 passed, 0 failed', 0)).toBe('1: 10 passed, 1 failed');
  expect(run('7 passed, 0 failed', 0, '2 passed, 1 failed', 1)).toBe('1: 9 passed, 1 failed');
});
