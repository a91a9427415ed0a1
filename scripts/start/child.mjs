import { spawn } from 'node:child_process';
import { createWriteStream, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, createTail, endProcess, isAlive } from '../lib/process.mjs';

const keptLogBytes = 20 * 1024 * 1024;

/** A log file of one process; the one before is kept as `.1`. A full disk must not take the product down with its log. */
export const openLog = (file) => {
  if (existsSync(file) && statSync(file).size > keptLogBytes) renameSync(file, `${file}.1`);
  const stream = createWriteStream(file, { flags: 'a', mode: 0o600 });
  stream.on('error', () => {});
  return (chunk) => {
    if (!stream.destroyed) stream.write(String(chunk).endsWith('\n') ? chunk : `${chunk}\n`);
  };
};

/**
 * Ends what an earlier, killed start left running, by the id it noted and only if that is still the same program.
 * @param {string} pidFile
 * @param {string} script
 */
export const endLeftover = async (pidFile, script, say) => {
  if (!existsSync(pidFile)) return;
  const pid = Number(readFileSync(pidFile, 'utf8'));
  if (pid && isAlive(pid) && commandLine(pid).includes(script)) {
    say(`Ending ${script} that an earlier start left behind (process ${pid})`);
    await endProcess(pid, { timeoutMs: 5_000 });
  }
  rmSync(pidFile, { force: true });
};

/**
 * Starts one of our own programs.
 * @param {{ root: string, script: string, name: string, env: Record<string, string>, data: { path: (...names: string[]) => string } }} options
 */
export const startChild = ({ root, script, name, env, data }) => {
  const pidFile = data.path('run', `${name}.pid`);
  const log = openLog(data.path('logs', `${name}.log`));
  const preload = join(root, 'scripts', 'lib', 'end-with-parent.mjs');
  const child = spawn(process.execPath, ['--import', preload, '--import', 'tsx', script], {
    cwd: root,
    env,
    // A group of its own: Ctrl-C reaches the start alone, which stops everything in order.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  if (child.pid) writeFileSync(pidFile, String(child.pid));
  const errors = createTail(30);
  child.stdout.on('data', log);
  child.stderr.on('data', (chunk) => {
    errors.add(chunk);
    log(chunk);
  });
  const ended = new Promise((done) => {
    child.once('error', (error) => {
      errors.add(error.message);
      done({ code: 1, signal: null });
    });
    child.once('close', (code, signal) => done({ code, signal }));
  });
  const listening = new Promise((done) => {
    child.on('message', (word) => word === 'listening' && done(word));
  });
  return {
    pid: child.pid,
    errors,
    ended,
    /** Of a program that serves others: settles once its port is bound. */
    listening,
    stop: async () => {
      if (child.pid) await endProcess(child.pid, { timeoutMs: 20_000 });
      await ended;
      rmSync(pidFile, { force: true });
    },
  };
};
