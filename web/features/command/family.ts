import { isDay } from '../../../domain/calendar/civil.ts';
import type { Values } from '../../ui/FormPanel.tsx';
import { isBlank } from './body.ts';

export interface MemberRow {
  /** The id that commands use (`member`): no name ever travels with a command. */
  id: string;
  name: string;
  relation: string;
  bornOn: string;
}

export const membersOf = (values: Values): MemberRow[] => (values['members'] ?? []) as MemberRow[];

/** What a form that takes in a family opens with. */
export const blankFamily: Values = {
  familyName: '',
  address: '',
  members: [{ id: 'p1', name: '', relation: 'mother', bornOn: '' }],
  training: false,
};

const textOf = (value: unknown): string | null => (isBlank(value) ? null : (value as string).trim());

/** The family as the wire takes it: a row without a name is nobody. */
export const familyOf = (values: Values) => ({
  name: textOf(values['familyName']) ?? '',
  address: textOf(values['address']),
  members: membersOf(values)
    .filter(({ name }) => !isBlank(name))
    .map(({ id, name, relation, bornOn }) => ({
      id,
      name: name.trim(),
      relation: textOf(relation),
      bornOn: textOf(bornOn),
    })),
});

/** Message keys by field for what the form itself can tell of the family. */
export function familyFaults(values: Values): Record<string, 'form.required' | 'date.notADay'> {
  const faults: ReturnType<typeof familyFaults> = {};
  if (isBlank(values['familyName'])) faults['familyName'] = 'form.required';
  membersOf(values).forEach(({ name, bornOn }, index) => {
    if (isBlank(bornOn)) return;
    if (isBlank(name)) faults[`members.${index}.name`] = 'form.required';
    if (!isDay(bornOn)) faults[`members.${index}.bornOn`] = 'date.notADay';
  });
  return faults;
}

/** The form's field that the wire's path speaks of. */
export const familyField = (path: string): string =>
  path === 'family.name' ? 'familyName' : path.replace(/^family\./, '');
