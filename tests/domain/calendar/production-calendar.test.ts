import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { addDays, weekday } from '../../../domain/calendar/civil.ts';
import {
  addWorkingDays,
  isDayOff,
  isProvisional,
  nextWorkingDay,
  workingSaturday,
} from '../../../domain/calendar/production-calendar.ts';
import { loadCalendar } from '../../../platform/regulations/load.ts';
import { CalendarError, readCalendar } from '../../../platform/regulations/read-calendar.ts';

const calendar = loadCalendar();
const oracle = new Set(
  (JSON.parse(readFileSync(join(import.meta.dirname, 'holidays-0.109.json'), 'utf8')) as { days: string[] }).days,
);
/** The independent source knows none: the decrees of 2025 and of 2027 made one each. */
const workingSaturdays = ['2025-11-01', '2027-02-20'];

const daysOf = (year: number): string[] => {
  const days = [];
  for (let day = `${year}-01-01`; day <= `${year}-12-31`; day = addDays(day, 1)) days.push(day);
  return days;
};

describe.each([2025, 2026, 2027])('%i day by day', (year) => {
  it('agrees with the independent source and the working Saturdays', () => {
    const off = daysOf(year).filter((day) => isDayOff(calendar, day) !== null);
    const expected = daysOf(year).filter(
      (day) => (oracle.has(day) || weekday(day) > 5) && !workingSaturdays.includes(day),
    );
    expect(off).toEqual(expected);
    expect(daysOf(year).filter((day) => workingSaturday(calendar, day))).toEqual(
      workingSaturdays.filter((day) => day.startsWith(String(year))),
    );
  });

  it('is published, and each day off has a name in both languages', () => {
    expect(isProvisional(calendar, `${year}-07-01`)).toBe(false);
    expect(calendar.years[year]?.source).not.toBe('');
    for (const day of daysOf(year)) {
      const name = isDayOff(calendar, day);
      if (name) expect([name.ru, name.en].every(Boolean)).toBe(true);
    }
  });
});

it('2025 and 2026 have the 247 working days of the published calendars', () => {
  expect([2025, 2026].map((year) => daysOf(year).filter((day) => !isDayOff(calendar, day)).length)).toEqual([247, 247]);
});

describe('a year without a decree', () => {
  it('is provisional and has the holidays of article 112 with its own moves', () => {
    expect(isProvisional(calendar, '2028-01-01')).toBe(true);
    expect(isDayOff(calendar, '2028-11-06')?.ru).toContain('День народного единства');
    expect(daysOf(2028).filter((day) => isDayOff(calendar, day) && weekday(day) < 6)).toEqual([
      '2028-01-03',
      '2028-01-04',
      '2028-01-05',
      '2028-01-06',
      '2028-01-07',
      '2028-02-23',
      '2028-03-08',
      '2028-05-01',
      '2028-05-09',
      '2028-06-12',
      '2028-11-06',
    ]);
  });

  it('moves a holiday from Saturday or Sunday to Monday, and none from a Friday (article 112, part 2)', () => {
    // 2029: 23 February is a Friday, 4 November a Sunday.
    expect(isDayOff(calendar, '2029-02-26')).toBeNull();
    expect(daysOf(2029).filter((day) => isDayOff(calendar, day) && weekday(day) < 6)).toEqual([
      ...['2029-01-01', '2029-01-02', '2029-01-03', '2029-01-04', '2029-01-05', '2029-01-08'],
      '2029-02-23',
      '2029-03-08',
      '2029-05-01',
      '2029-05-09',
      '2029-06-12',
      '2029-11-05',
    ]);
  });
});

describe('working days', () => {
  it.each([
    ['2026-01-01', 5, '2026-01-16'],
    ['2026-06-30', 5, '2026-07-07'],
    ['2027-02-19', 1, '2027-02-20'],
    ['2026-03-10', -1, '2026-03-06'],
  ])('%s %i is %s', (day, count, expected) => {
    expect(addWorkingDays(calendar, day, count)).toBe(expected);
  });

  it('finds the next one over a long holiday', () => {
    expect(nextWorkingDay(calendar, '2025-12-31')).toBe('2026-01-12');
  });
});

describe('the files of a calendar', () => {
  const year = 'year: 2031\nofficial: true\nedition: 1\nsource: a decree\ndaysOff:\n';

  it('names file, line and fault', () => {
    const text = `${year}  - { day: 2031-02-30, ru: а, en: b }\n  - { day: 2030-01-01, ru: а, en: b }\n  - { day: 2031-01-01, en: b }\ncolour: red\n`;
    expect(() => readCalendar([{ fileName: '2031.yaml', text }])).toThrow(CalendarError);
    try {
      readCalendar([{ fileName: '2031.yaml', text }]);
    } catch (error) {
      expect((error as CalendarError).faults).toEqual([
        expect.stringMatching(/^2031\.yaml:9: unknown key "colour"/),
        expect.stringMatching(/^2031\.yaml:6: .*no such day/),
        expect.stringMatching(/^2031\.yaml:7: 2030-01-01 is not a day of 2031/),
        expect.stringMatching(/^2031\.yaml:8: .*both languages/),
      ]);
    }
  });

  it('adds the days off of a region, which then show by name', () => {
    const regional = readCalendar([
      { fileName: '2026.yaml', text: 'year: 2026\nofficial: true\nedition: 1\nsource: x\ndaysOff: []\n' },
      {
        fileName: 'region.yaml',
        text: 'region: tatarstan\nedition: 2\nsource: y\ndaysOff:\n  - { day: 2026-05-27, ru: Курбан-байрам, en: Eid al-Adha }\n',
      },
    ]);
    expect(isDayOff(regional, '2026-05-27')).toEqual({ ru: 'Курбан-байрам', en: 'Eid al-Adha' });
    expect(regional.version).toBe('2026/1 tatarstan/2');
  });
});
