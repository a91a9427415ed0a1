import { spawn } from 'node:child_process';
import { Fault, createTail } from './process.mjs';

/**
 * Runs a program to its end. What it prints is shown only when it fails.
 * @param {string} what for the sentence: "The pages could not be built"
 * @param {string} file
 * @param {string[]} args
 * @param {{ env?: NodeJS.ProcessEnv, cwd?: string, timeoutMs?: number, log?: (line: string) => void,
 *   explain?: (output: string) => string }} [options] `explain` picks what matters out of what it printed
 */
export const runCommand = (what, file, args, { env = {}, cwd, timeoutMs, log, explain = (output) => output } = {}) =>
  new Promise((done, fail) => {
    const started = Date.now();
    const tail = createTail(120);
    const child = spawn(file, args, { cwd, env: { ...process.env, ...env }, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.on('data', tail.add);
    child.stderr.on('data', tail.add);
    const seconds = () => Math.round((Date.now() - started) / 1000);
    const patience = log && setInterval(() => log(`still at it (${seconds()} s)`), 20_000);
    const limit = timeoutMs && setTimeout(() => child.kill('SIGKILL'), timeoutMs);
    const settle = (error) => {
      clearInterval(patience);
      clearTimeout(limit);
      if (error) fail(error);
      else done(undefined);
    };
    child.on('error', (error) =>
      settle(
        new Fault(error.code === 'ENOENT' ? `${what}: "${file}" is not installed.` : `${what}: ${error.message}.`),
      ),
    );
    child.on('close', (code, signal) => {
      if (code === 0) settle();
      else if (signal && timeoutMs) settle(new Fault(`${what}: it took longer than ${timeoutMs / 1000} s.`));
      else settle(new Fault(`${what}:\n${explain(tail.text()).split('\n').slice(-40).join('\n')}`));
    });
  });
