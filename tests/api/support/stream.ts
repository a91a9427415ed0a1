/** An event as a browser's EventSource hears it. */
export interface Heard {
  id: string;
  event: string;
  data: { caseId?: string; seq?: number; kind?: string | null };
}

export interface Listening {
  status: number;
  heard: Heard[];
  /** The place from which one comes back. */
  lastId(): string;
  /** Waits for an event. @throws Error after 15 s */
  hear(what: string, match: (event: Heard) => boolean): Promise<Heard>;
  /** Resolves when the other side ends it. */
  ended: Promise<void>;
  leave(): void;
}

/** Listens to `/api/v1/events` of a listening server. */
export async function listen(origin: string, cookie: string, lastId?: string): Promise<Listening> {
  const leaving = new AbortController();
  const answer = await fetch(`${origin}/api/v1/events`, {
    headers: { cookie, ...(lastId !== undefined && { 'last-event-id': lastId }) },
    signal: leaving.signal,
  });
  const heard: Heard[] = [];
  let last = lastId ?? '';
  const read = async (): Promise<void> => {
    let text = '';
    const decoder = new TextDecoder();
    for await (const chunk of answer.body ?? []) {
      text += decoder.decode(chunk as Uint8Array, { stream: true });
      for (let end = text.indexOf('\n\n'); end >= 0; end = text.indexOf('\n\n')) {
        const fields = new Map(
          text
            .slice(0, end)
            .split('\n')
            .map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)] as const),
        );
        text = text.slice(end + 2);
        last = fields.get('id') ?? last;
        const data = fields.get('data');
        if (data !== undefined)
          heard.push({ id: last, event: fields.get('event') ?? 'message', data: JSON.parse(data) as Heard['data'] });
      }
    }
  };
  const ended = read().catch(() => undefined);
  return {
    status: answer.status,
    heard,
    lastId: () => last,
    hear: async (what, match) => {
      for (const until = Date.now() + 15_000; Date.now() < until; await new Promise((next) => setTimeout(next, 25))) {
        const found = heard.find(match);
        if (found) return found;
      }
      throw new Error(`not heard in 15 s: ${what}; heard ${JSON.stringify(heard)}`);
    },
    ended,
    leave: () => leaving.abort(),
  };
}
