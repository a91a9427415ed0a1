import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a Node program to its end, or kills it with everything it started when its seconds are over: a worker caught in
 * an endless loop hears no signal that asks, and would outlive its parent.
 * @returns {Promise<{ passed: boolean, output: string }>} `passed`: it ended by itself, with 0
 */
export const runBounded = (args, { cwd, seconds }) =>
  new Promise((resolve) => {
    // A group of its own is what can be killed whole; the terminal's Ctrl-C no longer reaches it.
    const child = spawn(process.execPath, args, {
      cwd,
      detached: true,
      env: { ...process.env, NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const killAll = () => {
      try {
        process.kill(-child.pid, 'SIGKILL');
      } catch {
        // All of it has ended.
      }
    };
    const stop = () => process.exit(1);
    process.once('exit', killAll);
    for (const signal of signals) process.once(signal, stop);
    const timer = setTimeout(killAll, seconds * 1000);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('exit', (code) => {
      clearTimeout(timer);
      killAll();
      process.off('exit', killAll);
      for (const signal of signals) process.off(signal, stop);
      resolve({ passed: code === 0, output });
    });
  });
