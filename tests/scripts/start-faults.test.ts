import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo } from 'node:net';
import path from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freePort } from '../../scripts/lib/process.mjs';
import { makeClone, runScript, spawnScript } from '../support/clone.ts';
import type { Clone, Ended } from '../support/clone.ts';

let clone: Clone;

beforeAll(() => {
  clone = makeClone(['scripts', 'platform/config']);
});

afterAll(() => clone.remove());

const start = (env: NodeJS.ProcessEnv = {}): Promise<Ended> => runScript(clone.root, ['scripts/start.mjs'], env);

/** One sentence, no stack, exit code 1. */
const expectSentence = ({ code, stderr }: Ended, sentence: string | RegExp): void => {
  expect(stderr).toMatch(sentence);
  expect(stderr.split('\n')).toHaveLength(1);
  expect(stderr).not.toMatch(/\bat .*:\d+:\d+/);
  expect(code).toBe(1);
};

const dataFolder = (name: string, versions?: object): string => {
  const folder = clone.scratch(name);
  mkdirSync(folder, { recursive: true });
  if (versions) writeFileSync(path.join(folder, 'versions.json'), JSON.stringify(versions));
  return folder;
};

test.each([
  ['# fine\nPORT 3000\n', '.env, line 2: this is no setting'],
  ['LOG_LEVEL="info\n', '.env, line 1: LOG_LEVEL: the quote " is not closed.'],
  ['PORT=3000\nPORT=3001\n', '.env, line 2: PORT was set in line 1 already'],
  ['\nPROT=3000\n', '.env, line 2: PROT is no setting; if you mean PORT, write so.'],
  ['LOG_LEVEL=info\nPORT=http\n', '.env, line 2: PORT is "http": use a number from 1 to 65535.'],
  ['SMTP_URL=mail.example.org\n', '.env, line 1: SMTP_URL is "mail.example.org": write it as smtp://'],
])('a broken .env is named by file and line: %j', async (text, sentence) => {
  const file = path.join(clone.root, '.env');
  writeFileSync(file, text);
  try {
    expectSentence(await start({ KURATOR_DATA: dataFolder('env') }), sentence);
  } finally {
    rmSync(file);
  }
});

test('a busy port', async () => {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  try {
    const ended = await start({ PORT: String(port), KURATOR_DATA: dataFolder('port') });
    expectSentence(ended, `Port ${port} is in use by another program: stop that one, or choose another port`);
  } finally {
    server.close();
  }
});

test.each([
  ['newer', { format: 2, postgres: '18', engine: '1.29.1' }, 'was written by a newer Kurator (format 2'],
  ['older', { format: 0, postgres: '18', engine: '1.29.1' }, 'was written by an older Kurator (format 0'],
  [
    'PostgreSQL',
    { format: 1, postgres: '17', engine: '1.29.1' },
    'holds data of PostgreSQL 17, and this Kurator brings 18',
  ],
  [
    'engine',
    { format: 1, postgres: '18', engine: '1.31.0' },
    'holds data of Temporal 1.31.0, and this Kurator brings 1.29.1',
  ],
])('a data folder of another version is left untouched: %s', async (name, versions, sentence) => {
  const folder = dataFolder(`version-${name}`, versions);
  const ended = await start({ KURATOR_DATA: folder });
  expect(ended.stderr).toContain(sentence);
  expectSentence(ended, /KURATOR_DATA/);
  expect(existsSync(path.join(folder, 'secrets.json'))).toBe(false);
});

test('a data folder from before versions were noted, and a damaged note', async () => {
  const folder = dataFolder('before-versions');
  mkdirSync(path.join(folder, 'postgres'));
  writeFileSync(path.join(folder, 'postgres', 'PG_VERSION'), '18\n');
  expectSentence(await start({ KURATOR_DATA: folder }), 'holds data of an older Kurator');
  writeFileSync(path.join(folder, 'versions.json'), '{"format":');
  expectSentence(await start({ KURATOR_DATA: folder }), 'versions.json is damaged');
});

test('a data folder that is a file', async () => {
  writeFileSync(clone.scratch('file'), '');
  expectSentence(await start({ KURATOR_DATA: clone.scratch('file') }), /cannot be written \((EEXIST|ENOTDIR)\)/);
});

const mounts = ((): boolean => {
  try {
    execFileSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=1m none "$d" && umount "$d" && rmdir "$d"'], {
      stdio: 'ignore',
    });
    return true;
  } catch {
    return false;
  }
})();

// Only root may mount the small disk that this test fills.
test.skipIf(!mounts)('a full disk', async () => {
  const folder = dataFolder('disk');
  execFileSync('mount', ['-t', 'tmpfs', '-o', 'size=20m', 'none', folder]);
  try {
    expectSentence(await start({ KURATOR_DATA: folder }), /The disk of .* is full: \d+ MB are free and 150 are needed/);
    writeFileSync(path.join(folder, 'filler'), Buffer.alloc(20 * 1024 * 1024 - 4096));
    expectSentence(await start({ KURATOR_DATA: path.join(folder, 'deeper') }), /The disk of .* is full/);
  } finally {
    execFileSync('umount', [folder]);
  }
});

test('a second start of the same folder names the first one, and the first one killed leaves the folder free', async () => {
  const folder = dataFolder('twice');
  const hold = `import { takeLock } from './scripts/lib/lock.mjs'; process.argv[1] = 'start.mjs'; takeLock(${JSON.stringify(path.join(folder, 'start.lock'))}); console.log('held'); setInterval(() => {}, 1000);`;
  writeFileSync(path.join(clone.root, 'start.mjs'), hold);
  const first = spawnScript(clone.root, ['start.mjs']);
  await once(first.stdout ?? first, 'data');
  expectSentence(await start({ KURATOR_DATA: folder }), `Kurator runs on ${folder} already (process ${first.pid})`);
  first.kill('SIGKILL');
  await once(first, 'exit');
  const ended = await start({ KURATOR_DATA: folder, PORT: 'x' });
  expectSentence(ended, 'PORT is "x"');
});

test('secrets are made once, for the owner alone', async () => {
  const folder = dataFolder('secrets');
  await start({ KURATOR_DATA: folder, PORT: 'x' });
  const file = path.join(folder, 'secrets.json');
  const made = readFileSync(file, 'utf8');
  expect(statSync(file).mode & 0o777).toBe(0o600);
  expect(Buffer.from((JSON.parse(made) as { key: string }).key, 'base64')).toHaveLength(32);
  await start({ KURATOR_DATA: folder, PORT: 'x' });
  expect(readFileSync(file, 'utf8')).toBe(made);
});

test('a missing engine is told with what to install', async () => {
  const tools = clone.scratch('tools');
  mkdirSync(tools);
  for (const tool of ['id', 'test', 'setpriv'])
    writeFileSync(
      path.join(tools, tool),
      `#!/bin/sh\nexec ${execFileSync('which', [tool], { encoding: 'utf8' }).trim()} "$@"\n`,
      { mode: 0o755 },
    );
  // Another server on PATH is no help; no proxy answers on port 1, so the download fails at once wherever this runs.
  writeFileSync(path.join(tools, 'temporal'), '#!/bin/sh\necho "temporal version 1.9.0 (Server 1.31.0, UI 2.0.0)"\n');
  chmodSync(path.join(tools, 'temporal'), 0o755);
  const ended = await start({
    PATH: tools,
    XDG_CACHE_HOME: clone.scratch('empty-cache'),
    HTTPS_PROXY: 'http://127.0.0.1:1',
    KURATOR_DATA: dataFolder('no-engine'),
    PORT: String(await freePort()),
  });
  expectSentence(ended, 'The engine is missing: install the Temporal CLI 1.5.1');
  expect(ended.stdout).toContain('brings server 1.31.0, 1.29.1 is needed');
});
