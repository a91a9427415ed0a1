import type { Field } from '../fields.ts';
import { bodyAwaited, kindAwaited } from '../prefill.ts';
import type { About } from '../fields.ts';

/** Fields that several commands share. */
export const resolution: Field = { kind: 'text', name: 'resolutionNo', optional: true };
export const protocol: readonly Field[] = [
  { kind: 'text', name: 'protocolNo', optional: true },
  { kind: 'day', name: 'protocolOn', optional: true },
];
export const paper: readonly Field[] = [
  { kind: 'text', name: 'number', optional: true },
  { kind: 'day', name: 'date', optional: true },
];
/** Beside a resolution's number and the day of the deed: what stands on the paper itself. */
export const ownPaper: readonly Field[] = paper.map((field) => ({ ...field, more: true }));
export const reason: Field = { kind: 'longText', name: 'reason' };
export const by: Field = { kind: 'body', name: 'by', initial: bodyAwaited };
export const finding: Field = {
  kind: 'codeOrText',
  name: 'finding',
  options: ['sop'],
  group: 'value',
  optional: true,
};
export const member: Field = { kind: 'member', name: 'member', optional: true };
export const members: Field = { kind: 'members', name: 'members', optional: true };
export const doneBy: Field = { kind: 'staff', name: 'by', optional: true };

/** Which request: known from the row on which the form is opened. */
export const request: readonly Field[] = [
  { kind: 'hidden', name: 'entry' },
  { kind: 'hidden', name: 'subject' },
];

export const interimOrFinal = (about: About): string => (kindAwaited(about) === 'final' ? 'final' : 'interim');

/** The only member of a family who can be meant needs no choosing. */
export const onlyMember = ({ kase }: About): string | undefined =>
  kase.family?.members.length === 1 ? kase.family.members[0]?.id : undefined;
