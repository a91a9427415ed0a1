import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { signIn } from '../../cli/api-client.ts';
import { readOffices, type Office } from '../../cli/demo-office.ts';
import { readFamilies } from '../../cli/demo-stories.ts';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { endProcess, freePort, isAlive } from '../../scripts/lib/process.mjs';
import { runScript, spawnScript } from '../support/clone.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));
const parent = mkdtempSync(path.join(tmpdir(), 'kurator-reset-'));
const data = path.join(parent, 'data');
const port = String(await freePort());
const origin = `http://localhost:${port}`;
const env = { KURATOR_DATA: data, PORT: port };
const families = await readFamilies();
const offices = await readOffices(new Set(families.map(({ regulation }) => regulation)));

interface Row {
  id: string;
  family: string;
  training: boolean;
}

let product: { process: ChildProcess; said: () => string } | undefined;

const start = async (upTo = 'Ctrl-C stops it'): Promise<string> => {
  const child = spawnScript(root, ['scripts/start.mjs'], env);
  let said = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', (chunk: Buffer) => (said += chunk.toString()));
  product = { process: child, said: () => said };
  await until(upTo, () => {
    if (child.exitCode !== null) throw new Error(said);
    return said.includes(upTo);
  });
  return said;
};

const until = async (what: string, holds: () => boolean, timeoutMs = 150_000): Promise<void> => {
  for (const end = Date.now() + timeoutMs; !holds(); await new Promise((resolve) => setTimeout(resolve, 20)))
    if (Date.now() > end) throw new Error(`"${what}" did not come within ${timeoutMs} ms:\n${product?.said()}`);
};

const stop = async (): Promise<void> => {
  const child = product?.process;
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  child.kill('SIGINT');
  await once(child, 'exit');
};

const reset = (...options: string[]) => runScript(root, ['cli/kurator.mjs', 'demo', 'reset', ...options], env);

const headOf = (office: Office) =>
  signIn(origin, office.staff.find(({ role }) => role === 'head')?.email ?? '', office.password);

const casesOf = async (office: Office): Promise<Row[]> =>
  (await (await headOf(office)).get<{ items: Row[] }>('/cases?limit=200')).items;

const allFamilies = async (): Promise<string[]> =>
  (await Promise.all(offices.map(casesOf))).flatMap((rows) => rows.map(({ family }) => family)).sort();

const told = families.map(({ family }) => family.name).sort();

/** Beside the stopped product. */
const onRecords = async (sql: string): Promise<void> => {
  const server = await startPostgres({ dataDir: path.join(data, 'postgres'), database: 'kurator' });
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
    await server.stop();
  }
};

const kept = (): string[] => readdirSync(parent).filter((name) => name.startsWith('data.before-reset-'));

beforeAll(() => start());

afterAll(async () => {
  await stop();
  for (const [file, polite] of [
    ['postgres/postmaster.pid', 'SIGINT'],
    ['engine.db.pid', 'SIGTERM'],
  ] as const) {
    const left = path.join(data, file);
    const pid = existsSync(left) ? Number(readFileSync(left, 'utf8').split('\n')[0]) : 0;
    if (pid && isAlive(pid)) await endProcess(pid, { polite, timeoutMs: 15_000 });
  }
  rmSync(parent, { recursive: true, force: true });
});

test('each family to play with goes on four times by "next event", and something happens each time', async () => {
  expect(await allFamilies()).toEqual(told);
  const lived: string[] = [];
  for (const office of offices) {
    const head = await headOf(office);
    for (const { id, family } of (await casesOf(office)).filter(({ training }) => training)) {
      lived.push(family);
      const steps: (string | undefined)[] = [];
      for (let event = 0; event < 4; event++) {
        const { fired, nextEvent } = await head.post<{ fired: number; nextEvent: { step: string } | null }>(
          `/cases/${id}/advance`,
          { to: 'nextEvent' },
          `${id}-${event}`,
        );
        expect(fired, `${family}, event ${event}`).toBeGreaterThan(0);
        steps.push(nextEvent?.step);
      }
      expect(steps, family).toContainEqual(expect.stringMatching(/^(overdue|escalate-)/));
    }
  }
  expect(lived).toHaveLength(5);
});

test('while Kurator runs nothing is reset', async () => {
  const [office] = offices as [Office];
  const head = await headOf(office);
  await head.post(
    '/cases',
    {
      ...{ on: (await head.get<{ today: string }>('/me')).today, ground: 'application', category: 'lowIncome' },
      ...{ form: 'group', family: { name: 'Семья Самодельных', members: [] } },
    },
    'own-family',
  );
  const refused = await reset('--yes');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain(`Kurator runs on ${data} (process ${product?.process.pid})`);
  expect(kept()).toEqual([]);
  await stop();
});

test('what is no demo, or is set to other servers, is left alone', async () => {
  const other = path.join(parent, 'other');
  const run = (settings: NodeJS.ProcessEnv) => runScript(root, ['scripts/demo-reset.mjs', '--yes'], settings);
  expect((await run({ KURATOR_DATA: other })).stderr).toBe(`${other} does not exist: npm start makes a demo in it.`);
  mkdirSync(path.join(other, 'postgres'), { recursive: true });
  expect(await run({ KURATOR_DATA: other })).toMatchObject({
    code: 1,
    stderr: `${other} holds no demo of Kurator, so nothing was touched.`,
  });
  for (const name of ['DATABASE_URL', 'TEMPORAL_ADDRESS'])
    expect((await run({ ...env, [name]: 'elsewhere' })).stderr).toMatch(new RegExp(`^${name} is set: `));
  expect(readdirSync(parent).sort()).toEqual(['data', 'other']);
});

test('an institution that is none of the demo keeps it, whatever one says', async () => {
  await onRecords(
    `INSERT INTO institutions (id, name, zone, regulation, hours) VALUES
     ('00000000-0000-4000-8000-000000000001', 'Настоящий центр', 'Europe/Moscow', 'borovichi', '{}')`,
  );
  const refused = await reset('--yes');
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('holds more than the demo (Настоящий центр), so nothing was touched');
  await onRecords(`DELETE FROM institutions WHERE name = 'Настоящий центр'`);
  expect(kept()).toEqual([]);
});

test('nobody there to ask: the families that people entered are named, and nothing is touched', async () => {
  const refused = await reset();
  expect(refused.code).toBe(1);
  expect(refused.stderr).toContain('with the 1 family that people entered. Nobody is there to ask');
  expect(kept()).toEqual([]);
});

const terminal = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false;

/** The same at a terminal, where a person types the answer once he is asked. */
const typed = async (answer: string): Promise<string> => {
  const child = spawn('script', ['-qec', `"${process.execPath}" cli/kurator.mjs demo reset`, '/dev/null'], {
    cwd: root,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], SHELL: '/bin/sh', ...env },
  });
  let said = '';
  let asked = false;
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (asked || !said.includes('[y/N] ')) return;
      asked = true;
      child.stdin.write(`${answer}\n`);
    });
  const limit = setTimeout(() => child.kill('SIGKILL'), 60_000);
  const [code] = (await once(child, 'close')) as [number | null];
  clearTimeout(limit);
  expect({ asked, code }, said).toEqual({ asked: true, code: 0 });
  return said;
};

// No pty without util-linux's script, which every Linux has.
test.skipIf(!terminal)('asked at a terminal, only a typed yes sets it aside, in either language', async () => {
  await stop();
  for (const answer of ['', 'n', 'maybe']) {
    expect(await typed(answer)).toContain('Nothing was touched.');
    expect(kept()).toEqual([]);
    expect(existsSync(path.join(data, 'start.lock'))).toBe(false);
  }
  expect(await typed('Да')).toContain('The demo is reset');
  const [aside] = kept();
  expect(existsSync(data)).toBe(false);
  // Back again: the tests below go on with it.
  renameSync(path.join(parent, aside ?? 'none'), data);
});

test('a reset that is killed midway has touched nothing', async () => {
  const child = spawnScript(root, ['scripts/demo-reset.mjs', '--yes'], env);
  await until('its look into the records', () => existsSync(path.join(data, 'postgres', 'postmaster.pid')));
  child.kill('SIGKILL');
  await once(child, 'exit');
  expect(kept()).toEqual([]);
  await start();
  expect(await allFamilies()).toEqual([...told, 'Семья Самодельных'].sort());
  await stop();
});

test('it sets everything aside; a new start that is killed midway is completed by the next', async () => {
  const done = await reset('--yes');
  expect(done).toMatchObject({ code: 0, stderr: '' });
  const [aside] = kept();
  expect(done.stdout).toContain(path.join(parent, aside ?? 'none'));
  expect(readdirSync(path.join(parent, aside ?? 'none'))).toEqual(
    expect.arrayContaining(['postgres', 'engine.db', 'secrets.json']),
  );
  expect(readdirSync(path.join(parent, aside ?? 'none'))).not.toContain('start.lock');
  expect(existsSync(data)).toBe(false);

  await start('Making the demo families');
  const child = product?.process;
  child?.kill('SIGKILL');
  if (child) await once(child, 'exit');
  const said = await start();
  expect(said).not.toContain('left out');
  expect(await allFamilies()).toEqual(told);
}, 300_000);
