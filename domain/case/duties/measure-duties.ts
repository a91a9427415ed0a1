import { completes } from '../../agencies/requests.ts';
import { minDay } from '../../calendar/civil.ts';
import type { Asked } from '../../agencies/requests.ts';
import type { Day, Instant } from '../../calendar/day.ts';
import type { DutyRule } from '../../regulation/regulation.ts';
import type { Awaited } from '../duty.ts';
import type { Fact } from '../fact.ts';
import { latestInstant } from '../reading.ts';
import { say } from '../words.ts';
import { judgedByItsDay } from './kept-day.ts';
import { namedDay, undated } from './reckoning.ts';
import { endDay } from './scene.ts';
import type { RawDuty, Scene } from './scene.ts';
import { stateOf } from './term-duties.ts';

type MeasureRule = Extract<DutyRule, { form: 'measure' }>;

interface Subject {
  root: number;
  id: string;
  agency: string | null;
  dueOn: Day | null;
  from: Day;
  /** A newer approved plan has taken the place of this one. */
  replacedOn: Day | null;
  knownAt: Instant;
  performs: (fact: Fact) => boolean;
}

/** Measures of every approved plan; one with a successor is demanded until that one is approved. */
const planned = ({ reading }: Scene, measuresAsked: readonly Asked[]): Subject[] =>
  reading.plans
    .filter(({ approval }) => approval !== null)
    .flatMap(({ draft, approval, measures }, index, approved) => {
      const from = approval?.on ?? '';
      const next = approved[index + 1]?.approval ?? null;
      // By the order of the facts, not of their entry: a result entered late belongs to the plan of its own day.
      const term = next === null ? reading.facts : reading.facts.slice(0, reading.facts.indexOf(next));
      const own = new Set(term.filter(({ on }) => on >= from));
      return measures.map((measure): Subject => {
        const requests = measuresAsked.filter(({ subject, on }) => subject === measure.id && on >= from);
        return {
          root: draft.root,
          id: measure.id,
          agency: measure.agency,
          dueOn: measure.dueOn,
          from,
          replacedOn: next?.on ?? null,
          knownAt: latestInstant([measure.source.recordedAt, approval?.recordedAt ?? '']),
          performs: (fact) =>
            own.has(fact) &&
            ((fact.kind === 'resultRecorded' && fact.data['measure'] === measure.id) ||
              requests.some((asked) => completes(fact, asked))),
        };
      });
    });

/** Measures given to an agency that stand in no plan: those that name none, and those whose plan is gone. */
const given = ({ reading }: Scene, measuresAsked: readonly Asked[]): Subject[] => {
  const ids = new Set(reading.plans.flatMap(({ measures }) => measures.map(({ id }) => id)));
  return measuresAsked
    .filter(({ subject, fact }) => fact.data['measure'] === undefined || !ids.has(subject))
    .map((asked) => ({
      root: asked.entry,
      id: asked.subject,
      agency: asked.agency,
      dueOn: asked.dueOn,
      from: asked.on,
      replacedOn: null,
      knownAt: asked.fact.recordedAt,
      performs: (fact) => completes(fact, asked),
    }));
};

const awaitedFor = (agency: string | null): Awaited =>
  agency ? { kind: 'agency', code: agency } : { kind: 'role', code: 'curator' };

/** One duty for each measure, on the day that stands in the plan: a term, so it moves off days off. */
export const measureDuties = (rule: MeasureRule, scene: Scene): RawDuty[] => {
  const measuresAsked = scene.asked.filter(({ kind }) => kind === 'measure');
  return [...planned(scene, measuresAsked), ...given(scene, measuresAsked)].map((subject) => {
    const title = say('день исполнения мероприятия {id} по плану', "the plan's day for measure {id}", {
      id: subject.id,
    });
    const day = subject.dueOn ? namedDay(scene, title, subject.dueOn) : undated(title, subject.from);
    const act = scene.reading.facts.find((fact) => subject.performs(fact));
    const metOn = act?.on ?? null;
    const ends = [endDay(rule, scene, subject.from), subject.replacedOn].flatMap((end) => (end ? [end] : []));
    const endedOn = ends.length ? ends.reduce(minDay) : null;
    const key = `${rule.rule}@${subject.root}#${subject.id}`;
    const judged = judgedByItsDay(scene, key, day, (dueOn) => ({ state: stateOf(metOn, dueOn, endedOn, scene.asOf) }));
    return {
      key,
      rule: rule.rule,
      clause: rule.clause,
      what: rule.what,
      subject: subject.id,
      basis: judged.dueOn === null ? 'undated' : rule.basis,
      ...judged,
      endedOn,
      awaited: awaitedFor(subject.agency),
      metOn,
      scope: rule.scope,
      window: null,
      rootEntry: subject.root,
      knownAt: subject.knownAt,
      startOn: subject.from,
      ...(act?.kind === 'requestAnswered' ? { answers: [{ entry: act.root, at: act.recordedAt }] } : {}),
    };
  });
};
