import type { ServerResponse } from 'node:http';
import type { Actor } from '../domain/access/actor.ts';
import { findSession } from '../platform/auth/find-session.ts';
import type { Change } from '../platform/records/read-changes.ts';
import type { z } from 'zod';
import { ApiProblem } from './problems.ts';
import type { CaseChange, InstitutionChange } from './schemas/change.ts';
import type { Services, Watcher } from './services/services.ts';

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
  session: string | undefined;
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

function eventOf({ caseId, seq, kind }: Change): string {
  if (caseId === null) {
    const data: z.output<typeof InstitutionChange> = { seq, kind };
    return `event: institution\ndata: ${JSON.stringify(data)}`;
  }
  const data: z.output<typeof CaseChange> = { caseId, seq, kind };
  return `event: case\ndata: ${JSON.stringify(data)}`;
}

/** Server-sent events (WHATWG HTML, 9.2) about changes of cases and of the institution's own log: ids, numbers and kinds of entries alone. */
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
        for (const change of changes) {
          position = change.at;
          write(`id: ${change.at}\n${eventOf(change)}\n\n`);
        }
      };
      const write = (text: string): void => {
        // What is written after the end is an error that nobody takes: it would end the process.
        if (!open.has(stream)) return;
        if (to.writableLength <= mostUnread) return void to.write(text);
        leave();
        // An orderly end would wait, with all that is unread, until he reads.
        to.destroy();
      };
      let stop = (): void => undefined;
      const leave = (): void => {
        if (open.delete(stream)) stop();
      };
      const end = (): void => {
        leave();
        to.end();
      };
      const watcher: Watcher = { actor, tell: send, end };
      const stream: Stream = { actor, session: findSession(cookie), end };
      open.add(stream);
      to.once('close', leave);
      try {
        const watching = await services.watchChanges(watcher, lastTold);
        stop = watching.stop;
        // Whoever is to read everything anew goes on from here, wherever he was.
        if (position === null || early.includes(null)) position = watching.now;
      } catch (error) {
        open.delete(stream);
        throw error;
      }
      // He may have left, or signed out, while the records were asked.
      if (!open.has(stream)) return stop();
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
            // The post he listens at is that of one institution.
            if (found?.institutionId !== actor.institutionId) return end();
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
      const session = findSession(cookie);
      for (const stream of open) if (session !== undefined && stream.session === session) stream.end();
    },
    endAll: () => {
      for (const stream of open) stream.end();
    },
  };
}
