import { QueryClient, QueryClientProvider } from '@tanstack/react-query';
import { renderHook } from '@testing-library/react';
import { createElement } from 'react';
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { useLiveRecords, watchRecords } from './live.ts';

/** A browser's EventSource, of which the test plays the server. */
class Source extends EventTarget {
  static readonly CLOSED = 2;
  static opened: Source[] = [];
  readyState = 1;
  readonly url: string;
  constructor(url: string) {
    super();
    this.url = url;
    Source.opened.push(this);
  }
  close(): void {
    this.readyState = Source.CLOSED;
  }
  tell(event: string, data: object): void {
    this.dispatchEvent(new MessageEvent(event, { data: JSON.stringify(data) }));
  }
}

const keys = [
  ['case', 'a'],
  ['case', 'a', 'duties'],
  ['case', 'b'],
  ['duties', 'my-day'],
  ['cases', {}],
  ['me'],
  ['preview', 'a'],
];
let queries: QueryClient;
let stop: () => void;
const stale = (): unknown[] => keys.filter((queryKey) => queries.getQueryState(queryKey)?.isInvalidated === true);

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal('EventSource', Source);
  Source.opened = [];
  queries = new QueryClient();
  for (const queryKey of keys) queries.setQueryData(queryKey, 'known');
  stop = watchRecords(queries);
});
afterEach(() => {
  stop();
  vi.unstubAllGlobals();
  vi.useRealTimers();
});

it('reads anew what a changed case shows, and the lists, and nothing else', () => {
  Source.opened[0]?.tell('case', { caseId: 'a', seq: 5, kind: 'visitRecorded' });
  expect(stale()).toEqual([]);
  vi.advanceTimersByTime(300);
  expect(stale()).toEqual([
    ['case', 'a'],
    ['case', 'a', 'duties'],
    ['duties', 'my-day'],
    ['cases', {}],
  ]);
});

it('reads the lists anew, the institution’s duties among them, when its own log has grown, and no case', () => {
  Source.opened[0]?.tell('institution', { seq: 3, kind: 'reportSubmitted' });
  vi.advanceTimersByTime(300);
  expect(stale()).toEqual([
    ['duties', 'my-day'],
    ['cases', {}],
  ]);
});

it('reads every case anew after a reset', () => {
  Source.opened[0]?.tell('reset', {});
  vi.advanceTimersByTime(300);
  expect(stale()).toContainEqual(['case', 'b']);
});

it('comes back after a refusal, and holds no connection after the page has gone', () => {
  const [first] = Source.opened;
  first?.close();
  first?.dispatchEvent(new Event('error'));
  vi.advanceTimersByTime(30_000);
  expect(Source.opened.map(({ url }) => url)).toEqual(['/api/v1/events', '/api/v1/events']);
  // What happened in between was told to nobody.
  Source.opened[1]?.dispatchEvent(new Event('open'));
  vi.advanceTimersByTime(300);
  expect(stale()).toContainEqual(['case', 'b']);
  stop();
  expect(Source.opened[1]?.readyState).toBe(Source.CLOSED);
});

it('opens no stream for whoever reads no case', () => {
  const opened = Source.opened.length;
  renderHook(({ allowed }) => useLiveRecords(allowed), {
    initialProps: { allowed: false },
    wrapper: ({ children }) => createElement(QueryClientProvider, { client: queries }, children),
  }).rerender({ allowed: true });
  expect(Source.opened).toHaveLength(opened + 1);
});
