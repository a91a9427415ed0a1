import { leavesOf } from '../regulation/leaves-of.ts';
import type { CommandRule, Condition } from '../regulation/regulation.ts';
import { byClause, clauseShort } from './clause-words.ts';
import type { Advice, Refusal, World } from './decision.ts';
import type { Sentence } from './duty.ts';
import { sceneOf } from './duties.ts';
import { answerDuties } from './duties/answer-duties.ts';
import { termDuties } from './duties/term-duties.ts';
import { factTitle } from './fact-titles.ts';
import type { NewFact } from './fact.ts';
import type { CaseState } from './fold.ts';
import { missingFor } from './missing.ts';
import { allHold, holds, stated } from './predicates.ts';
import type { Asked } from './predicates.ts';
import { readingOn } from './reading.ts';
import type { Reading, Setting } from './reading.ts';
import { stageOn } from './stages.ts';
import { standsAgainst } from './standing-checks.ts';
import { say, shortDay } from './words.ts';

type Fields = Readonly<Record<string, unknown>>;
/** Absent where a past day is judged again: what the curators had then is not known. */
type Load = World['curatorLoad'] | undefined;

/** What a rule of commands may ask about the case as it stood before the command. */
const askedOf = (state: CaseState, reading: Reading, command: Fields, load: Load): Asked => ({
  stage: () => stageOn(reading),
  duty: (name, is) => {
    const rule = reading.regulation.duties[name];
    if (rule?.form !== 'term' && rule?.form !== 'request') return false;
    const scene = sceneOf({ ...state, facts: reading.facts }, reading.regulation, reading.calendar, {
      asOf: reading.day,
      horizon: reading.day,
    });
    if (rule.form === 'request') return is === 'met' && answerDuties(rule, scene).every(({ metOn }) => metOn !== null);
    const duty = termDuties(rule, scene).at(-1);
    if (is === 'met') return duty?.metOn != null;
    return duty?.dueOn != null && reading.day >= duty.dueOn;
  },
  command,
  ...(load ? { load } : {}),
});

/** Whether a condition asks for a field of the command that is not settled yet. */
const ofCommand = (condition: Condition, settled: Fields = {}): boolean =>
  leavesOf(condition).some((one) => {
    if ('by' in one) return !((one.field ?? 'by') in settled);
    if ('field' in one) return !(one.field in settled);
    return ['has', 'everyMeasureHas', 'someMeasure', 'caseload', 'consent'].some((asked) => asked in one);
  });

interface Judged {
  rule: CommandRule;
  missing: Sentence[];
  /** Fields of the command that the failing conditions ask for. */
  fields: string[];
}

/** The fields of the command that a condition asks for; of those that must be there, the ones that are not. */
const fieldsAsked = (condition: Condition, command: Fields): string[] =>
  leavesOf(condition).flatMap((one) => {
    if ('has' in one) return one.has.filter((field) => !stated(command, field));
    if ('by' in one) return [one.field ?? 'by'];
    if ('field' in one) return [one.field];
    return 'everyMeasureHas' in one || 'someMeasure' in one ? ['measures'] : [];
  });

/**
 * Rules of the list that stand against a fact. Where only some fields are settled, what depends on the others is not
 * asked: a rule whose `when` asks for one of them is passed over.
 */
const against = (
  rules: readonly CommandRule[],
  kind: string,
  state: CaseState,
  reading: Reading,
  command: Fields,
  load?: Load,
  fields: 'whole' | 'settled' = 'whole',
): Judged[] => {
  const asked = askedOf(state, reading, command, load);
  const open = (condition: Condition): boolean => fields === 'settled' && ofCommand(condition, command);
  return rules.flatMap((rule) => {
    if (rule.fact !== kind || rule.when.some(open) || !allHold(rule.when, reading, asked)) return [];
    const failing = rule.unless.filter((condition) => !open(condition) && !holds(condition, reading, asked));
    return failing.length || !rule.unless.length
      ? [
          {
            rule,
            missing: failing.flatMap((condition) => missingFor(condition, reading, command, load)),
            fields: failing.flatMap((condition) => fieldsAsked(condition, command)),
          },
        ]
      : [];
  });
};

const asRefusal = ({ rule, missing, fields }: Judged): Refusal => ({
  code: 'clause.not-fulfilled',
  clause: rule.clause,
  text:
    rule.says ??
    (missing[0]
      ? say('{clause}: {why}.', '{clause}: {why}.', { clause: byClause(rule.clause), why: missing[0] })
      : say('Не позволяет {clause}.', 'Not allowed by {clause}.', { clause: clauseShort(rule.clause) })),
  missing,
  ...(fields.length > 0 ? { fields: [...new Set(fields)] } : {}),
});

/** The first clause that stands against the fact, judged by the facts up to its own day. `load`: see `World`. */
export const refusalByClause = (state: CaseState, fact: NewFact, setting: Setting, load?: Load): Refusal | null => {
  const reading = readingOn(state.facts, fact.on, setting);
  const first = against(setting.regulation.refusals, fact.kind, state, reading, fact.data, load)[0];
  return first ? asRefusal(first) : null;
};

/** What stands against the command on that day whatever its other fields are: none but `settled` are asked. */
export const refusalSettled = (
  state: CaseState,
  kind: string,
  day: string,
  settled: Fields,
  setting: Setting,
): Refusal | null => {
  const reading = readingOn(state.facts, day, setting);
  const first = against(setting.regulation.refusals, kind, state, reading, settled, undefined, 'settled')[0];
  return first ? asRefusal(first) : null;
};

/** Whether any fields at all would let the command pass on that day. */
export const refusalWhatever = (state: CaseState, kind: string, day: string, setting: Setting): Refusal | null =>
  refusalSettled(state, kind, day, {}, setting);

export const advicesFor = (state: CaseState, fact: NewFact, setting: Setting, load?: Load): Advice[] => {
  const reading = readingOn(state.facts, fact.on, setting);
  return against(setting.regulation.advices, fact.kind, state, reading, fact.data, load).map(({ rule, missing }) => ({
    code: 'advice.clause',
    clause: rule.clause,
    text: rule.says ?? missing[0] ?? say('см. {clause}', 'see {clause}', { clause: clauseShort(rule.clause) }),
  }));
};

/**
 * What stands against the accepted entry at `place`, by the facts before it: `clause` is null where it is the standing
 * of the case.
 */
const objectionTo = (state: CaseState, place: number, setting: Setting): { clause: string | null } | null => {
  const fact = state.facts[place];
  if (!fact) return null;
  const before = state.facts.slice(0, place);
  const reading = readingOn(before, fact.on, setting);
  if (standsAgainst(fact, { ...state, facts: before }, reading)) return { clause: null };
  const judged = against(setting.regulation.refusals, fact.kind, state, reading, fact.data)[0];
  return judged ? { clause: judged.rule.clause } : null;
};

/**
 * A late entry never un-accepts an earlier fact: what it newly contradicts becomes an advice that asks for a
 * correction. An entry is judged by those before it, so only entries behind the first change can be touched: the usual
 * command, the last of its case, judges none.
 */
export const contradictions = (before: CaseState, after: CaseState, setting: Setting): Advice[] => {
  const placeBefore = new Map(before.facts.map(({ seq }, place) => [seq, place]));
  const first = after.facts.findIndex(({ seq }, place) => before.facts[place]?.seq !== seq);
  if (first < 0) return [];
  return after.facts.slice(first).flatMap((fact, index): Advice[] => {
    const earlier = placeBefore.get(fact.seq);
    const objection = earlier === undefined ? null : objectionTo(after, first + index, setting);
    if (earlier === undefined || !objection || objectionTo(before, earlier, setting)) return [];
    return [
      {
        code: 'advice.contradiction',
        clause: objection.clause,
        text: say(
          'Теперь этому противоречит запись № {n} от {day} ({what}): проверьте и при необходимости исправьте её.',
          'Entry {n} of {day} ({what}) now contradicts this: check it and correct it if need be.',
          { n: fact.seq, day: shortDay(fact.on), what: factTitle(fact.kind) },
        ),
      },
    ];
  });
};
