import type { Day } from '../../domain/calendar/day.ts';
import { dayOf, startOfDay } from '../../domain/calendar/zone.ts';
import { addDays, isDay } from '../../domain/calendar/civil.ts';
import type { Refusal } from '../../domain/case/decision.ts';
import { midday, movedTo, type CaseClock } from './case-clock.ts';
import type { Advanced } from './contract.ts';
import { movedDays } from './moved-days.ts';
import { openNoticeBook } from './notice-book.ts';
import { nextMoment, plannedNotices, type Projection, type Setting } from './project.ts';
import { refuse } from './refusals.ts';
import { identityOf, openLog, projectAndClose, settle, type Turn, type TurnResult } from './turn.ts';

/**
 * Moves a training case's clock and lives through every moment on the way, in order: what falls due is queued on its
 * own case day, duties that close or are missed are closed on theirs. No timer runs for it.
 * `{ to: day }` ends at that day's midday, with everything of the day done; `{ to: 'nextEvent' }` at the next moment
 * at which the case speaks.
 */
export function advanceClock(turn: Turn): TurnResult {
  const { head } = turn.loaded;
  const { to } = turn.stored.body;
  const refusal = refusalOfAdvance(turn);
  if (refusal !== null || head === null) return { refusal: refusal ?? refuse('case.unknown') };

  const log = openLog(turn);
  log.append(movedDays(turn), turn.clock);
  const book = openNoticeBook(turn.loaded.notices);
  const from = turn.clock.at;
  let clock = turn.clock;
  let { projection, setting } = live(turn, log, book, clock);
  const last = to === 'nextEvent' ? nextEventAt(projection, clock) : startOfDay(addDays(to as Day, 1), clock.zone);
  if (last === null) return { refusal: refuse('clock.nothing-ahead') };
  for (;;) {
    const next = nextMoment(projection, setting, clock, 0);
    // A day's own moments lie before the next day begins; the next event itself belongs to the walk.
    if (next === null || (to === 'nextEvent' ? next > last : next >= last)) break;
    clock = movedTo(clock, next);
    ({ projection, setting } = live(turn, log, book, clock));
  }
  const end = to === 'nextEvent' ? last : midday(to as Day, clock.zone);
  if (end > clock.at) clock = movedTo(clock, end);
  const { projection: after, ...settled } = settle(turn, identityOf(head), log, book, clock);
  const advanced: Advanced = {
    today: clock.today,
    nextEvent: nextEvent(after, clock),
    fired: book.countDue(from, clock.at),
  };
  return { ...settled, entries: log.appended.facts.map(({ seq }) => seq), advice: [], advanced };
}

/** What stands against moving the clock, before anything is reckoned. */
export function refusalOfAdvance({ loaded, stored, clock }: Turn): Refusal | null {
  const { to } = stored.body;
  if (loaded.head === null) return refuse('case.unknown');
  if (!loaded.head.training) return refuse('case.not-training');
  if (to === 'nextEvent') return null;
  if (!isDay(String(to))) return refuse('command.invalid');
  return (to as Day) < clock.today ? refuse('clock.backwards') : null;
}

/** One moment of the case: what has closed is frozen, what is due by now is planned, what was due before stays. */
function live(
  turn: Turn,
  log: ReturnType<typeof openLog>,
  book: ReturnType<typeof openNoticeBook>,
  clock: CaseClock,
): { projection: Projection; setting: Setting } {
  const lived = projectAndClose(turn, log, clock);
  book.plan(plannedNotices(lived.projection, clock, 0), clock.at);
  return lived;
}

const nextEventAt = (projection: Projection, clock: CaseClock): string | null => ahead(projection, clock)?.at ?? null;

const ahead = ({ agenda }: Projection, clock: CaseClock) => agenda.find(({ at }) => at > clock.at);

function nextEvent(projection: Projection, clock: CaseClock): Advanced['nextEvent'] {
  const item = ahead(projection, clock);
  return item === undefined
    ? null
    : { on: dayOf(item.at, clock.zone), at: item.at, step: item.step, dutyKey: item.dutyKey };
}
