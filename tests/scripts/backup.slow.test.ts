import { createHash } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startPostgres } from '../../scripts/lib/postgres.mjs';
import { makeClone, runScript } from '../support/clone.ts';
import type { Clone } from '../support/clone.ts';

describe('backup and restore of a data folder', () => {
  let clone: Clone;
  let data: string;
  const at = (...names: string[]): string => path.join(data, ...names);
  const run = (script: string, ...args: string[]) =>
    runScript(clone.root, [`scripts/${script}.mjs`, ...args], { KURATOR_DATA: data });

  beforeAll(async () => {
    clone = makeClone(['scripts']);
    data = clone.scratch('data');
    mkdirSync(data, { mode: 0o711 });
    await write('first');
    writeFileSync(at('secrets.json'), JSON.stringify({ key: 'a key' }), { mode: 0o600 });
    const versions = `const { ownVersions } = await import('./scripts/start/data-folder.mjs'); process.stdout.write(JSON.stringify(ownVersions));`;
    const { stdout } = await runScript(clone.root, ['--input-type=module', '-e', versions]);
    writeFileSync(at('versions.json'), stdout);
    writeFileSync(at('engine.db'), 'engine, first');
    mkdirSync(at('logs'));
    writeFileSync(at('logs', 'api.log'), 'not of the backup');
  });
  afterAll(() => clone?.remove());

  /** Starts the records, runs a statement and stops them as Ctrl-C does. */
  async function onRecords<T extends object>(sql: string): Promise<T[]> {
    const server = await startPostgres({ dataDir: at('postgres') });
    const client = new pg.Client({ connectionString: server.url });
    await client.connect();
    try {
      return (await client.query<T>(sql)).rows;
    } finally {
      await client.end();
      await server.stop();
    }
  }
  const write = (word: string) =>
    onRecords(`CREATE TABLE IF NOT EXISTS words (word text); INSERT INTO words VALUES ('${word}')`);
  const words = async () => (await onRecords<{ word: string }>('SELECT word FROM words')).map(({ word }) => word);

  it('a backup is whole, and setting it back brings its instant back', async () => {
    const backup = clone.scratch('backup');
    const made = await run('backup', backup);
    expect(made.stderr).toBe('');
    expect(made.stdout).toMatch(/\d+ files, [\d.]+ MB, each with its checksum/);
    expect(existsSync(path.join(backup, 'logs'))).toBe(false);
    await write('second');
    writeFileSync(at('engine.db'), 'engine, second');

    const refused = await run('restore', backup);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/is not empty .*add --replace/);
    expect(await words()).toEqual(['first', 'second']);

    const restored = await run('restore', backup, '--replace');
    expect(restored.stderr).toBe('');
    expect(await words()).toEqual(['first']);
    expect(readFileSync(at('engine.db'), 'utf8')).toBe('engine, first');
    const { madeAt } = JSON.parse(readFileSync(path.join(backup, 'manifest.json'), 'utf8')) as { madeAt: string };
    expect(readFileSync(at('restored'), 'utf8').startsWith(`${madeAt} `)).toBe(true);
    // What was there before is kept beside it.
    const [kept] = readdirSync(data).filter((name) => name.startsWith('before-restore-'));
    expect(readFileSync(at(kept as string, 'engine.db'), 'utf8')).toBe('engine, second');
  });

  it('one part alone: the engine stays where it is when the records are set back, and the other way round', async () => {
    const backup = clone.scratch('parts');
    await run('backup', backup);
    await write('third');
    writeFileSync(at('engine.db'), 'engine, third');
    expect((await run('restore', backup, '--replace', '--only', 'records')).stderr).toBe('');
    expect(await words()).toEqual(['first']);
    expect(readFileSync(at('engine.db'), 'utf8')).toBe('engine, third');
    await write('fourth');
    expect((await run('restore', backup, '--replace', '--only', 'engine')).stderr).toBe('');
    expect(readFileSync(at('engine.db'), 'utf8')).toBe('engine, first');
    expect(await words()).toEqual(['first', 'fourth']);
  });

  it('refuses while Kurator runs, or its PostgreSQL is left running, and leaves nothing half-made', async () => {
    const server = await startPostgres({ dataDir: at('postgres') });
    const refused = await run('backup', clone.scratch('never'));
    expect(refused.stderr).toMatch(/A server of an earlier start still runs .*then make the backup\./);
    await server.stop();
    writeFileSync(at('start.lock'), `${process.pid}\nvitest`);
    const running = await run('backup', clone.scratch('never'));
    rmSync(at('start.lock'), { force: true });
    expect(running.stderr).toMatch(/Kurator runs on .* \(process \d+\): stop it with Ctrl-C, then make the backup\./);
    expect(existsSync(clone.scratch('never'))).toBe(false);
    expect(existsSync(clone.scratch('never.making'))).toBe(false);
  });

  it('a damaged backup, one of another version and a folder that is none are refused before anything is touched', async () => {
    const backup = clone.scratch('damaged');
    await run('backup', backup);
    const before = await words();
    appendFileSync(path.join(backup, 'engine.db'), '!');
    expect((await run('restore', backup, '--replace')).stderr).toMatch(
      /is damaged: engine\.db is not as it was written/,
    );
    rmSync(path.join(backup, 'engine.db'));
    expect((await run('restore', backup, '--replace')).stderr).toMatch(/is not whole: engine\.db is missing/);
    const file = path.join(clone.scratch('parts'), 'manifest.json');
    const text = readFileSync(file, 'utf8');
    writeFileSync(file, text.replace(/"postgres": "\d+"/, '"postgres": "9"'));
    expect((await run('restore', clone.scratch('parts'), '--replace')).stderr).toMatch(/was made with postgres 9/);
    expect((await run('restore', data, '--replace')).stderr).toMatch(/is no backup of Kurator/);
    expect((await run('backup', backup)).stderr).toMatch(/exists already/);
    expect(await words()).toEqual(before);
  });

  it('a backup whose list leads out of it, or that holds links, is refused: root would write there', async () => {
    const backup = clone.scratch('hostile');
    await run('backup', backup);
    const file = path.join(backup, 'manifest.json');
    const whole = readFileSync(file, 'utf8');
    const manifest = JSON.parse(whole) as { files: { path: string; sha256?: string }[] };
    const stranger = clone.scratch('stranger');
    writeFileSync(stranger, 'engine, first');
    const sha256 = createHash('sha256').update('engine, first').digest('hex');
    for (const out of ['postgres/../../stranger', '../stranger', 'postgres//x', stranger]) {
      const files = [...manifest.files, { path: out, mode: 0o600, owner: [0, 0], bytes: 13, sha256 }];
      writeFileSync(file, JSON.stringify({ ...manifest, files }));
      expect((await run('restore', backup, '--replace')).stderr, out).toMatch(/leads out of the folder/);
    }
    writeFileSync(file, whole);
    rmSync(path.join(backup, 'engine.db'));
    symlinkSync(stranger, path.join(backup, 'engine.db'));
    expect((await run('restore', backup, '--replace')).stderr).toMatch(/engine\.db is not what it was/);
  });

  it('a restore that was cut off is no new installation: nothing starts until it is repeated', async () => {
    const backup = clone.scratch('again');
    await run('backup', backup);
    writeFileSync(at('restore-cut-off'), '');
    const open = `const { openDataFolder } = await import('./scripts/start/data-folder.mjs'); openDataFolder(process.env.KURATOR_DATA);`;
    const start = () => runScript(clone.root, ['--input-type=module', '-e', open], { KURATOR_DATA: data });
    expect((await start()).stderr).toMatch(/was cut off: repeat it with --replace/);
    expect((await run('restore', backup, '--replace', '--only', 'engine')).stderr).toMatch(/repeat that one/);
    expect((await run('restore', backup, '--replace')).stderr).toBe('');
    expect((await start()).stderr).toBe('');
  });
});
