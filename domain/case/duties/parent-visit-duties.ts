import type { Day } from '../../calendar/day.ts';
import type { DutyRule } from '../../regulation/regulation.ts';
import type { Fact } from '../fact.ts';
import type { Plan } from '../plans.ts';
import { factsOfAct, latestInstant } from '../reading.ts';
import { say } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { appointed } from './reckoning.ts';
import { awaitedOf, endDay } from './scene.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type ParentVisitRule = Extract<DutyRule, { form: 'parentVisit' }>;

const plannedDays = ({ draft }: Plan): Day[] =>
  Array.isArray(draft.data['parentVisits']) ? [...new Set(draft.data['parentVisits'] as Day[])].sort() : [];

/** A visit keeps the appointment of its own day; else the oldest that was not kept; else the next one, kept early. */
const keep = (days: readonly Day[], visits: readonly Fact[]): Map<Day, Fact> => {
  const kept = new Map<Day, Fact>();
  const open = (): Day[] => days.filter((day) => !kept.has(day));
  for (const visit of visits) {
    const day = open().find((one) => one === visit.on) ?? open()[0];
    if (day) kept.set(day, visit);
  }
  return kept;
};

/** One duty for each day on which the approved plan lets the parents visit their child: an appointment, never moved. */
export const parentVisitDuties = (rule: ParentVisitRule, scene: Scene): RawDuty[] => {
  const approved = scene.reading.plans.filter(({ approval }) => approval !== null);
  const visits = factsOfAct(scene.reading, rule.met);
  return approved.flatMap((plan, index) => {
    const from = plan.approval?.on ?? '';
    const replacedOn = approved[index + 1]?.approval?.on ?? null;
    const own = visits.filter(({ on }) => on >= from && (replacedOn === null || on < replacedOn));
    const days = plannedDays(plan);
    const kept = keep(days, own);
    const ends = [endDay(rule, scene, from), replacedOn].flatMap((day) => day ?? []).sort();
    return days.map((day, place): RawDuty => {
      const id = `v${place + 1}`;
      const metOn = kept.get(day)?.on ?? null;
      const key = `${rule.rule}@${plan.draft.root}#${id}`;
      const endedOn = ends[0] ?? null;
      const title = say('день посещения по плану', "the plan's day of the visit");
      return {
        key,
        rule: rule.rule,
        clause: rule.clause,
        what: rule.what,
        subject: id,
        basis: rule.basis,
        ...judgedByItsDay(scene, key, appointed(scene, title, day), (dueOn) => ({
          state: stateOf(metOn, dueOn, endedOn, scene.asOf),
        })),
        endedOn,
        awaited: awaitedOf(rule.who, scene, null),
        metOn,
        scope: rule.scope,
        window: null,
        rootEntry: plan.draft.root,
        knownAt: latestInstant([plan.draft.recordedAt, plan.approval?.recordedAt ?? '']),
        startOn: from,
      };
    });
  });
};
