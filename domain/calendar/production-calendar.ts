import { addDays, dayFrom, weekday, yearOf } from './civil.ts';
import type { Day } from './day.ts';

/** A name in the two languages of the product. */
interface Name {
  ru: string;
  en: string;
}

/** One published year of the production calendar, as data. */
export interface CalendarYear {
  year: number;
  /** The act that published it. */
  source: string;
  /** Published by an official act; otherwise taken from a source that is named. */
  official: boolean;
  /** Raised when the file of a year is corrected: it is part of the calendar's version. */
  edition: number;
  /** Days off by law or decree, with the name of each. Saturdays and Sundays need not stand here. */
  daysOff: Readonly<Record<Day, Name>>;
  /** Saturdays (or Sundays) that the decree made working days. */
  workingSaturdays: Readonly<Record<Day, Name>>;
}

/** The working days of Russia, five-day week: plain data, no clock. */
export interface ProductionCalendar {
  /** Names the years and their editions; it is written beside a day that is frozen. */
  version: string;
  years: Readonly<Record<number, CalendarYear>>;
  /** Days off of one region, added by an institution. */
  regional: Readonly<Record<Day, Name>>;
}

const saturday: Name = { ru: 'суббота', en: 'Saturday' };
const sunday: Name = { ru: 'воскресенье', en: 'Sunday' };
const newYear: Name = { ru: 'новогодние каникулы', en: 'New Year holidays' };

/** Non-working holidays, Labour Code of Russia, article 112, part 1: month and day. */
const article112: readonly (readonly [month: number, day: number, name: Name])[] = [
  ...[1, 2, 3, 4, 5, 6, 8].map((day) => [1, day, newYear] as const),
  [1, 7, { ru: 'Рождество Христово', en: 'Christmas' }],
  [2, 23, { ru: 'День защитника Отечества', en: 'Defender of the Fatherland Day' }],
  [3, 8, { ru: 'Международный женский день', en: "International Women's Day" }],
  [5, 1, { ru: 'Праздник Весны и Труда', en: 'Spring and Labour Day' }],
  [5, 9, { ru: 'День Победы', en: 'Victory Day' }],
  [6, 12, { ru: 'День России', en: 'Russia Day' }],
  [11, 4, { ru: 'День народного единства', en: 'Unity Day' }],
];

const expectedYears = new Map<number, Record<Day, Name>>();

/**
 * Days off that article 112 gives by itself, for a year without a decree: its holidays, and a holiday that falls
 * on a day off moved to the next working day (part 2); those of January are moved by decree only.
 */
const expectedDaysOff = (year: number): Record<Day, Name> => {
  const known = expectedYears.get(year);
  if (known) return known;
  const days: Record<Day, Name> = {};
  for (const [month, day, name] of article112) days[dayFrom({ year, month, day })] = name;
  for (const [month, day, name] of article112) {
    const holiday = dayFrom({ year, month, day });
    if (month === 1 || weekday(holiday) <= 5) continue;
    let moved = addDays(holiday, 1);
    while (weekday(moved) > 5 || days[moved]) moved = addDays(moved, 1);
    days[moved] = { ru: `выходной, перенесён с праздника «${name.ru}»`, en: `day off moved from ${name.en}` };
  }
  expectedYears.set(year, days);
  return days;
};

/** Why nobody works on that day, or `null` on a working day. */
export const isDayOff = (calendar: ProductionCalendar, day: Day): Name | null => {
  const year = calendar.years[yearOf(day)];
  const regional = calendar.regional[day];
  if (regional) return regional;
  if (year?.workingSaturdays[day]) return null;
  const named = year ? year.daysOff[day] : expectedDaysOff(yearOf(day))[day];
  if (named) return named;
  const number = weekday(day);
  return number === 6 ? saturday : number === 7 ? sunday : null;
};

/** The name of a Saturday that a decree made a working day, else `null`. */
export const workingSaturday = (calendar: ProductionCalendar, day: Day): Name | null =>
  calendar.years[yearOf(day)]?.workingSaturdays[day] ?? null;

/** True when no calendar of the day's year is published: the date may still move. */
export const isProvisional = (calendar: ProductionCalendar, day: Day): boolean => !calendar.years[yearOf(day)];

/** The day itself if it is a working day, else the next one. */
export const nextWorkingDay = (calendar: ProductionCalendar, day: Day): Day => {
  let candidate = day;
  while (isDayOff(calendar, candidate)) candidate = addDays(candidate, 1);
  return candidate;
};

// A case asks for the same days before and after a day in each of its transactions, and counting costs most of it all.
const counted = new WeakMap<ProductionCalendar, Map<string, Day>>();
const mostCounted = 20_000;

/** The `count`-th working day after (or, negative, before) the day, which itself is not counted. */
export const addWorkingDays = (calendar: ProductionCalendar, day: Day, count: number): Day => {
  let known = counted.get(calendar);
  if (!known || known.size >= mostCounted) counted.set(calendar, (known = new Map<string, Day>()));
  const key = `${day} ${count}`;
  const found = known.get(key) ?? countWorkingDays(calendar, day, count);
  known.set(key, found);
  return found;
};

const countWorkingDays = (calendar: ProductionCalendar, day: Day, count: number): Day => {
  const step = count < 0 ? -1 : 1;
  let left = Math.abs(count);
  let candidate = day;
  while (left > 0) {
    candidate = addDays(candidate, step);
    if (!isDayOff(calendar, candidate)) left -= 1;
  }
  return candidate;
};
