import type { Day } from '../../calendar/day.ts';
import type { DutyRule } from '../../regulation/regulation.ts';
import type { DutyState } from '../duty.ts';
import { firstAct, holds } from '../predicates.ts';
import type { ActsFrom } from '../predicates.ts';
import { latestInstant } from '../reading.ts';
import { say } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { onThatDay, reckon, undated } from './reckoning.ts';
import { awaitedOf, concernedSince, concerns, endDay, occurrences } from './scene.ts';
import type { Occurrence, RawDuty, Scene } from './scene.ts';
import { tellings } from './tellings.ts';

type TermRule = Extract<DutyRule, { form: 'term' }>;

/**
 * The state of a duty with one day, or none. A day that passed before the end of support stays on record as missed.
 * `endedOn`: what has ended it by `asOf`.
 */
export const stateOf = (metOn: Day | null, dueOn: Day | null, endedOn: Day | null, asOf: Day): DutyState => {
  if (metOn) return dueOn !== null && metOn > dueOn ? 'met late' : 'met';
  if (endedOn !== null) return dueOn !== null && dueOn < endedOn ? 'missed' : 'cancelled';
  return dueOn !== null && asOf > dueOn ? 'overdue' : 'open';
};

/** The last of the acts, in time; none while one is lacking. */
const performed = (rule: TermRule, scene: Scene, from: ActsFrom): { on: Day; root: number } | null => {
  const acts = rule.met.map((act) => firstAct(act, scene.reading, from));
  return acts.reduce((last, act) => (last && act ? (act.on > last.on ? act : last) : null), acts[0] ?? null);
};

const dutyFrom = (rule: TermRule, scene: Scene, start: Occurrence | null, shown: Occurrence): RawDuty => {
  const key = `${rule.rule}@${shown.root}`;
  const counted = start?.counted === undefined ? start : start.counted;
  const day =
    start === null
      ? undated(
          shown.title,
          shown.on,
          say(
            'начало срока ещё не наступило, поэтому дня пока нет',
            'the term has not started yet, so there is no day yet',
          ),
        )
      : rule.term === null
        ? undated(start.title, start.on)
        : counted === null
          ? undated(
              start.title,
              start.on,
              say(
                'день, от которого считается срок, в деле не указан',
                'the day from which the term is counted is not on record',
              ),
            )
          : rule.term === 'sameDay'
            ? onThatDay(scene, { ...start, ...counted })
            : reckon(scene, { ...start, ...counted }, rule.term, rule.rule, key);
  const since: ActsFrom = {
    on: rule.acts === 'any' ? '' : (start ?? shown).on,
    dueOn: day.unmovedDueOn,
    ...(rule.acts === 'afterStart' ? { after: shown.root } : {}),
    ...(start?.told ? { told: start.told } : {}),
  };
  const act = performed(rule, scene, since);
  const ended = endDay(rule, scene, (start ?? shown).on, 'fact' in rule.start ? (start ?? shown).root : undefined);
  // What is done after the end belongs to the next round of the same duty, never to this one.
  const done = act !== null && (ended === null || act.on <= ended) ? act.on : null;
  const judged = judgedByItsDay(scene, key, day, (dueOn) => {
    if (!rule.atLeast) return { metOn: done, state: stateOf(done, dueOn, ended, scene.asOf) };
    const metOn = done !== null && dueOn !== null && done >= dueOn ? done : null;
    return { metOn, state: metOn ? 'met' : ended !== null ? 'cancelled' : 'open' };
  });
  return {
    key,
    rule: rule.rule,
    clause: rule.clause,
    what: rule.what,
    subject: null,
    basis: judged.dueOn === null ? 'undated' : rule.basis,
    ...judged,
    endedOn: ended,
    awaited: awaitedOf(rule.who, scene, judged.metOn ? (act?.root ?? null) : null),
    scope: rule.scope,
    window: null,
    rootEntry: shown.root,
    knownAt: latestInstant([shown.knownAt, start?.knownAt ?? '', counted?.knownAt ?? '']),
    startOn: (start ?? shown).on,
    lacking: rule.met.filter((one) => firstAct(one, scene.reading, since) === null),
    ...(rule.atLeast ? { neverLate: true as const } : {}),
  };
};

/** What shows a duty before (or apart from) its start: the first of `shownFrom` that holds, keyed by the case's opening. */
const shownByItself = (rule: TermRule, scene: Scene): Occurrence | null => {
  const { reading } = scene;
  const asked = { stage: () => scene.stretches.findLast(({ from }) => from <= scene.asOf)?.stage ?? null };
  const evidence = rule.shownFrom.map((condition) => holds(condition, reading, asked)).find((one) => one !== null);
  const opened = reading.facts.find(({ kind }) => kind === 'caseOpened');
  if (!evidence || !opened) return null;
  const stretch = scene.stretches.findLast(({ from }) => from <= scene.asOf);
  const on = stretch?.from ?? opened.on;
  const title = say('идёт этап «{stage}»', 'stage "{stage}"', {
    stage: (stretch && reading.regulation.stages[stretch.stage]?.title) ?? '',
  });
  return { on, root: opened.root, knownAt: stretch?.knownAt ?? opened.recordedAt, title };
};

/** Duties of a rule with a start and a term (or none): one for each start. */
export const termDuties = (rule: TermRule, scene: Scene): RawDuty[] => {
  const starts = 'on' in rule.start ? tellings(rule, scene) : occurrences(rule.start, scene);
  if (rule.shownFrom.length) {
    const start = starts.at(-1) ?? null;
    const opened = scene.reading.facts.find(({ kind }) => kind === 'caseOpened');
    const shown = start && opened ? { ...start, root: opened.root } : shownByItself(rule, scene);
    return shown ? concerned(rule, scene, [dutyFrom(rule, scene, start, shown)]) : [];
  }
  const asked = starts.filter((start, index) => !repeats(rule, scene, starts, index, start));
  return concerned(
    rule,
    scene,
    asked.map((start) => dutyFrom(rule, scene, start, start)),
  );
};

const concerned = (rule: TermRule, scene: Scene, made: readonly RawDuty[]): RawDuty[] =>
  made.flatMap((duty) => {
    const day = duty.dueOn ?? scene.asOf;
    if (!concerns(rule, scene, day)) return [];
    return [{ ...duty, knownAt: latestInstant([duty.knownAt, concernedSince(rule, scene, day)]) }];
  });

/** An undated duty is not asked again while the same one is still open: a second finding before the report adds nothing. */
const repeats = (
  rule: TermRule,
  scene: Scene,
  starts: readonly Occurrence[],
  index: number,
  { on }: Occurrence,
): boolean => {
  if (rule.term !== null || 'stage' in rule.start) return false;
  const earlier = starts[index - 1];
  if (!earlier) return false;
  // What has taken the earlier one away leaves nothing that could stand for this one.
  const goneOn = endDay({ until: rule.until, outlivesSupport: true }, scene, earlier.on, earlier.root);
  if (goneOn !== null && goneOn <= on) return false;
  return performed(rule, { ...scene, reading: scene.on(on) }, { on: earlier.on }) === null;
};
