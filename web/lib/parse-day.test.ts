import { describe, expect, it } from 'vitest';
import { parseDay } from './parse-day.ts';

// Thursday.
const today = '2026-03-05';

describe('parseDay', () => {
  it.each([
    ['2.3', '2026-03-02'],
    ['02.03', '2026-03-02'],
    ['2.3.26', '2026-03-02'],
    ['020326', '2026-03-02'],
    ['02032026', '2026-03-02'],
    ['02.03.2026', '2026-03-02'],
    ['02.03.2026 г.', '2026-03-02'],
    ['2 3', '2026-03-02'],
    ['2/3/2026', '2026-03-02'],
    ['2026-03-02', '2026-03-02'],
    ['сегодня', '2026-03-05'],
    ['Завтра', '2026-03-06'],
    ['вчера', '2026-03-04'],
    ['tomorrow', '2026-03-06'],
    ['+10', '2026-03-15'],
    ['-3', '2026-03-02'],
    ['29.02.2028', '2028-02-29'],
  ])('%s is %s', (typed, day) => expect(parseDay(typed, today)).toBe(day));

  it('puts the day first, whatever the order would allow', () => {
    expect(parseDay('03.04.2026', today)).toBe('2026-04-03');
    expect(parseDay('12.13.2026', today)).toBeNull();
  });

  it.each([['31.04.2026'], ['29.02.2026'], ['0.3'], ['32.1.2026'], ['март'], [''], ['2.3.4.5'], ['00000000']])(
    '%s is no day',
    (typed) => expect(parseDay(typed, today)).toBeNull(),
  );

  it('leans into the past for an act and ahead for a term', () => {
    expect(parseDay('20.12', today, 'past')).toBe('2025-12-20');
    expect(parseDay('20.12', today, 'future')).toBe('2026-12-20');
    expect(parseDay('2.3', today, 'future')).toBe('2027-03-02');
    expect(parseDay('пн', today, 'past')).toBe('2026-03-02');
    expect(parseDay('пн', today, 'future')).toBe('2026-03-09');
    expect(parseDay('чт', today, 'past')).toBe(today);
    expect(parseDay('чт', today, 'future')).toBe(today);
  });
});
