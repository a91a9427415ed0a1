// @vitest-environment happy-dom
import { afterEach, expect, it, vi } from 'vitest';
import { draftOf, dropDraft, saveDraft, wipeDrafts } from './drafts.ts';

afterEach(() => {
  localStorage.clear();
  vi.useRealTimers();
});

it('keeps what was typed until it is dropped', () => {
  saveDraft('case1.recordVisit', { note: 'мама дома' });
  expect(draftOf('case1.recordVisit')).toEqual({ note: 'мама дома' });
  dropDraft('case1.recordVisit');
  expect(draftOf('case1.recordVisit')).toBeNull();
});

it('forgets a draft after a week and a record it cannot read', () => {
  vi.useFakeTimers();
  saveDraft('a', { note: 'x' });
  vi.advanceTimersByTime(8 * 86_400_000);
  expect(draftOf('a')).toBeNull();
  localStorage.setItem('kurator.draft.b', '{broken');
  expect(draftOf('b')).toBeNull();
});

it('wipes drafts alone', () => {
  saveDraft('a', { note: 'x' });
  localStorage.setItem('kurator.language', 'en');
  wipeDrafts();
  expect(draftOf('a')).toBeNull();
  expect(localStorage.getItem('kurator.language')).toBe('en');
});
