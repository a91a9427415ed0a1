import { expect, it } from 'vitest';
import { linkExpiry } from '../../platform/notices/link-expiry.ts';

const at = (day: string) => new Date(`${day}T09:00:00Z`);

it.each([
  ['the day of the answer', at('2026-03-20'), at('2026-03-02'), at('2026-04-19')],
  ['today, where that day has gone by', at('2026-02-01'), at('2026-03-02'), at('2026-04-01')],
])('a link lives thirty days beyond %s', (_what, dueOn, now, until) => {
  expect(linkExpiry(dueOn, now)).toEqual(until);
});

it('and sixty where no day is asked for', () => {
  expect(linkExpiry(null, at('2026-03-02'))).toEqual(at('2026-05-01'));
});
