import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addDays,
  daysBetween,
  daysInMonth,
  fromEpochDay,
  isDay,
  partsOf,
  toEpochDay,
  weekday,
} from '../../../domain/calendar/civil.ts';
import { isDayOff } from '../../../domain/calendar/production-calendar.ts';
import { addMonths, endOfTerm, gridWindow, moveBackOffDaysOff } from '../../../domain/calendar/terms.ts';
import type { Term } from '../../../domain/calendar/terms.ts';
import { atTime, dayOf, endOfDay, instantFromMs, startOfDay } from '../../../domain/calendar/zone.ts';
import { loadCalendar } from '../../../platform/regulations/load.ts';
import { runs } from '../../support/runs.ts';

const calendar = loadCalendar();
const anyDay = fc.integer({ min: toEpochDay('1950-01-01'), max: toEpochDay('2150-12-31') }).map(fromEpochDay);

describe('civil days', () => {
  it('agree with the platform calendar on each day of three centuries', () => {
    const differing = [];
    for (let epoch = toEpochDay('1900-01-01'); epoch <= toEpochDay('2200-12-31'); epoch += 1) {
      const date = new Date(epoch * 86_400_000);
      const day = date.toISOString().slice(0, 10);
      const same = fromEpochDay(epoch) === day && toEpochDay(day) === epoch && isDay(day);
      if (!same || weekday(day) !== (date.getUTCDay() || 7)) differing.push(day);
    }
    expect(differing).toEqual([]);
  });

  it('are as far apart as their count', () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        expect(daysBetween(day, addDays(day, 45))).toBe(45);
      }),
    );
  });

  it.each([
    ...['2027-02-29', '2100-02-29', '2026-13-01', '2026-00-10', '2026-4-1', '2026-04-31', '2026-01-32', '2026-01-00'],
    ...['2026-04-01T10:00:00.000Z', '', 20260401, null],
  ])('%s is no day', (value) => {
    expect(isDay(value)).toBe(false);
  });
});

describe('terms in months (article 192)', () => {
  it.each([
    ['2026-11-30', 3, '2027-02-28'],
    ['2027-11-30', 3, '2028-02-29'],
    ['2026-08-31', 6, '2027-02-28'],
    ['2026-01-31', 1, '2026-02-28'],
    ['2026-12-31', 2, '2027-02-28'],
    ['2026-05-31', -3, '2026-02-28'],
    ['2024-02-29', 12, '2025-02-28'],
    ['2099-11-30', 3, '2100-02-28'],
    ['1999-11-30', 3, '2000-02-29'],
  ])('%s + %i is %s', (from, months, to) => {
    expect(addMonths(from, months)).toBe(to);
  });

  it('keep the day of the month, or take the last one', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: -60, max: 60 }), (day, months) => {
        const { year, month, day: dom } = partsOf(addMonths(day, months));
        expect(dom).toBe(Math.min(partsOf(day).day, daysInMonth(year, month)));
      }),
    );
  });

  it('windows are counted from the anchor, not from each other: 30 November, 28 February, 30 May', () => {
    expect([1, 2, 3].map((index) => gridWindow('2026-11-30', { months: 3 }, index).to)).toEqual([
      '2027-02-28',
      '2027-05-30',
      '2027-08-30',
    ]);
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 6 }), fc.integer({ min: 1, max: 40 }), (anchor, months, index) => {
        expect(gridWindow(anchor, { months }, index).to).toBe(gridWindow(anchor, { months }, index + 1).from);
      }),
    );
  });

  it('windows of weeks end on the day of the week of their anchor, in any month (article 192, part 4)', () => {
    expect([1, 2].map((index) => gridWindow('2026-04-01', { weeks: 3 }, index))).toEqual([
      { from: '2026-04-01', to: '2026-04-22' },
      { from: '2026-04-22', to: '2026-05-13' },
    ]);
  });
});

describe('the end of a term (articles 191 and 193)', () => {
  it.each([
    ['2026-03-02', { calendarDays: 10 }, '2026-03-12', '2026-03-12'],
    ['2026-03-02', { calendarDays: 20 }, '2026-03-22', '2026-03-23'],
    ['2027-02-02', { calendarDays: 20 }, '2027-02-22', '2027-02-24'],
    ['2026-02-20', { months: 12 }, '2027-02-20', '2027-02-20'],
    ['2026-11-05', { months: 12 }, '2027-11-05', '2027-11-08'],
    ['2026-06-30', { workingDays: 5 }, '2026-07-07', '2026-07-07'],
  ])('%s and %o: %s, moved to %s', (start, term, unmoved, due) => {
    expect(endOfTerm(calendar, start, term)).toMatchObject({ unmoved, due });
  });

  it('says when the month has no such day (article 192, part 3), and only then', () => {
    const clamped = (start: string, term: Term): boolean => endOfTerm(calendar, start, term).clamped;
    expect(clamped('2026-11-30', { months: 3 })).toBe(true);
    expect(clamped('2026-11-30', { months: 12 })).toBe(false);
    expect(clamped('2026-11-30', { calendarDays: 90 })).toBe(false);
    expect(clamped('2026-11-30', { workingDays: 5 })).toBe(false);
  });

  it('goes back to the last working day where a text demands that, and names what it passed', () => {
    // Saturday 9 May 2026 is a holiday, moved to Monday the 11th.
    const back = moveBackOffDaysOff(calendar, '2026-05-11');
    expect(back.due).toBe('2026-05-08');
    expect(back.skipped.map(({ day }) => day)).toEqual(['2026-05-11', '2026-05-10', '2026-05-09']);
    expect(moveBackOffDaysOff(calendar, '2026-05-08')).toEqual({ due: '2026-05-08', skipped: [] });
  });

  it('is never a day off and never earlier, and names every day that was skipped', () => {
    fc.assert(
      fc.property(anyDay, fc.integer({ min: 1, max: 400 }), (start, count) => {
        const end = endOfTerm(calendar, start, { calendarDays: count });
        expect(isDayOff(calendar, end.due)).toBeNull();
        expect(end.unmoved).toBe(addDays(start, count));
        expect(end.skipped.map(({ day }) => day)).toEqual(
          Array.from({ length: daysBetween(end.unmoved, end.due) }, (_, index) => addDays(end.unmoved, index)),
        );
      }),
    );
  });
});

describe('zones', () => {
  it('a day of the institution ends at its own midnight', () => {
    expect(startOfDay('2026-03-12', 'Europe/Moscow')).toBe('2026-03-11T21:00:00.000Z');
    expect(endOfDay('2026-03-12', 'Asia/Yekaterinburg')).toBe('2026-03-12T19:00:00.000Z');
    expect(dayOf('2026-03-12T20:30:00.000Z', 'Europe/Moscow')).toBe('2026-03-12');
    expect(dayOf('2026-03-12T21:00:00.000Z', 'Europe/Moscow')).toBe('2026-03-13');
    expect(dayOf('2026-03-12T20:30:00.000Z', 'Asia/Yekaterinburg')).toBe('2026-03-13');
  });

  it('holds where clocks jump: the first instant after the gap, the first of two', () => {
    expect(atTime('2026-03-08', '02:30', 'America/New_York')).toBe('2026-03-08T07:30:00.000Z');
    expect(atTime('2026-11-01', '01:30', 'America/New_York')).toBe('2026-11-01T05:30:00.000Z');
  });

  it('come back to the same day', () => {
    const zones = ['Europe/Moscow', 'Asia/Kamchatka', 'America/New_York', 'Europe/Berlin', 'UTC'];
    fc.assert(
      fc.property(
        anyDay.filter((day) => day > '1990'),
        fc.constantFrom(...zones),
        (day, zone) => {
          expect(dayOf(atTime(day, '09:00', zone), zone)).toBe(day);
          expect(dayOf(startOfDay(day, zone), zone)).toBe(day);
          expect(new Date(instantFromMs(Date.parse(startOfDay(day, zone)))).toISOString()).toBe(startOfDay(day, zone));
        },
      ),
      { numRuns: runs(300) },
    );
  });
});
