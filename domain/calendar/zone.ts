import { addDays, fromEpochDay, toEpochDay } from './civil.ts';
import type { Day, Instant } from './day.ts';

const dayMs = 86_400_000;
const formats = new Map<string, Intl.DateTimeFormat>();

const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    calendar: 'gregory',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  formats.set(zone, made);
  return made;
};

/** Whether this machine's time zone data know the IANA name. */
export const isZone = (zone: string): boolean => {
  try {
    formatOf(zone);
    return true;
  } catch {
    return false;
  }
};

/** What the clocks of the zone show at that instant, as if it were UTC, in milliseconds. */
const wallMs = (epochMs: number, zone: string): number => {
  const part: Record<string, string> = {};
  for (const { type, value } of formatOf(zone).formatToParts(epochMs)) part[type] = value;
  const day = toEpochDay(`${(part['year'] ?? '').padStart(4, '0')}-${part['month']}-${part['day']}`);
  const seconds = (Number(part['hour']) * 60 + Number(part['minute'])) * 60 + Number(part['second']);
  return day * dayMs + seconds * 1000 + (((epochMs % 1000) + 1000) % 1000);
};

export const instantFromMs = (epochMs: number): Instant => {
  const day = Math.floor(epochMs / dayMs);
  const rest = epochMs - day * dayMs;
  const two = (value: number): string => String(value).padStart(2, '0');
  const time = `${two(Math.floor(rest / 3_600_000))}:${two(Math.floor(rest / 60_000) % 60)}:${two(Math.floor(rest / 1000) % 60)}`;
  return `${fromEpochDay(day)}T${time}.${String(rest % 1000).padStart(3, '0')}Z`;
};

export const msOfInstant = (instant: Instant): number => Date.parse(instant);

export const addMs = (instant: Instant, ms: number): Instant => instantFromMs(msOfInstant(instant) + ms);

/** The civil day on which the instant falls in the zone (IANA name). */
export const dayOf = (instant: Instant, zone: string): Day =>
  fromEpochDay(Math.floor(wallMs(msOfInstant(instant), zone) / dayMs));

// A case asks for the same mornings in each of its transactions, and asking the zone costs more than all the rest.
const knownTimes = new Map<string, Instant>();
const mostKnown = 20_000;

/**
 * The instant at which the clocks of the zone show `time` (`HH:MM`) on that day. Where the clocks jump over it,
 * the first instant after the jump; where they show it twice, the first.
 */
export const atTime = (day: Day, time: string, zone: string): Instant => {
  const key = `${day} ${time} ${zone}`;
  const known = knownTimes.get(key);
  if (known !== undefined) return known;
  if (knownTimes.size >= mostKnown) knownTimes.clear();
  const found = reckonTime(day, time, zone);
  knownTimes.set(key, found);
  return found;
};

const reckonTime = (day: Day, time: string, zone: string): Instant => {
  const wall = toEpochDay(day) * dayMs + (Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))) * 60_000;
  const before = wallMs(wall - dayMs, zone) - (wall - dayMs);
  const after = wallMs(wall + dayMs, zone) - (wall + dayMs);
  const candidates = [wall - Math.max(before, after), wall - Math.min(before, after)];
  const hit = candidates.find((candidate) => wallMs(candidate, zone) === wall);
  return instantFromMs(hit ?? wall - Math.min(before, after));
};

/** The first instant of the day in the zone. */
export const startOfDay = (day: Day, zone: string): Instant => atTime(day, '00:00', zone);

/** 24:00 of the day: the first instant that no longer belongs to it (rule 4). */
export const endOfDay = (day: Day, zone: string): Instant => startOfDay(addDays(day, 1), zone);
