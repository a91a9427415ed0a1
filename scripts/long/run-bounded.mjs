import { spawn } from 'node:child_process';

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'];

/**
 * Runs a Node program to its end, or kills it with everything it started when `sign` (what it shows of itself) has not
 * changed for so many seconds: a worker caught in an endless loop hears no signal that asks, and would outlive its parent.
 * @returns {Promise<{ killed: boolean, output: string }>}
 */
export const runBounded = (args, { cwd, env, seconds, sign }) =>
  new Promise((resolve) => {
    // A group of its own is what can be killed whole; the terminal's Ctrl-C no longer reaches it.
    const child = spawn(process.execPath, args, {
      cwd,
      detached: true,
      env: { ...process.env, NO_COLOR: '1', ...env },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let killed = false;
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
    let last = { sign: sign(), at: Date.now() };
    const timer = setInterval(() => {
      const now = sign();
      if (now !== last.sign) last = { sign: now, at: Date.now() };
      else if (Date.now() - last.at > seconds * 1000) {
        killed = true;
        killAll();
      }
    }, 250);
    let output = '';
    const keep = (chunk) => {
      output = (output + chunk).slice(-100_000);
    };
    child.stdout.on('data', keep);
    child.stderr.on('data', keep);
    child.on('exit', () => {
      clearInterval(timer);
      killAll();
      process.off('exit', killAll);
      for (const signal of signals) process.off(signal, stop);
      resolve({ killed, output });
    });
  });
