import type { CommandWord } from '../../commands/command.ts';
import { commandCatalog, commandOfFact } from '../../commands/table.ts';
import type { Act, DutyRule } from '../../regulation/regulation.ts';
import type { DutyAct } from '../duty.ts';
import type { RawDuty } from './scene.ts';

type Fields = DutyAct['fields'];

/** The fields that an act leaves no choice about: `where` with one value each. */
const settled = (act: { fact: string; where?: Readonly<Record<string, readonly unknown[]>> }): Fields =>
  Object.fromEntries(
    Object.entries(act.where ?? {}).flatMap(([name, values]) => {
      const only = values.length === 1 ? values[0] : undefined;
      return typeof only === 'string' || typeof only === 'number' || typeof only === 'boolean' ? [[name, only]] : [];
    }),
  );

/** Where several values would do, the first that the rule names: what a form proposes and a person may change. */
const proposed = (act: { where?: Readonly<Record<string, readonly unknown[]>> }): Fields =>
  Object.fromEntries(
    Object.entries(act.where ?? {}).flatMap(([name, values]) =>
      values.length > 1 && typeof values[0] === 'string' ? [[name, values[0]]] : [],
    ),
  );

const ofAct = (act: Act): DutyAct[] => {
  if ('anyOf' in act) return act.anyOf.flatMap(ofAct);
  if ('plan' in act)
    return act.plan === 'approved'
      ? [{ command: 'decidePlan', fields: { decision: 'approve' } }]
      : [{ command: 'sendPlan', fields: {} }];
  // The entry that started the duty says so itself: mended by correcting it, or by the acts that stand beside it.
  if ('sameFact' in act) return [];
  const command = commandOfFact.get(act.fact);
  if (command === undefined) return [];
  const proposes = proposed(act);
  return [{ command, fields: settled(act), ...(Object.keys(proposes).length > 0 ? { proposes } : {}) }];
};

/** The institution's own duties stand in no text: what performs them is said here. */
const ofRequests: Readonly<Record<string, string>> = { acknowledgement: 'answerRequest', delivery: 'recordDelivery' };

const asked = (duty: RawDuty, rule: DutyRule | undefined): DutyAct[] => {
  const subject = duty.subject ?? '';
  const own = ofRequests[duty.rule];
  if (own !== undefined) return [{ command: own, fields: { entry: duty.rootEntry, subject } }];
  if (rule === undefined) return [];
  if (rule.form === 'measure') return [{ command: 'recordResult', fields: { measure: subject } }];
  if (rule.form === 'document')
    return rule.documents.filter(({ id }) => id === subject).flatMap(({ met }) => ofAct(met));
  if (rule.form === 'request') return [{ command: 'registerAnswer', fields: { to: subject } }];
  const acts =
    rule.form === 'grid' ? rule.acts : rule.form === 'window' || rule.form === 'parentVisit' ? [rule.met] : rule.met;
  return (duty.lacking ?? acts).flatMap(ofAct);
};

/**
 * The commands that would perform a duty, in the order of its rule, those already on record left out; none once it
 * awaits nothing. A body that is awaited is named as the one that decides.
 */
export const actsOf = (duty: RawDuty, rule: DutyRule | undefined): DutyAct[] => {
  if (duty.state !== 'open' && duty.state !== 'overdue' && duty.state !== 'upcoming') return [];
  const { kind, code } = duty.awaited;
  return asked(duty, rule).map((act) => {
    const decides = kind === 'body' && commandCatalog[act.command as CommandWord].fields['by'] !== undefined;
    return decides ? { ...act, fields: { ...act.fields, by: code } } : act;
  });
};
