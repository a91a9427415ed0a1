import { expect, it } from 'vitest';
import { createBackOff } from '../../platform/watchdog/back-off.ts';

const start = new Date('2026-03-02T09:00:00Z');
const after = (ms: number) => new Date(start.getTime() + ms);
const minute = 60_000;

it('helps whoever was helped in vain again after pauses that double, an hour at most', () => {
  const backOff = createBackOff(minute);
  let now = start;
  const pauses = Array.from({ length: 9 }, () => {
    backOff.helped(['a'], now);
    const helped = now;
    while (backOff.choose(['a'], now).length === 0) now = new Date(now.getTime() + minute);
    return (now.getTime() - helped.getTime()) / minute;
  });
  expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

it('makes nobody wait for another one, and begins anew with whoever had come right in between', () => {
  const backOff = createBackOff(minute);
  backOff.helped(['a'], start);
  backOff.helped(['a'], after(minute));
  expect(backOff.choose(['a', 'b'], after(minute + 1))).toEqual(['b']);
  // Both are well: at the next fault of one of them nothing of the old pause holds.
  expect(backOff.choose([], after(minute + 2))).toEqual([]);
  expect(backOff.choose(['a'], after(minute + 3))).toEqual(['a']);
  backOff.helped(['a'], after(minute + 3));
  expect(backOff.choose(['a'], after(2 * minute + 2))).toEqual([]);
  expect(backOff.choose(['a'], after(2 * minute + 3))).toEqual(['a']);
});
