import { execFile, execFileSync, spawn } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { homedir } from 'node:os';
import { delimiter, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Fault, createTail } from './process.mjs';

/** One pinned engine, however it comes to the machine: a case that runs for years is replayed by a known server. */
export const serverVersion = '1.29.1';
const cliVersion = '1.5.1';
const goPackage = `github.com/temporalio/cli/cmd/temporal@v${cliVersion}`;
const programName = process.platform === 'win32' ? 'temporal.exe' : 'temporal';

/** @returns {string} the user's folder for what is made once and serves every checkout */
export const cacheFolder = () => join(process.env.XDG_CACHE_HOME || join(homedir(), '.cache'), 'kurator');

const engineFolder = () => join(cacheFolder(), `temporal-${cliVersion}`);

const reports = async (executable) => {
  try {
    const { stdout } = await promisify(execFile)(executable, ['--version'], { timeout: 20_000 });
    // A CLI that Go built calls itself 0.0.0-DEV: only the server's version can be trusted.
    return /Server (\d+\.\d+\.\d+)/.exec(stdout)?.[1];
  } catch {
    return undefined;
  }
};

const isExecutable = (file) => {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
};

const findOnPath = async (log) => {
  for (const folder of (process.env.PATH ?? '').split(delimiter).filter(Boolean)) {
    const candidate = resolve(folder, programName);
    if (!isExecutable(candidate)) continue;
    const version = await reports(candidate);
    if (version === serverVersion) return candidate;
    log(
      `Temporal: ${candidate} brings server ${version ?? 'of an unknown version'}, ${serverVersion} is needed; passing it by`,
    );
  }
  return undefined;
};

const findCached = async () => {
  const candidate = join(engineFolder(), programName);
  return isExecutable(candidate) && (await reports(candidate)) === serverVersion ? candidate : undefined;
};

const keep = async (candidate) => {
  if ((await reports(candidate)) !== serverVersion) return undefined;
  const kept = join(engineFolder(), programName);
  renameSync(candidate, kept);
  return kept;
};

/**
 * The vendor's testing library knows where its releases lie. It runs in a process of its own: without a way out of
 * the network it may hang, and then it is ended.
 */
const download = async (log) => {
  try {
    createRequire(import.meta.url).resolve('@temporalio/testing');
  } catch {
    return undefined;
  }
  log('Temporal: trying the download of the vendor (about 100 MB, 2 minutes at most)');
  const folder = join(engineFolder(), `download-${process.pid}`);
  mkdirSync(folder, { recursive: true });
  const program = `
    const { TestWorkflowEnvironment } = await import('@temporalio/testing');
    const executable = { type: 'cached-download', version: 'v${cliVersion}', downloadDir: process.argv[1] };
    const environment = await TestWorkflowEnvironment.createLocal({ server: { executable } });
    await environment.teardown();
    process.exit(0);`;
  try {
    await promisify(execFile)(process.execPath, ['--input-type=module', '-e', program, folder], {
      cwd: fileURLToPath(new URL('.', import.meta.url)),
      timeout: 120_000,
      killSignal: 'SIGKILL',
    });
    for (const name of readdirSync(folder)) {
      const kept = await keep(join(folder, name));
      if (kept) return kept;
    }
  } catch {
    log('Temporal: the download is not possible here');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return undefined;
};

const buildWithGo = async (log) => {
  try {
    execFileSync('go', ['version'], { stdio: 'ignore' });
  } catch {
    return undefined;
  }
  log('Temporal: building the engine with Go, once for this user; about 3 minutes on 2 cores');
  const target = join(engineFolder(), `build-${process.pid}`);
  mkdirSync(target, { recursive: true });
  const started = Date.now();
  const tail = createTail(20);
  const progress = setInterval(
    () => log(`Temporal: still building (${Math.round((Date.now() - started) / 1000)} s)`),
    20_000,
  );
  try {
    const code = await new Promise((done, fail) => {
      const child = spawn('go', ['install', goPackage], {
        env: { ...process.env, GOBIN: target, GOFLAGS: '' },
        stdio: ['ignore', 'ignore', 'pipe'],
      });
      child.stderr.on('data', tail.add);
      child.on('error', fail);
      child.on('close', done);
    });
    if (code !== 0)
      throw new Fault(
        `The engine could not be built with "go install ${goPackage}": ${tail.text().split('\n').at(-1)}`,
      );
    return await keep(join(target, programName));
  } finally {
    clearInterval(progress);
    rmSync(target, { recursive: true, force: true });
  }
};

/** @returns {Promise<string | undefined>} the engine's program if it is on this machine already */
export const findTemporalBinary = async (log = () => {}) => (await findOnPath(log)) ?? (await findCached());

/**
 * The engine's program, in the order that docs/operations.md promises: on PATH, kept from before, downloaded, built.
 * @param {(line: string) => void} [log]
 * @returns {Promise<string>} path of a `temporal` whose server is `serverVersion`
 */
export const getTemporalBinary = async (log = () => {}) => {
  const present = await findTemporalBinary(log);
  if (present) return present;
  if (!existsSync(engineFolder())) mkdirSync(engineFolder(), { recursive: true });
  const made = (await download(log)) ?? (await buildWithGo(log));
  if (made) return made;
  throw new Fault(
    `The engine is missing: install the Temporal CLI ${cliVersion} (server ${serverVersion}) so that "temporal" is on PATH, or install Go, or set TEMPORAL_ADDRESS to a Temporal server.`,
  );
};
