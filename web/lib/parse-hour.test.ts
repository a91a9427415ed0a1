import { expect, it } from 'vitest';
import { parseHour } from './parse-hour.ts';

it.each([
  ['21:40', '21:40'],
  ['21.40', '21:40'],
  ['2140', '21:40'],
  ['905', '09:05'],
  ['9:05', '09:05'],
  ['9', '09:00'],
  [' 00:00 ', '00:00'],
])('reads %s as %s', (typed, hour) => expect(parseHour(typed)).toBe(hour));

it.each(['24:00', '12:60', '', 'вечером', '12345', '1:2'])('does not read %s', (typed) =>
  expect(parseHour(typed)).toBeNull(),
);
