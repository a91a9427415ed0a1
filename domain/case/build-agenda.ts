import { addDays } from '../calendar/civil.ts';
import type { Day, Instant } from '../calendar/day.ts';
import { addWorkingDays } from '../calendar/production-calendar.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import { atTime } from '../calendar/zone.ts';
import type { House } from '../regulation/regulation.ts';
import type { AgendaItem } from './agenda.ts';
import type { Awaited, Duty } from './duty.ts';

const curator: Awaited = { kind: 'role', code: 'curator' };

const sameAudience = (a: Awaited, b: Awaited): boolean => a.kind === b.kind && a.code === b.code;

const itemsOf = (
  duty: Duty,
  house: House,
  calendar: ProductionCalendar,
  zone: string,
  adoptedAt: Instant | null,
): AgendaItem[] => {
  const item = (at: Instant, step: string, audience: Awaited, urgency: AgendaItem['urgency']): AgendaItem => ({
    at,
    dutyKey: duty.key,
    step,
    dueOn: duty.dueOn,
    audience,
    urgency,
  });
  const morning = (day: Day): Instant => atTime(day, house.hours.remindAt, zone);
  // One notice an answer: the first by the plain word, a later one by its entry.
  const items = (duty.answers ?? [])
    .map(({ entry, at }, index) => item(at, index ? `answered-${entry}` : 'answered', curator, 'urgent'))
    .filter(({ at }) => adoptedAt === null || at > adoptedAt);
  const awaited = duty.state === 'upcoming' || duty.state === 'open' || duty.state === 'overdue';
  if (duty.rule === 'delivery' && awaited) items.push(item(duty.knownAt, 'undelivered', duty.awaited, 'urgent'));
  const { dueOn } = duty;
  if (dueOn === null || !(awaited || duty.state === 'missed')) return items;

  const late: AgendaItem[] = [];
  if (awaited) {
    for (const { workingDaysBefore } of house.remind) {
      const on = addWorkingDays(calendar, dueOn, -workingDaysBefore);
      if (duty.remindOn.includes(on))
        late.push(item(morning(on), `remind-${workingDaysBefore}`, duty.awaited, 'routine'));
    }
    if (!duty.neverLate) {
      const after = morning(addDays(dueOn, 1));
      late.push(item(after, 'overdue', duty.awaited, 'urgent'));
      if (!sameAudience(duty.awaited, curator)) late.push(item(after, 'overdue', curator, 'urgent'));
      house.escalate.forEach(({ workingDaysAfter, to }) => {
        late.push(
          item(
            morning(addWorkingDays(calendar, dueOn, workingDaysAfter)),
            `escalate-${workingDaysAfter}`,
            { kind: 'role', code: to },
            'urgent',
          ),
        );
      });
    }
  }
  if (duty.closesOn) {
    const missed = morning(addDays(duty.closesOn, 1));
    late.push(item(missed, 'missed', curator, 'urgent'));
    late.push(item(missed, 'missed', { kind: 'role', code: 'head' }, 'urgent'));
  }
  // What came with the past of an adopted case is known to those who brought it.
  if (adoptedAt !== null && duty.knownAt <= adoptedAt) return [...items, ...late.filter(({ at }) => at > adoptedAt)];
  return [...items, ...sinceKnown(late, duty.knownAt)];
};

/**
 * Moments before the records knew of the day are not made up for, with one exception: of the urgent ones each who would
 * have been told gets the latest of his at once, so that a late entry of something overdue stays silent to nobody.
 */
const sinceKnown = (items: readonly AgendaItem[], knownAt: Instant): AgendaItem[] => {
  const before = items.filter(({ at, urgency }) => at < knownAt && urgency === 'urgent');
  const isLast = ({ at, audience }: AgendaItem): boolean =>
    !before.some((other) => sameAudience(other.audience, audience) && other.at > at);
  return [
    ...before.filter(isLast).map((item) => ({ ...item, at: knownAt })),
    ...items.filter(({ at }) => at >= knownAt),
  ];
};

const byText = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

const order = (a: AgendaItem, b: AgendaItem): number =>
  byText(a.at, b.at) ||
  byText(a.dutyKey, b.dutyKey) ||
  byText(a.step, b.step) ||
  byText(a.audience.code, b.audience.code);

/**
 * Every moment at which the case acts by itself, the past ones of duties still awaited too, in order. Closed duties act
 * no more. `adoptedAt`: of a case that was adopted under way, nothing is said of a moment before this one.
 */
export const buildAgenda = (
  duties: readonly Duty[],
  house: House,
  calendar: ProductionCalendar,
  zone: string,
  adoptedAt: Instant | null = null,
): AgendaItem[] => duties.flatMap((duty) => itemsOf(duty, house, calendar, zone, adoptedAt)).sort(order);
