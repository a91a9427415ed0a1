import { expect, it } from 'vitest';
import { BadCursor, pageOf, readCursor } from '../../platform/records/cursor.ts';

const made = (...key: unknown[]) => Buffer.from(JSON.stringify(key)).toString('base64url');

it.each([
  ['number', 0],
  ['number', 2 ** 31 - 1],
  ['day', '2026-03-02'],
  ['day', 'infinity'],
  ['instant', '2026-03-02T09:00:00.000Z'],
  ['text', 'я'.repeat(300)],
] as const)('takes a %s that a list can have given: %s', (shape, part) => {
  expect(readCursor(made(part), [shape])).toEqual([part]);
});

// Each of these would be an error of the database, and so one of ours to whoever sent it.
it.each([
  ['number', 2 ** 31],
  ['number', -1],
  ['number', 1.5],
  ['day', '2026-02-30'],
  ['instant', '2026-13-02T09:00:00.000Z'],
  ['instant', '2026-03-02'],
  ['text', 'a\0b'],
  ['text', 'я'.repeat(301)],
] as const)('refuses a %s that none can have given: %s', (shape, part) => {
  expect(() => readCursor(made(part), [shape])).toThrow(BadCursor);
});

it('refuses a key of another length', () => {
  expect(() => readCursor(made(1, 2), ['number'])).toThrow(BadCursor);
  expect(() => readCursor(made(), ['number'])).toThrow(BadCursor);
});

it('goes on after the last row that was shown, and ends with the last page', () => {
  const page = (rows: number[]) => pageOf(rows, 2, (row) => [row], String);
  expect(page([1, 2])).toEqual({ items: ['1', '2'], nextCursor: null });
  expect(page([1, 2, 3])).toEqual({ items: ['1', '2'], nextCursor: made(2) });
});
