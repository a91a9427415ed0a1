import { spawn } from 'node:child_process';
import { appendFileSync, existsSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { commandLine, createTail, endProcess, isAlive } from '../lib/process.mjs';

const keptLogBytes = 20 * 1024 * 1024;

/**
 * A log file of one process; the one before is kept as `.1`. A full disk must not take the product down with its log,
 * nor the log with it: each piece is written for itself, so that the first one that finds room again says what is missing.
 */
export const openLog = (file) => {
  let lost = 0;
  let bytes = existsSync(file) ? statSync(file).size : 0;
  return (chunk) => {
    const gap = lost > 0 ? `\n${lost} pieces of this log could not be written\n` : '';
    const text = `${gap}${chunk}${String(chunk).endsWith('\n') ? '' : '\n'}`;
    try {
      if (bytes > keptLogBytes) {
        renameSync(file, `${file}.1`);
        bytes = 0;
      }
      appendFileSync(file, text, { mode: 0o600 });
      bytes += Buffer.byteLength(text);
      lost = 0;
    } catch {
      lost += 1;
    }
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
