import type { Day, Instant } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { Command } from '../commands/command.ts';
import { commandOfFact } from '../commands/table.ts';
import type { Regulation } from '../regulation/regulation.ts';
import { asAdvice, asFault, misplacedDay, refusalOfPast } from './adoption.ts';
import type { Advice, Decision, Refusal, World } from './decision.ts';
import type { Fact, NewFact } from './fact.ts';
import { fold } from './fold.ts';
import type { CaseState } from './fold.ts';
import { planAdvices, reasonAdvices } from './advices.ts';
import { advicesFor, contradictions, refusalByClause } from './judge.ts';
import { measureNamed } from './measure-reference.ts';
import { fieldTitle } from './missing-words.ts';
import { grantedDays } from './duties/scene.ts';
import { readingOn } from './reading.ts';
import type { Setting } from './reading.ts';
import { entryNamed, refusalByReference, refusalByStanding, refuse } from './standing-checks.ts';
import { say } from './words.ts';

/** The case's clock: the instant, and its day in the institution's zone. */
export interface Now {
  at: Instant;
  today: Day;
}

/** `against`: the clause that a fact of the past stands against; of anything else it is a refusal. */
type Outcome = { facts: NewFact[]; against?: Refusal } | { refusal: Refusal };

/** The state as it will be once the facts are recorded. */
const after = (state: CaseState, facts: readonly NewFact[], now: Now, regulation: Regulation): CaseState => {
  const recorded = facts.map((fact, index): Fact => {
    const seq = state.seq + index + 1;
    return {
      seq,
      root: fact.root ?? seq,
      kind: fact.kind,
      on: fact.on,
      recordedAt: now.at,
      recordedOn: now.today,
      data: fact.data,
      ...(fact.texts ? { texts: fact.texts } : {}),
    };
  });
  return fold([...state.log, ...recorded], regulation);
};

/** A result belongs to a measure that the case has; named in words it is stored by its id. */
const withMeasure = (state: CaseState, command: Command, setting: Setting): Record<string, unknown> | Refusal => {
  if (command.command !== 'recordResult' && command.command !== 'giveMeasure') return command.data;
  const id = measureNamed(state, command, setting);
  if (id === undefined) return command.data;
  if (id !== null) return { ...command.data, measure: id };
  // Before the approval there is no measure to name: then a clause says so, not a reference.
  if (command.command === 'giveMeasure' && !readingOn(state.facts, command.on, setting).plan) return command.data;
  return refuse(
    'reference.unknown',
    say(
      'такого мероприятия нет ни в утверждённом плане, ни среди поручений',
      'no such measure in the approved plan or among those given',
    ),
  );
};

const newFact = (command: Command, data: Record<string, unknown>, root?: number): NewFact => ({
  kind: command.fact,
  on: command.on,
  data,
  ...(root === undefined ? {} : { root }),
  ...(Object.keys(command.texts).length ? { texts: command.texts } : {}),
});

/** Asked after the clauses: what a text demands is refused by it. */
const lackingFields = ({ lacking }: Command): Refusal | null =>
  lacking.length
    ? refuse(
        'field.missing',
        ...lacking.map((field) => say('не указано: {field}', 'missing: {field}', { field: fieldTitle(field) })),
      )
    : null;

/** An extension is bounded by the rules of the institution: beyond the bound it is refused, never cut in silence. */
const refusalOfExtension = (state: CaseState, { data }: Command, { regulation }: Setting): Refusal | null => {
  const rule = typeof data['duty'] === 'string' ? data['duty'].split('@')[0] : undefined;
  const bound = regulation.house.extendable.find(({ duty }) => duty === rule)?.days;
  if (rule === undefined || bound === undefined) return refuse('house.not-extendable');
  const granted = grantedDays(state.facts, rule, String(data['duty']));
  return granted + Number(data['days'] ?? 0) > bound
    ? refuse(
        'house.not-extendable',
        say(
          'всего можно продлить на {bound} дн., уже продлено на {granted} дн.',
          'it can be extended by {bound} days in all; {granted} are granted already',
          { bound, granted },
        ),
      )
    : null;
};

/** The state without what was entered after a place on that day: a correction keeps the place of what it corrects. */
const upToPlace = (state: CaseState, on: Day, place: number): CaseState => ({
  ...state,
  facts: state.facts.filter((fact) => fact.on !== on || fact.root < place),
});

/**
 * A command that records one fact. `root`: the entry whose place it takes; `past`: history, which no clause undoes;
 * `inPlace`: judged by what stands before that entry, not by the rest of its day.
 */
const ordinary = (
  state: CaseState,
  command: Command,
  now: Now,
  world: World,
  setting: Setting,
  { root, past = false, inPlace = false }: { root?: number; past?: boolean; inPlace?: boolean } = {},
): Outcome => {
  if (command.on > now.today) return { refusal: refuse('entry.day-in-future') };
  const before = inPlace && root !== undefined ? upToPlace(state, command.on, root) : state;
  // Filed as a paper or by a word of its own, it is the same fact and stands under the same question.
  const word = commandOfFact.get(command.fact) ?? command.command;
  const standing = refusalByStanding(word, state, readingOn(before.facts, command.on, setting));
  if (standing) return { refusal: standing };
  const reference = refusalByReference(command, state, world);
  if (reference) return { refusal: reference };
  const data = withMeasure(state, command, setting);
  if ('code' in data && 'missing' in data) return { refusal: data as unknown as Refusal };
  const extension = command.command === 'extend' ? refusalOfExtension(state, command, setting) : null;
  if (extension) return { refusal: extension };
  if (command.command === 'moveToVersion' && `${setting.regulation.id}@${String(data['version'])}` === state.regulation)
    return { refusal: refuse('version.same') };
  const fact = newFact(command, data, root);
  // What a curator had on a past day is not known; today's load says nothing of it.
  const against = refusalByClause(before, fact, setting, past ? undefined : world.curatorLoad);
  const refusal = (past ? null : against) ?? lackingFields(command);
  return refusal ? { refusal } : { facts: [fact], ...(against ? { against } : {}) };
};

/** Whoever the entry itself names may stay named when it is corrected, though he has left since. */
const withNamedIn = (staff: ReadonlySet<string>, { data }: Fact): ReadonlySet<string> =>
  typeof data['curator'] === 'string' ? new Set([...staff, data['curator']]) : staff;

/**
 * Takes an entry out, and with `correctEntry` puts another in its place: judged as if the old one had never been. What
 * was entered after that place on the same day stands in no correction's way: the last day's conclusion can be corrected
 * though support ended that day.
 */
const amending = (state: CaseState, command: Command, now: Now, world: World, setting: Setting): Outcome => {
  if (command.on > now.today) return { refusal: refuse('entry.day-in-future') };
  const lacking = lackingFields(command);
  if (lacking) return { refusal: lacking };
  const named = entryNamed(state, Number(command.data['entry']));
  if (named.refusal) return { refusal: named.refusal };
  const old = state.facts.find(({ seq }) => seq === named.seq);
  if (!old) return { refusal: refuse('entry.unknown') };
  const mark = newFact(command, { ...command.data, entry: named.seq });
  if (!command.replacement)
    return old.kind === 'caseOpened' ? { refusal: refuse('entry.not-annullable') } : { facts: [mark] };
  const without = after(state, [mark], now, setting.regulation);
  const known = { ...world, ...(world.staff && { staff: withNamedIn(world.staff, old) }) };
  const asked = [without, command.replacement, now, known, setting] as const;
  const inPlace = ordinary(...asked, { root: old.root, inPlace: true });
  // Corrected into another act, it may rest on what only came later that day.
  const replaced = 'refusal' in inPlace ? ordinary(...asked, { root: old.root }) : inPlace;
  return 'refusal' in replaced ? inPlace : { facts: [mark, ...replaced.facts] };
};

/**
 * A case already under way: its past is played command by command, each judged on its own day by the same rules.
 * Whatever cannot be a fact at all (an unknown agency, a day ahead, a plan decided twice) refuses the whole, each fault
 * by its place; what a clause would have refused has happened all the same and becomes an advice. An act of today is no
 * history yet: its clause refuses it.
 */
const adopting = (
  state: CaseState,
  command: Command,
  now: Now,
  world: World,
  setting: Setting,
): { facts: NewFact[]; advice: Advice[] } | { refusal: Refusal } => {
  if (command.on > now.today) return { refusal: refuse('entry.day-in-future') };
  const standing = refusalByStanding('adoptCase', state, readingOn(state.facts, command.on, setting));
  if (standing) return { refusal: standing };
  const facts: NewFact[] = [];
  const advice: Advice[] = [];
  const against: { entry: number; clause: string | null }[] = [];
  const faults: NonNullable<Refusal['faults']> = [];
  let current = state;
  command.past.forEach((past, index) => {
    const misplaced = misplacedDay(past.on, command.past[index - 1]?.on, command.on);
    const outcome: Outcome = misplaced
      ? { refusal: misplaced }
      : ordinary(current, past, now, world, setting, { past: past.on < now.today });
    if ('refusal' in outcome) faults.push(asFault(index, past, outcome.refusal));
    else if (outcome.against) {
      advice.push(asAdvice(index, past, outcome.against));
      against.push({ entry: index + 1, clause: outcome.against.clause });
    }
    // One that cannot stand is played all the same: what rests on it must not be blamed for it.
    const played = 'refusal' in outcome ? [newFact(past, past.data)] : outcome.facts;
    facts.push(...played);
    current = after(current, played, now, setting.regulation);
  });
  if (faults.length) return { refusal: refusalOfPast(faults) };
  if (!facts.length) return { refusal: refuse('case.not-open') };
  // Kept in the log, so that whoever reads the case later sees it too.
  const mark = newFact(command, { ...command.data, ...(against.length ? { against } : {}) });
  return { facts: [...facts, mark], advice };
};

/**
 * Decides on a command by the facts up to its own day. Changes nothing: the facts that it proposes get their
 * numbers and their instant from the records. `command` comes from `parseCommand`.
 */
export const decide = (
  state: CaseState,
  command: Command,
  now: Now,
  world: World,
  regulation: Regulation,
  calendar: ProductionCalendar,
): Decision => {
  const setting = { regulation, calendar };
  const amends = command.command === 'annulEntry' || command.command === 'correctEntry';
  const outcome = amends
    ? amending(state, command, now, world, setting)
    : command.command === 'adoptCase'
      ? adopting(state, command, now, world, setting)
      : ordinary(state, command, now, world, setting);
  if ('refusal' in outcome) return { accepted: false, refusal: outcome.refusal };
  const next = after(state, outcome.facts, now, regulation);
  const fact = outcome.facts.at(-1);
  const judgedAgainst = amends ? after(state, outcome.facts.slice(0, 1), now, regulation) : state;
  const advice = [
    ...('advice' in outcome ? outcome.advice : []),
    ...(fact && command.command !== 'adoptCase' ? advicesFor(judgedAgainst, fact, setting, world.curatorLoad) : []),
    ...planAdvices(next, command.replacement ?? command, setting),
    ...(command.command === 'adoptCase' ? [] : reasonAdvices(next, fact, now.today, setting)),
    ...contradictions(state, next, setting),
  ];
  return { accepted: true, facts: outcome.facts, advice };
};
