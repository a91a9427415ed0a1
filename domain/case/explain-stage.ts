import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { Condition, Regulation } from '../regulation/regulation.ts';
import type { Sentence } from './duty.ts';
import { factTitle } from './fact-titles.ts';
import type { CaseState } from './fold.ts';
import { givenDay, pastDay } from './given-days.ts';
import { missingFor } from './missing.ts';
import { holds } from './predicates.ts';
import { readingOn } from './reading.ts';
import type { Reading } from './reading.ts';
import { stageCodes } from './stage.ts';
import type { StageCode, StageSpan } from './stage.ts';
import { say, shortDay } from './words.ts';

/** One reason why the case is in its stage, with the entry that says so; `null` where the calendar or the status does. */
export interface StageReason {
  text: Sentence;
  entry: number | null;
}

export interface ExplainedStage {
  stage: StageCode;
  title: Sentence;
  clause: string;
  from: StageSpan['from'];
  because: StageReason[];
}

/** A later stage of the regulation, and what would have to be there for it to begin. */
export interface NextStage {
  stage: StageCode;
  title: Sentence;
  clause: string;
  missing: Sentence[];
}

const ofPlan: Readonly<Record<string, Sentence>> = {
  drafted: { ru: 'план составлен', en: 'the plan is drawn up' },
  approved: { ru: 'план утверждён', en: 'the plan is approved' },
  sentToEveryAgency: { ru: 'план разослан всем ответственным', en: 'the plan is sent to every responsible agency' },
  termOver: { ru: 'срок плана истёк', en: 'the plan’s term is over' },
};

const standing: Sentence = { ru: 'так указано в деле', en: 'the case stands so' };

const reasonOf = (condition: Condition, reading: Reading): StageReason[] => {
  if ('any' in condition) {
    const held = condition.any.find((one) => holds(one, reading, {}));
    return held ? reasonOf(held, reading) : [];
  }
  const evidence = holds(condition, reading, {});
  const fact = reading.facts.find(({ root }) => root === evidence?.root);
  const what = 'plan' in condition ? ofPlan[condition.plan] : fact && factTitle(fact.kind);
  // A condition that something is absent has nothing to show.
  if (!what && 'not' in condition) return [];
  if (!fact) return [{ text: what ?? standing, entry: null }];
  if ('plan' in condition && condition.plan === 'termOver' && reading.plan?.until)
    return [
      {
        text: say('{what}: последний день — {day}', '{what}: its last day was {day}', {
          what: what ?? standing,
          day: shortDay(reading.plan.until),
        }),
        entry: fact.seq,
      },
    ];
  if ('past' in condition) {
    const given = givenDay(reading, condition.past);
    if (given)
      return [
        {
          text: say('прошёл день {day}: {title}', 'the day {day} is past: {title}', {
            day: shortDay(pastDay(given.on, condition.months ?? 0)),
            title: given.title,
          }),
          entry: fact.seq,
        },
      ];
  }
  return [
    {
      text: say('{what} {day} (запись № {n})', '{what} on {day} (entry {n})', {
        what: what ?? standing,
        day: shortDay(fact.on),
        n: fact.seq,
      }),
      entry: fact.seq,
    },
  ];
};

/** Why the case is in the last of its stages, and what is missing for the next one of its regulation. */
export const explainStage = (
  state: CaseState,
  spans: readonly StageSpan[],
  regulation: Regulation,
  calendar: ProductionCalendar,
  today: string,
): { stage: ExplainedStage | null; nextStage: NextStage | null } => {
  const reading = readingOn(state.facts, today, { regulation, calendar });
  const span = spans.at(-1);
  const now = span && (span.to === null || span.to >= today) ? span : undefined;
  const rule = now && regulation.stages[now.stage];
  const stage =
    now && rule
      ? {
          ...{ stage: now.stage, title: rule.title, clause: rule.clause, from: now.from },
          because: rule.from.flatMap((condition) => reasonOf(condition, reading)),
        }
      : null;
  if (state.status !== 'open') return { stage, nextStage: null };
  const later = stageCodes.slice(now ? stageCodes.indexOf(now.stage) + 1 : 0);
  const next = later.find((code) => regulation.stages[code]);
  const nextRule = next && regulation.stages[next];
  if (!next || !nextRule) return { stage, nextStage: null };
  const missing = nextRule.from
    .filter((condition) => !holds(condition, reading, {}))
    .flatMap((condition) => missingFor(condition, reading, {}));
  return { stage, nextStage: { stage: next, title: nextRule.title, clause: nextRule.clause, missing } };
};
