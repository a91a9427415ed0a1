import { afterEach, expect, test, vi } from 'vitest';
import { watchDisk } from '../../scripts/start/watch-disk.mjs';

afterEach(() => {
  vi.useRealTimers();
});

test('a disk that runs full under the product is told of once at each step, and so is room again', () => {
  vi.useFakeTimers();
  const free = [900, 140, 160, 139, 3, 0, 40, 200, 900];
  const said: string[] = [];
  const end = watchDisk({
    folder: '/data',
    say: (line) => said.push(line),
    everyMs: 10,
    measure: () => free.shift() ?? 900,
  });
  vi.advanceTimersByTime(100);
  end();
  expect(said.map((line) => line.slice(0, line.indexOf(':')))).toEqual([
    'The disk of /data is nearly full (140 MB are free)',
    'The disk of /data is full (3 MB are free)',
    'The disk of /data is nearly full (40 MB are free)',
    'The disk of /data has room again',
  ]);
  expect(vi.getTimerCount()).toBe(0);
});

test('a folder that cannot be asked about is no reason to end', () => {
  vi.useFakeTimers();
  const end = watchDisk({
    folder: '/data',
    say: (line) => expect.fail(line),
    everyMs: 10,
    measure: () => {
      throw new Error('gone');
    },
  });
  vi.advanceTimersByTime(30);
  end();
});
