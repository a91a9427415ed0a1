import { createServer, type Server } from 'node:http';
import { connect, type AddressInfo } from 'node:net';
import { afterEach, expect, it, vi } from 'vitest';
import { createStreams, type Streams } from '../../api/streams.ts';
import type { Watcher } from '../../api/services/services.ts';
import type { Actor } from '../../domain/access/actor.ts';

const actor: Actor = {
  staffId: 'curator',
  institutionId: 'office',
  role: 'curator',
  body: null,
  department: null,
  agency: null,
};
const at = '2026-03-02T09:00:00.000Z';
const changes = Array.from({ length: 500 }, (_, seq) => ({ caseId: 'c'.repeat(36), seq, kind: 'visitRecorded', at }));

let server: Server;
let streams: Streams;
let watcher: Watcher | undefined;
const stop = vi.fn();

/** A stream over a real connection whose other end reads nothing until it is resumed. */
async function openUnread(cookie = 'kurator.session_token=own', found: () => Actor | undefined = () => actor) {
  const findActor = () => Promise.resolve(found());
  let begun = (): void => undefined;
  const watched = new Promise<void>((done) => (begun = done));
  streams = createStreams({
    findActor,
    watchChanges: (watching) => {
      watcher = watching;
      begun();
      return Promise.resolve({ now: at, stop });
    },
  });
  server = createServer((_request, reply) => void streams.open(reply, {}, { actor, cookie }, null));
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const socket = connect((server.address() as AddressInfo).port, '127.0.0.1');
  socket.pause();
  socket.write('GET / HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n');
  await watched;
  // Its head is written when what is asked has been answered.
  await new Promise((next) => setImmediate(next));
  return socket;
}

afterEach(() => {
  watcher = undefined;
  stop.mockClear();
  server.closeAllConnections();
  server.close();
});

it('lets go of who reads nothing, with his connection, and tells him nothing more', async () => {
  const socket = await openUnread();
  for (let round = 0; round < 300 && stop.mock.calls.length === 0; round++) {
    watcher?.tell(changes);
    await new Promise((next) => setImmediate(next));
  }
  expect(stop).toHaveBeenCalledOnce();
  watcher?.tell(changes);
  socket.destroy();
});

it('a change in the moment of a sign-out is told to nobody and breaks nothing', async () => {
  const socket = await openUnread();
  streams.endSession('kurator.session_token=own');
  watcher?.tell(changes);
  watcher?.tell(null);
  const ended = new Promise<string>((done) => {
    let text = '';
    socket.on('data', (chunk) => (text += chunk.toString()));
    socket.on('end', () => done(text));
  });
  socket.resume();
  expect(await ended).not.toContain('visitRecorded');
});

it('a sign-out ends the stream whatever cookie stands before the session', async () => {
  const socket = await openUnread('other_session_token=made-up; kurator.session_token=own');
  const ended = new Promise((done) => socket.on('end', done));
  socket.resume();
  streams.endSession('kurator.session_token=own');
  await ended;
});

it.each([
  ['whoever is no longer of the staff', undefined],
  ['whoever works in another institution now', { ...actor, institutionId: 'elsewhere' }],
])('ends by itself for %s', async (_who, found) => {
  vi.useFakeTimers({ toFake: ['setInterval'] });
  try {
    const socket = await openUnread('kurator.session_token=own', () => found);
    const ended = new Promise((done) => socket.on('end', done));
    socket.resume();
    await vi.advanceTimersByTimeAsync(15_000);
    await ended;
    expect(stop).toHaveBeenCalled();
  } finally {
    vi.useRealTimers();
  }
});
