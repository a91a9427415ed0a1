import type { Sentence } from '../case/duty.ts';
import type { Regulation } from './regulation.ts';

/** What the product does by a clause: a stage, a duty, a choice of who decides, a refusal or an advice. */
export interface ClauseUse {
  kind: 'stage' | 'duty' | 'role' | 'refusal' | 'advice';
  /** The stage, the rule, the role or the command's word. */
  code: string;
  /** Its sentence in the regulation; `null` where the missing conditions speak for themselves. */
  text: Sentence | null;
}

export interface Clause {
  clause: string;
  uses: ClauseUse[];
}

const byNumber = new Intl.Collator('en', { numeric: true });

/** Every clause that the regulation's file names, in the order of the text, with all that rests on it. */
export const clausesOf = ({ stages, duties, roles, refusals, advices }: Regulation): Clause[] => {
  const found = new Map<string, ClauseUse[]>();
  const add = (clause: string, use: ClauseUse): void => {
    found.set(clause, [...(found.get(clause) ?? []), use]);
  };
  for (const [code, rule] of Object.entries(stages)) add(rule.clause, { kind: 'stage', code, text: rule.title });
  for (const [code, rule] of Object.entries(duties)) add(rule.clause, { kind: 'duty', code, text: rule.what });
  for (const [code, role] of Object.entries(roles)) add(role.clause, { kind: 'role', code, text: null });
  for (const rule of refusals) add(rule.clause, { kind: 'refusal', code: rule.command, text: rule.says });
  for (const rule of advices) add(rule.clause, { kind: 'advice', code: rule.command, text: rule.says });
  return [...found].map(([clause, uses]) => ({ clause, uses })).sort((a, b) => byNumber.compare(a.clause, b.clause));
};
