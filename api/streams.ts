import type { ServerResponse } from 'node:http';
import type { Actor } from '../domain/access/actor.ts';
import type { Change } from '../platform/records/read-changes.ts';
import type { z } from 'zod';
import { ApiProblem } from './problems.ts';
import type { CaseChange } from './schemas/change.ts';
import type { Watcher } from './services/changes.ts';
import type { Services } from './services/services.ts';

/** Open streams of one person (his tabs), and of a process. */
const mostOfPerson = 8;
const mostInAll = 2_000;
/** A silent connection is cut by proxies after a minute or so; as often it is asked whether the session still lives. */
const beatMs = 15_000;
/** Who reads slower than he is told is let go: he comes back and says what he heard last. */
const mostUnread = 64 * 1024;
/** What a browser waits before it comes back. */
const retryMs = 2_000;

interface Stream {
  actor: Actor;
  session: string;
  end(): void;
}

export interface Streams {
  /** Opens one on a response whose headers are not sent yet. @throws ApiProblem `request.too-many` */
  open(
    to: ServerResponse,
    headers: Record<string, unknown>,
    who: { actor: Actor; cookie: string | undefined },
    lastTold: string | null,
  ): Promise<void>;
  /** Ends the streams of a session that was signed out. */
  endSession(cookie: string | undefined): void;
  endAll(): void;
}

const sessionOf = (cookie: string | undefined): string => /session_token=([^;\s]+)/.exec(cookie ?? '')?.[1] ?? '';

/** Server-sent events (WHATWG HTML, 9.2) about changes of cases: ids, numbers and kinds of entries alone. */
export function createStreams(services: Pick<Services, 'watchChanges' | 'findActor'>): Streams {
  const open = new Set<Stream>();

  return {
    open: async (to, headers, { actor, cookie }, lastTold) => {
      const own = [...open].filter((stream) => stream.actor.staffId === actor.staffId).length;
      if (own >= mostOfPerson || open.size >= mostInAll) throw new ApiProblem('request.too-many');
      let position = lastTold;
      let started = false;
      const early: (readonly Change[] | null)[] = [];
      const send = (changes: readonly Change[] | null): void => {
        if (!started) return void early.push(changes);
        if (changes === null) return write('event: reset\ndata: {}\n\n');
        for (const { at, ...change } of changes) {
          position = at;
          write(`id: ${at}\nevent: case\ndata: ${JSON.stringify(change satisfies z.output<typeof CaseChange>)}\n\n`);
        }
      };
      const write = (text: string): void => {
        if (to.writableLength > mostUnread) return stream.end();
        to.write(text);
      };
      const watcher: Watcher = { actor, tell: send };
      const stream: Stream = { actor, session: sessionOf(cookie), end: () => to.end() };
      open.add(stream);
      let stop = (): void => undefined;
      to.once('close', () => {
        open.delete(stream);
        stop();
      });
      try {
        const watching = await services.watchChanges(watcher, lastTold);
        stop = watching.stop;
        position ??= watching.now;
      } catch (error) {
        open.delete(stream);
        throw error;
      }
      // He may have left while the records were asked.
      if (to.destroyed) return stop();
      to.writeHead(200, {
        ...(headers as Record<string, string>),
        'content-type': 'text/event-stream; charset=utf-8',
        'x-accel-buffering': 'no',
      });
      started = true;
      // An id without data moves the place from which he comes back, and is no event.
      write(`retry: ${retryMs}\nid: ${position}\n\n`);
      early.forEach(send);
      const beat = setInterval(() => {
        write(`id: ${position}\n\n`);
        void services.findActor(cookie).then(
          (found) => {
            if (!found) return stream.end();
            // What he may see follows what he is now.
            watcher.actor = found;
          },
          () => undefined,
        );
      }, beatMs);
      beat.unref();
      to.once('close', () => clearInterval(beat));
    },
    endSession: (cookie) => {
      const session = sessionOf(cookie);
      for (const stream of open) if (session !== '' && stream.session === session) stream.end();
    },
    endAll: () => {
      for (const stream of open) stream.end();
    },
  };
}
