import { addDays, maxDay, minDay } from '../../calendar/civil.ts';
import type { Day, Instant } from '../../calendar/day.ts';
import { gridWindow } from '../../calendar/terms.ts';
import type { DutyRule } from '../../regulation/regulation.ts';
import type { DutyState, WhyStep } from '../duty.ts';
import type { Fact } from '../fact.ts';
import { factsOfAct, latestInstant } from '../reading.ts';
import { say, shortDay } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { windowEnd } from './reckoning.ts';
import { awaitedOf, concernedSince, concerns, occurrences } from './scene.ts';
import type { Occurrence, RawDuty, Scene } from './scene.ts';
import { termDuties } from './term-duties.ts';

type GridRule = Extract<DutyRule, { form: 'grid' }>;

interface Window {
  index: number;
  from: Day;
  to: Day;
  /** The stage in which the grid runs covers the window's last day, by what is known. */
  demanded: boolean;
  /** The last day on which a late act still serves it: the end of the next window, or of active support. */
  closesOn: Day;
  /** What was done for this window, by the place of the act in the rule. */
  served: Fact[][];
}

interface Span {
  from: Day;
  /** The last day; `null` while none is known. */
  to: Day | null;
}

/** A grid, the day its windows are counted from, and the days it runs. */
interface Running {
  anchor: Occurrence;
  counted: Day;
  spans: readonly Span[];
  /** The day of the duty up to which it runs: a window that this day cuts short is not asked for. */
  stop: Day | null;
}

/** The first day on which nothing can be made up any more: support has ended, or active support has. */
const overOn = (rule: GridRule, { stretches, ended, asOf }: Scene): Day | null => {
  const active = rule.while !== null && rule.while !== 'postSupport';
  const after = active ? stretches.find(({ stage }) => stage === 'postSupport') : undefined;
  return ended?.on ?? (after && after.from <= asOf ? after.from : null);
};

/** The day of the duty up to which the grid runs, whatever has become of it. */
const stopOf = (rule: GridRule, scene: Scene): Day | null => {
  const upTo = rule.upTo === null ? undefined : scene.reading.regulation.duties[rule.upTo];
  return upTo?.form === 'term' ? (termDuties(upTo, scene).at(-1)?.dueOn ?? null) : null;
};

const runningOf = (rule: GridRule, scene: Scene): Running | null => {
  const anchor = occurrences(rule.anchor, scene)[0];
  if (!anchor) return null;
  const counted = anchor.counted === undefined ? anchor.on : anchor.counted?.on;
  if (counted === undefined) return null;
  const spans =
    rule.while === null
      ? [{ from: anchor.on, to: scene.ended?.on ?? null }]
      : scene.stretches.filter(({ stage }) => stage === rule.while);
  return { anchor, counted, spans, stop: stopOf(rule, scene) };
};

/** Windows of the grid that touch the days it runs, up to the horizon. */
const windowsOf = (rule: GridRule, scene: Scene, { counted, spans, stop }: Running): Window[] => {
  const over = overOn(rule, scene);
  const windows: Window[] = [];
  for (let index = 1; ; index += 1) {
    const { from, to } = gridWindow(counted, rule.every, index);
    const lastSpan = spans.at(-1);
    if (stop !== null && to > stop) return windows;
    if ((to > scene.horizon && from >= scene.asOf) || !lastSpan || (lastSpan.to !== null && from >= lastSpan.to))
      return windows;
    const touches = spans.some((span) => span.from <= to && (span.to === null || span.to > from));
    if (!touches || !concerns(rule, scene, to)) continue;
    const covered = spans.some((span) => span.from <= to && (span.to === null || span.to >= to));
    const demanded = covered && (scene.ended === null || to < scene.ended.on);
    const next = demanded ? gridWindow(counted, rule.every, index + 1).to : to;
    windows.push({
      index,
      from,
      to,
      demanded,
      closesOn: over === null ? next : minDay(next, over),
      served: rule.acts.map(() => []),
    });
  }
};

/** Each act serves the oldest window that lacks it and is not closed; a surplus serves none, and never the next. */
const serve = (rule: GridRule, scene: Scene, windows: Window[]): void => {
  rule.acts.forEach((act, position) => {
    for (const fact of factsOfAct(scene.reading, act)) {
      const window = windows.find(
        ({ from, served, closesOn }) =>
          from < fact.on && fact.on <= closesOn && (served[position]?.length ?? 0) < act.times,
      );
      window?.served[position]?.push(fact);
    }
  });
};

const metOnOf = (rule: GridRule, { served }: Window): Day | null =>
  rule.acts.every(({ times }, position) => (served[position]?.length ?? 0) >= times)
    ? served.flat().reduce((day, { on }) => maxDay(day, on), '')
    : null;

const stateOfWindow = (rule: GridRule, window: Window, metOn: Day | null, scene: Scene): DutyState => {
  if (metOn) return metOn <= window.to ? 'met' : 'met late';
  if (!window.demanded && hasLeft(rule, scene, window)) return 'cancelled';
  if (scene.asOf <= window.from) return 'upcoming';
  if (scene.asOf <= window.to) return 'open';
  return scene.asOf <= window.closesOn && scene.ended === null ? 'overdue' : 'missed';
};

/** The stage of the grid is over on the reading's day, so what had not ended then is no longer demanded. */
const hasLeft = (rule: GridRule, scene: Scene, window: Window): boolean => {
  const current = scene.stretches.findLast(({ from }) => from <= scene.asOf);
  // Back in the stage: a window that ended while it was interrupted stays cancelled.
  return scene.ended !== null || current?.stage !== rule.while || window.to < current.from;
};

/**
 * A window that is missed for good, or that only a later entry shows to be served, asks for a reason: the note of an
 * act of this grid entered since. Not one that had closed before the records knew of its grid (an adopted case).
 * `undefined`: nothing is asked.
 */
const reasonOf = (
  rule: GridRule,
  scene: Scene,
  { closesOn, served }: Window,
  state: DutyState,
  knownAt: Instant,
): number | null | undefined => {
  const enteredSince = ({ recordedOn }: Fact): boolean => recordedOn > closesOn;
  if (state !== 'missed' && (knownAt > closesOn || !served.flat().some(enteredSince))) return undefined;
  const acts = rule.acts.flatMap((act) => factsOfAct(scene.reading, act)).filter(enteredSince);
  return acts.find(({ data }) => Array.isArray(data['has']) && data['has'].includes('note'))?.root ?? null;
};

const reasonStep = (dueOn: Day, entry: number | null): WhyStep => ({
  kind: 'result',
  day: dueOn,
  text:
    entry === null
      ? say(
          'промежуток был упущен; причина не записана: укажите её в примечании, когда вносите следующее действие',
          'the window was missed; no reason is on record: give it in the note of the next act you enter',
        )
      : say(
          'промежуток был упущен; причина — в примечании к записи № {n}',
          'the window was missed; the reason is in the note of entry {n}',
          { n: entry },
        ),
});

const asDuty = (rule: GridRule, scene: Scene, { anchor }: Running, window: Window): RawDuty => {
  const { index, from, to, served, demanded, closesOn } = window;
  const metOn = metOnOf(rule, window);
  const state = stateOfWindow(rule, window, metOn, scene);
  const knownAt = latestInstant([anchor.knownAt, anchor.counted?.knownAt ?? '', concernedSince(rule, scene, to)]);
  const reasonIn = reasonOf(rule, scene, window, state, knownAt);
  const reckoned = windowEnd(scene, { ...anchor, ...anchor.counted }, rule.every, index, to);
  const needed = rule.acts.reduce((sum, { times }) => sum + times, 0);
  const key = `${rule.rule}@${anchor.root}/${index}`;
  const judged = judgedByItsDay(scene, key, reckoned, (dueOn) => ({
    state: metOn && dueOn ? (metOn > dueOn ? ('met late' as const) : ('met' as const)) : state,
  }));
  return {
    key,
    rule: rule.rule,
    clause: rule.clause,
    what: say('{what}: {period}', '{what}: {periodEn}', {
      what: rule.what,
      period: `${shortDay(addDays(from, 1))}–${shortDay(to)}`,
      periodEn: `${addDays(from, 1)} to ${to}`,
    }),
    subject: null,
    basis: rule.basis,
    ...judged,
    ...(reasonIn === undefined ? {} : { reasonIn, why: [...judged.why, reasonStep(to, reasonIn)] }),
    awaited: awaitedOf(rule.who, scene, null),
    metOn,
    scope: rule.scope,
    window: { index, from, to, needed, served: served.flat().length },
    ...(demanded ? { closesOn } : {}),
    rootEntry: anchor.root,
    knownAt,
    startOn: from,
    lacking: rule.acts.filter(({ times }, position) => (served[position]?.length ?? 0) < times),
  };
};

/** One duty for each window of the grid. */
export const gridDuties = (rule: GridRule, scene: Scene): RawDuty[] => {
  const running = runningOf(rule, scene);
  if (!running) return [];
  const windows = windowsOf(rule, scene, running);
  serve(rule, scene, windows);
  return windows.map((window) => asDuty(rule, scene, running, window));
};
