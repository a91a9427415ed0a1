import { addDays, maxDay } from '../../calendar/civil.ts';
import type { Day } from '../../calendar/day.ts';
import { gridWindow } from '../../calendar/terms.ts';
import type { DutyRule } from '../../regulation/regulation.ts';
import type { DutyState } from '../duty.ts';
import { allHold } from '../predicates.ts';
import { factsOf, readingOn } from '../reading.ts';
import { say, shortDay } from '../words.ts';
import { windowEnd } from './reckoning.ts';
import { awaitedOf, occurrences } from './scene.ts';
import type { Occurrence, RawDuty, Scene } from './scene.ts';

type GridRule = Extract<DutyRule, { form: 'grid' }>;

interface Window {
  index: number;
  from: Day;
  to: Day;
  /** The stage in which the grid runs covers the window's last day, by what is known. */
  demanded: boolean;
  /** Days on which each act of the rule was done for this window. */
  served: Day[][];
}

/** Windows of the grid that touch its stage, up to the horizon. */
const windowsOf = (rule: GridRule, scene: Scene, anchor: Occurrence): Window[] => {
  const spans = scene.stretches.filter(({ stage }) => stage === rule.while);
  const windows: Window[] = [];
  for (let index = 1; ; index += 1) {
    const { from, to } = gridWindow(anchor.on, rule.every.months, index);
    const lastSpan = spans.at(-1);
    if ((to > scene.horizon && from >= scene.asOf) || !lastSpan || (lastSpan.to !== null && from >= lastSpan.to))
      return windows;
    const touches = spans.some((span) => span.from <= to && (span.to === null || span.to > from));
    const judged = readingOn(scene.reading.facts, to, scene.reading);
    if (!touches || !allHold(rule.for, judged, {})) continue;
    const covered = spans.some((span) => span.from <= to && (span.to === null || span.to >= to));
    const demanded = covered && (scene.ended === null || to < scene.ended.on);
    windows.push({ index, from, to, demanded, served: rule.acts.map(() => []) });
  }
};

/** The last day on which a late act still serves the window: the end of the next one. */
const closesOn = (windows: readonly Window[], at: number, anchor: Occurrence, months: number): Day =>
  windows[at + 1]?.to ?? gridWindow(anchor.on, months, (windows[at]?.index ?? 1) + 1).to;

/** Each act serves the oldest window that lacks it and is not closed; a surplus serves none, and never the next. */
const serve = (rule: GridRule, scene: Scene, anchor: Occurrence, windows: Window[]): void => {
  rule.acts.forEach((act, position) => {
    for (const { on } of factsOf(scene.reading, act.fact, act.where)) {
      const window = windows.find(
        ({ from, served, demanded, to }, at) =>
          from < on &&
          (demanded || on <= to) &&
          on <= closesOn(windows, at, anchor, rule.every.months) &&
          (served[position]?.length ?? 0) < act.times,
      );
      window?.served[position]?.push(on);
    }
  });
};

const metOnOf = (rule: GridRule, { served }: Window): Day | null =>
  rule.acts.every(({ times }, position) => (served[position]?.length ?? 0) >= times)
    ? served.flat().reduce(maxDay, '')
    : null;

const stateOfWindow = (rule: GridRule, window: Window, metOn: Day | null, closes: Day, scene: Scene): DutyState => {
  if (metOn) return metOn <= window.to ? 'met' : 'met late';
  if (!window.demanded && hasLeft(rule, scene, window)) return 'cancelled';
  if (scene.asOf <= window.from) return 'upcoming';
  if (scene.asOf <= window.to) return 'open';
  return scene.asOf <= closes && !isOver(rule, scene) ? 'overdue' : 'missed';
};

/** One duty for each window of the grid. */
export const gridDuties = (rule: GridRule, scene: Scene): RawDuty[] => {
  const anchor = occurrences(rule.anchor, scene)[0];
  if (!anchor) return [];
  const windows = windowsOf(rule, scene, anchor);
  serve(rule, scene, anchor, windows);
  const needed = rule.acts.reduce((sum, { times }) => sum + times, 0);
  return windows.map((window, at) => {
    const metOn = metOnOf(rule, window);
    const closes = closesOn(windows, at, anchor, rule.every.months);
    const period = `${shortDay(addDays(window.from, 1))}–${shortDay(window.to)}`;
    return {
      key: `${rule.rule}@${anchor.root}/${window.index}`,
      rule: rule.rule,
      clause: rule.clause,
      what: say('{what}: {period}', '{what}: {periodEn}', {
        what: rule.what,
        period,
        periodEn: `${addDays(window.from, 1)} to ${window.to}`,
      }),
      subject: null,
      basis: rule.basis,
      ...windowEnd(scene, anchor, rule.every.months, window.index, window.to),
      awaited: awaitedOf(rule.who, scene, null),
      state: stateOfWindow(rule, window, metOn, closes, scene),
      metOn,
      scope: rule.scope,
      window: { index: window.index, from: window.from, to: window.to, needed, served: window.served.flat().length },
      rootEntry: anchor.root,
      knownAt: anchor.knownAt,
      startOn: window.from,
    };
  });
};

/** The stage of the grid is over on the reading's day, so what had not ended then is no longer demanded. */
const hasLeft = (rule: GridRule, scene: Scene, window: Window): boolean => {
  const current = scene.stretches.findLast(({ from }) => from <= scene.asOf);
  // Back in the stage: a window that ended while it was interrupted stays cancelled.
  return scene.ended !== null || current?.stage !== rule.while || window.to < current.from;
};

/** Nothing can be made up any more: support has ended, or active support has. */
const isOver = (rule: GridRule, scene: Scene): boolean => {
  const current = scene.stretches.findLast(({ from }) => from <= scene.asOf);
  return scene.ended !== null || (current?.stage === 'postSupport' && rule.while !== 'postSupport');
};
