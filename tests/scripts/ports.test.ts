import { randomInt } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer, type AddressInfo, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { freePort, portTrouble } from '../../scripts/lib/process.mjs';
import { startTemporal } from '../../scripts/lib/temporal.mjs';
import { startChild, type Child } from '../../scripts/start/child.mjs';
import { startMailbox } from '../../scripts/start/mailbox.mjs';

const root = fileURLToPath(new URL('../..', import.meta.url));
let folder: string;
let rivals: Server[];

beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), 'kurator-ports-'));
  for (const name of ['logs', 'run']) mkdirSync(path.join(folder, name));
  rivals = [];
});

afterEach(async () => {
  await Promise.all(rivals.map(leave));
  rmSync(folder, { recursive: true, force: true });
});

const take = async (port: number): Promise<Server> => {
  const rival = createServer().listen(port, '127.0.0.1');
  await once(rival, 'listening');
  rivals.push(rival);
  return rival;
};

const leave = async (rival: Server): Promise<void> => {
  if (!rival.listening) return;
  rival.close();
  await once(rival, 'close');
};

const launcher = (port: () => number | undefined) => (): Child =>
  startChild({
    ...{ root, script: 'platform/mail/mailbox-main.ts', name: 'mailbox' },
    env: {
      ...(process.env as Record<string, string>),
      KURATOR_MAILBOX: path.join(folder, 'mailbox'),
      SMTP_URL: `smtp://127.0.0.1:${port()}`,
    },
    data: { path: (...names) => path.join(folder, ...names) },
  });

test('a port that is picked is none that an outbound connection may take before it is bound', async () => {
  const range = process.platform === 'linux' ? readFileSync('/proc/sys/net/ipv4/ip_local_port_range', 'utf8') : '32768';
  const picked = await Promise.all(Array.from({ length: 20 }, () => freePort()));
  expect(Math.max(...picked)).toBeLessThan(Number.parseInt(range, 10));
});

test('no port is given twice, also where many who ask at once draw the same number', async () => {
  for (let round = 0; round < 5; round += 1) {
    const fewNumbers = (_start: number, end: number): number => end - 60 * (round + 1) + randomInt(60);
    const picked = await Promise.all(Array.from({ length: 40 }, () => freePort(fewNumbers)));
    expect(new Set(picked).size).toBe(40);
  }
});

test('another program was faster at the port that was picked for the mailbox: another one is picked', async () => {
  const ports: { mail?: number | undefined } = {};
  const lost: number[] = [];
  const launch = launcher(() => ports.mail);
  const afterTheRival = async (): Promise<Child> => {
    if (lost.length < 2 && ports.mail !== undefined) {
      await take(ports.mail);
      lost.push(ports.mail);
    }
    return launch();
  };
  const mailbox = await startMailbox({ ports, asked: undefined, launch: afterTheRival });
  try {
    expect(lost).toHaveLength(2);
    expect(lost).not.toContain(ports.mail);
    expect(await portTrouble(ports.mail ?? 0)).toBe('EADDRINUSE');
    const kept = ports.mail;
    await mailbox.stop();
    // Worker and api were told of it: another one would be a mailbox that nobody writes to.
    const again = await startMailbox({ ports, asked: undefined, launch });
    expect(ports.mail).toBe(kept);
    await again.stop();
  } finally {
    await mailbox.stop();
  }
}, 60_000);

test('a mailbox whose address somebody asked for is told by one sentence', async () => {
  const rival = await take(0);
  const { port } = rival.address() as AddressInfo;
  const start = startMailbox({ ports: {}, asked: `smtp://127.0.0.1:${port}`, launch: launcher(() => port) });
  await expect(start).rejects.toThrow(new RegExp(`^Port ${port} of SMTP_URL is in use by another program\\.$`));
});

test('the engine is started again where a port of it was taken in between', async () => {
  const port = await freePort();
  const rival = await take(port);
  const said: string[] = [];
  const engine = await startTemporal({
    ...{ dbFile: null, external: '', port },
    log: (line) => {
      said.push(line);
      if (line.includes('address already in use')) void leave(rival);
    },
  });
  try {
    expect(said.join('\n')).toContain('trying again');
    expect(engine.address).toBe(`127.0.0.1:${port}`);
  } finally {
    await engine.stop();
  }
}, 60_000);
