import type { QueryClient } from '@tanstack/react-query';
import { useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { renewRecords } from './query-client.ts';

/** Changes come in flocks (a command, its notices): what is shown is read anew once for all of them. */
const gatherMs = 300;
/** After an answer that is no stream (signed out, too many tabs) a browser does not come back by itself. */
const comeBackMs = 30_000;

/** Keeps what is shown as the records are, while somebody looks at it: a hidden tab holds no connection. */
export function useLiveRecords(allowed: boolean): void {
  const queries = useQueryClient();
  useEffect(() => (allowed ? watchRecords(queries) : undefined), [queries, allowed]);
}

/** @returns how to stop */
export function watchRecords(queries: QueryClient): () => void {
  if (typeof EventSource === 'undefined') return () => undefined;
  let source: EventSource | undefined;
  let again: number | undefined;
  let gathering: number | undefined;
  let changed = new Set<string>();

  const refresh = (): void => {
    gathering = undefined;
    const cases = changed;
    changed = new Set();
    void renewRecords(queries, (id) => cases.has('all') || cases.has(id));
  };
  const note = (caseId: string): void => {
    changed.add(caseId);
    gathering ??= window.setTimeout(refresh, gatherMs);
  };
  const close = (): void => {
    window.clearTimeout(again);
    source?.close();
    source = undefined;
  };
  const open = (): void => {
    close();
    source = new EventSource('/api/v1/events');
    source.addEventListener('case', ({ data }: MessageEvent<string>) =>
      note((JSON.parse(data) as { caseId: string }).caseId),
    );
    // Its duties and its log stand among the lists, and every change makes those new.
    source.addEventListener('institution', () => note('institution'));
    source.addEventListener('reset', () => note('all'));
    source.addEventListener('error', () => {
      if (source?.readyState === EventSource.CLOSED) again = window.setTimeout(comeBack, comeBackMs);
    });
  };
  /** A new source does not say what the one before it heard last, so nobody tells it what happened in between. */
  const comeBack = (): void => {
    open();
    source?.addEventListener('open', () => note('all'), { once: true });
  };
  const follow = (): void => {
    if (document.visibilityState === 'hidden') return close();
    if (source !== undefined) return;
    open();
    // Whatever happened while nobody looked.
    note('all');
  };
  if (document.visibilityState !== 'hidden') open();
  document.addEventListener('visibilitychange', follow);
  return () => {
    document.removeEventListener('visibilitychange', follow);
    window.clearTimeout(gathering);
    close();
  };
}
