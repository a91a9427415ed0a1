import { askedIn, completes } from '../agencies/requests.ts';
import type { Command } from '../commands/command.ts';
import type { Fact } from './fact.ts';
import type { CaseState } from './fold.ts';
import { kindsOf, readingOn } from './reading.ts';
import type { Setting } from './reading.ts';

interface Known {
  id: string;
  words: string | null;
  agency: string | null;
  dueOn: string | null;
}

const wordsAt = (source: Fact, path: string): string | null => source.texts?.[path]?.trim() ?? null;

/** Measures of the approved plan on the command's day. */
const planned = (state: CaseState, command: Command, setting: Setting): Known[] =>
  (readingOn(state.facts, command.on, setting).plan?.measures ?? []).map(
    ({ id, wordsFrom, textPath, agency, dueOn }) => ({
      id,
      agency,
      dueOn,
      words: wordsAt(wordsFrom, `${textPath}what`),
    }),
  );

/** Measures given to agencies, those still awaited first. */
const given = (state: CaseState): Known[] => {
  const asked = askedIn(state.facts).filter(({ kind }) => kind === 'measure');
  const open = asked.filter((one) => !state.facts.some((fact) => completes(fact, one)));
  return [...open, ...asked.filter((one) => !open.includes(one))].map(({ subject, agency, dueOn, fact }) => ({
    id: subject,
    agency,
    dueOn,
    words: wordsAt(fact, 'what'),
  }));
};

/** A regulation whose windows a result serves takes measures that stand in no plan. */
const takesResultsAlone = ({ regulation }: Setting): boolean =>
  Object.values(regulation.duties).some(
    (rule) =>
      rule.form === 'grid' && rule.acts.some((act) => kindsOf(act).some(({ fact }) => fact === 'resultRecorded')),
  );

/**
 * The measure that a result or a request speaks of, named by id or in its own words; `null` when the case has no
 * such measure, `undefined` when a request names none and so makes one of its own, or a result stands by itself.
 */
export const measureNamed = (state: CaseState, command: Command, setting: Setting): string | null | undefined => {
  const plan = planned(state, command, setting);
  const { measure, agency, dueOn } = command.data;
  const named = command.texts['measure']?.trim();
  const what = command.texts['what']?.trim();
  if (command.command === 'giveMeasure') {
    if (typeof measure === 'string') return plan.find(({ id }) => id === measure)?.id ?? null;
    if (named) return plan.find(({ words }) => words === named)?.id ?? null;
    const same = (one: Known): boolean => one.words === what && one.agency === agency;
    return what ? plan.find((one) => same(one) && (dueOn === undefined || one.dueOn === dueOn))?.id : undefined;
  }
  const all = [...given(state), ...plan];
  if (typeof measure === 'string') return all.find(({ id }) => id === measure)?.id ?? null;
  const found = all.find(({ words }) => words !== null && words === (named ?? what))?.id;
  return found ?? (what && named === undefined && takesResultsAlone(setting) ? undefined : null);
};
