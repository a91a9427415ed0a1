import { execFileSync } from 'node:child_process';
import { randomInt } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

/** A fault that the user can mend: its message is the one sentence to print, without a stack. */
export class Fault extends Error {}

/** @param {number} pid */
export const isAlive = (pid) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error.code === 'EPERM';
  }
};

/**
 * What a process was started with, so that a number from an old file is never taken for a process that only
 * inherited the number. Empty when there is no such process.
 * @param {number} pid
 */
export const commandLine = (pid) => {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
    return execFileSync('ps', ['-p', String(pid), '-o', 'command='], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    }).trim();
  } catch {
    return '';
  }
};

/** @param {number} pid @returns {number | undefined} the process that started it, or that took it over */
export const parentOf = (pid) => {
  try {
    if (process.platform === 'linux')
      // The name in brackets may hold anything; the fields are counted from its end.
      return Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${pid}/stat`, 'utf8'))?.[1]);
    return Number(execFileSync('ps', ['-p', String(pid), '-o', 'ppid='], { encoding: 'utf8' }));
  } catch {
    return undefined;
  }
};

/** A killed process whose parent has not yet asked for its end still answers to signals; it is gone all the same. */
const isZombie = (pid) => {
  if (process.platform !== 'linux') return false;
  try {
    return /\) Z /.test(readFileSync(`/proc/${pid}/stat`, 'utf8'));
  } catch {
    return false;
  }
};

/** @param {number} pid @param {number} timeoutMs @returns {Promise<boolean>} whether it ended */
export const waitForEnd = async (pid, timeoutMs) => {
  const until = Date.now() + timeoutMs;
  while (isAlive(pid) && !isZombie(pid)) {
    if (Date.now() > until) return false;
    await sleep(25);
  }
  return true;
};

const signal = (pid, name) => {
  try {
    process.kill(pid, name);
  } catch {
    // It ended between the question and the signal.
  }
};

/**
 * Ends one process by its id: the polite signal, a wait, then SIGKILL.
 * @param {number} pid
 * @param {{ polite?: NodeJS.Signals, timeoutMs?: number }} [options]
 */
export const endProcess = async (pid, { polite = 'SIGTERM', timeoutMs = 10_000 } = {}) => {
  signal(pid, polite);
  if (await waitForEnd(pid, timeoutMs)) return;
  signal(pid, 'SIGKILL');
  await waitForEnd(pid, 5_000);
};

/**
 * @param {number} port
 * @param {string} [host]
 * @returns {Promise<string | undefined>} why one cannot listen there: EADDRINUSE, EACCES
 */
export const portTrouble = (port, host = '127.0.0.1') =>
  new Promise((resolve) => {
    const probe = createServer();
    // Other codes say that the machine lacks the address itself (no IPv6), which is no trouble with the port.
    probe.once('error', ({ code }) => resolve(['EADDRINUSE', 'EACCES'].includes(code) ? code : undefined));
    probe.listen({ port, host, exclusive: true }, () => probe.close(() => resolve(undefined)));
  });

/** Where the ports begin that the system gives to outbound connections: what is picked among them may be taken before it is bound. */
const firstOutboundPort = () => {
  try {
    return Number(readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8').trim().split(/\s+/)[0]) || 32_768;
  } catch {
    // IANA's range, which other systems keep to, begins higher still (RFC 6335, section 6).
    return 32_768;
  }
};

const systemsChoice = () =>
  new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', reject);
    probe.listen(0, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });

/** Drawn by this process already: given and perhaps not bound yet, or in use by another program. */
const given = new Set();

/**
 * A port of the loopback interface that was free a moment ago, below those of outbound connections. Another program
 * may still take it before it is bound: whoever can, picks again.
 * @param {(start: number, end: number) => number} [draw] a number from start up to, but not, end
 * @returns {Promise<number>}
 */
export const freePort = async (draw = randomInt) => {
  const end = firstOutboundPort();
  // The upper half leaves alone what programs are known by: 3000, 5432, 7233.
  const start = Math.max(1_024, Math.floor(end / 2));
  for (let attempt = 0; attempt < 100 && start < end; attempt += 1) {
    const port = draw(start, end);
    if (given.has(port)) continue;
    // Before the question: whoever asks for a port meanwhile may draw the same number and be told as well that it is free.
    given.add(port);
    if (!(await portTrouble(port))) return port;
  }
  return systemsChoice();
};

/** The last lines of what a child printed, kept to be shown when it dies. */
export const createTail = (limit = 200) => {
  const lines = [];
  return {
    add: (chunk) => {
      lines.push(...String(chunk).split('\n').filter(Boolean));
      lines.splice(0, Math.max(0, lines.length - limit));
    },
    text: () => lines.join('\n'),
    /** @param {RegExp} pattern the last line that matches, or nothing */
    last: (pattern) => lines.findLast((line) => pattern.test(line)),
  };
};
