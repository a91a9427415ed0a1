import type { Instant } from '../../domain/calendar/day.ts';
import type { PlannedNotice } from '../../domain/case/plan-notices.ts';
import type { StoredNotice } from './load-case.ts';

export interface NoticeDifference {
  queue: PlannedNotice[];
  move: { key: string; notBefore: Instant }[];
  withdraw: string[];
}

/**
 * The notices of a case on paper: what the records hold, what the plan wants, and in the end the difference between
 * the two. Missing ones are queued, those no longer planned withdrawn; what is `sending` or later is never touched.
 */
export interface NoticeBook {
  /** The whole plan as of a moment. `passed`: notices due by then stay, although the plan may have moved on (a training clock jumps over them). */
  plan(planned: readonly PlannedNotice[], passed: Instant | null): void;
  /** `clockMoved`: what is still queued must be told its new engine's moment, too. */
  difference(clockMoved: boolean): NoticeDifference;
  /** Notices of this book due in `(from, to]` that have not been withdrawn. */
  countDue(from: Instant, to: Instant): number;
}

type Page =
  | { state: 'queued'; planned: PlannedNotice | null; notBefore: Instant }
  | { state: 'withdrawn' | 'gone'; planned: null; notBefore: Instant };

export function openNoticeBook(stored: readonly StoredNotice[]): NoticeBook {
  const before = new Map(stored.map((notice) => [notice.key, notice]));
  const pages = new Map<string, Page>(stored.map(({ key, state, notBefore }) => [key, pageOf(state, notBefore)]));
  return {
    plan(planned, passed) {
      const wanted = new Map(planned.map((notice) => [notice.key, notice]));
      for (const [key, page] of pages) {
        if (page.state !== 'queued' || wanted.has(key)) continue;
        if (passed !== null && page.notBefore <= passed) continue;
        pages.set(key, { state: 'withdrawn', planned: null, notBefore: page.notBefore });
      }
      for (const [key, notice] of wanted) {
        if (pages.get(key)?.state !== 'gone')
          pages.set(key, { state: 'queued', planned: notice, notBefore: notice.notBefore });
      }
    },
    difference(clockMoved) {
      const found: NoticeDifference = { queue: [], move: [], withdraw: [] };
      for (const [key, page] of pages) {
        const old = before.get(key);
        const wasQueued = old?.state === 'queued';
        if (page.state === 'queued' && !wasQueued && page.planned !== null) found.queue.push(page.planned);
        if (page.state === 'queued' && wasQueued && (clockMoved || old.notBefore !== page.notBefore))
          found.move.push({ key, notBefore: page.notBefore });
        if (page.state === 'withdrawn' && wasQueued) found.withdraw.push(key);
      }
      found.queue.sort((a, b) => (a.notBefore < b.notBefore ? -1 : a.notBefore > b.notBefore ? 1 : 0));
      return found;
    },
    countDue: (from, to) =>
      [...pages.values()].filter((page) => page.state === 'queued' && page.notBefore > from && page.notBefore <= to)
        .length,
  };
}

function pageOf(state: string, notBefore: Instant): Page {
  if (state === 'queued') return { state, planned: null, notBefore };
  return { state: state === 'withdrawn' ? 'withdrawn' : 'gone', planned: null, notBefore };
}
