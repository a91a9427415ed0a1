import { clauseShort } from './clause-words.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { Instant } from '../calendar/day.ts';
import type { CommandWord } from '../commands/command.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { AgendaItem } from './agenda.ts';
import { available, objections, unblocking, type Unblocking } from './available.ts';
import type { Now } from './decide.ts';
import type { Refusal, World } from './decision.ts';
import type { Duty, Sentence } from './duty.ts';
import { explainStage } from './explain-stage.ts';
import type { ExplainedStage, NextStage } from './explain-stage.ts';
import type { CaseState } from './fold.ts';
import type { StageSpan } from './stage.ts';
import { stepWords } from './step-words.ts';
import { say, shortDay } from './words.ts';

/** A duty for which the case waits. */
export interface Waiting {
  duty: Duty;
  unblockedBy: Unblocking[];
  /** The next step that the process takes for it by itself. */
  nextStep: ExplainedItem | null;
}

/** A moment of the agenda with the duty it is about. */
export interface ExplainedItem extends AgendaItem {
  text: Sentence;
  what: Sentence;
  clause: string;
}

export interface Explanation {
  /** Where the case stands and what it waits for first, in one sentence. */
  summary: Sentence;
  stage: ExplainedStage | null;
  nextStage: NextStage | null;
  /** Duties that are awaited, soonest first. */
  waitsFor: Waiting[];
  /** What the process does next by itself, in order. */
  agenda: ExplainedItem[];
  /** Commands that no fields would let pass now, and why. */
  blocked: { command: CommandWord; refusal: Refusal }[];
}

export interface Explained {
  state: CaseState;
  stages: readonly StageSpan[];
  duties: readonly Duty[];
  agenda: readonly AgendaItem[];
}

/**
 * Where a case stands and why, what it waits for, what happens next without anybody, and what would let it go on.
 * Sentences hold titles, days and numbers of entries alone: nothing that a person typed.
 */
export const explain = (
  { state, stages, duties, agenda }: Explained,
  now: Now,
  world: World,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Explanation => {
  const objection = objections(state, now.today, regulation, calendar);
  const byKey = new Map(duties.map((duty) => [duty.key, duty]));
  const refused = new Map(
    available(state, now, world, regulation, calendar).flatMap(({ command, refusal }) =>
      refusal && !beforeACase.has(command) ? [[command as string, refusal] as const] : [],
    ),
  );
  const items = agenda.flatMap((item) => explainItem(item, byKey, now.at));
  const waitsFor = duties
    .filter((duty) => duty.state === 'open' || duty.state === 'overdue')
    .map((duty): Waiting => ({
      duty,
      unblockedBy: unblocking(duty.acts, objection),
      nextStep: items.find(({ dutyKey }) => dutyKey === duty.key) ?? null,
    }));
  const { stage, nextStage } = explainStage(state, stages, regulation, calendar, now.today);
  return {
    summary: summaryOf(state, stage, waitsFor),
    ...{ stage, nextStage, waitsFor, agenda: items },
    blocked: [...refused].map(([command, refusal]) => ({ command: command as CommandWord, refusal })),
  };
};

/** Words by which a case comes to be: in one that exists they mean nothing. */
const beforeACase: ReadonlySet<string> = new Set(['openCase', 'adoptCase']);

const explainItem = (item: AgendaItem, duties: ReadonlyMap<string, Duty>, now: Instant): ExplainedItem[] => {
  const duty = duties.get(item.dutyKey);
  if (!duty || item.at <= now) return [];
  return [{ ...item, text: stepWords(item.step), what: duty.what, clause: duty.clause }];
};

const summaryOf = (
  { status, closedOn }: CaseState,
  stage: ExplainedStage | null,
  waitsFor: readonly Waiting[],
): Sentence => {
  if (status === 'closed' && closedOn)
    return say('Сопровождение прекращено {day}.', 'Support ended on {day}.', { day: shortDay(closedOn) });
  const place = stage
    ? say('Этап «{title}» ({clause}) с {day}.', 'Stage "{title}" ({clause}) since {day}.', {
        title: stage.title,
        clause: clauseShort(stage.clause),
        day: shortDay(stage.from),
      })
    : say('Этап ещё не начался.', 'No stage has begun.');
  const late = waitsFor.filter(({ duty }) => duty.state === 'overdue');
  const first = late[0] ?? waitsFor.find(({ duty }) => duty.dueOn !== null) ?? waitsFor[0];
  if (!first) return join(place, say('Ничего не ожидается.', 'Nothing is awaited.'));
  const { dueOn, what, clause } = first.duty;
  const values = { what, clause: clauseShort(clause), day: dueOn === null ? '' : shortDay(dueOn), n: late.length };
  if (late.length)
    return join(
      place,
      say(
        'Просрочено: {n}; первое — до {day}: {what} ({clause}).',
        'Overdue: {n}; first, by {day}: {what} ({clause}).',
        values,
      ),
    );
  return join(
    place,
    dueOn === null
      ? say('Ожидается: {what} ({clause}); день не установлен.', 'Awaited: {what} ({clause}); no day is set.', values)
      : say('Ближайший срок {day}: {what} ({clause}).', 'Next day {day}: {what} ({clause}).', values),
  );
};

const join = (a: Sentence, b: Sentence): Sentence => ({ ru: `${a.ru} ${b.ru}`, en: `${a.en} ${b.en}` });
