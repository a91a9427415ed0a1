import type { Field, Forms } from '../fields.ts';
import { member, onlyMember, ownPaper, protocol, resolution } from './shared.ts';

const consent: readonly Field[] = [
  {
    kind: 'choice',
    name: 'kind',
    options: ['personalData', 'agencyInvolvement', 'informationBank', 'photoVideo'],
    group: 'value',
    initial: () => 'personalData',
  },
  { kind: 'agency', name: 'agency', when: ({ kind }) => kind === 'agencyInvolvement' },
  member,
  { kind: 'flag', name: 'written', initial: () => true },
];

const level: readonly Field[] = [
  { kind: 'choice', name: 'level', options: ['adaptation', 'basic', 'crisis', 'emergency'], group: 'level' },
  { kind: 'body', name: 'by', also: ['curator', 'institution'], optional: true },
  resolution,
  ...protocol,
  ...ownPaper,
];

/** How support begins: curator, consents, agreement, level. */
export const startForms: Forms = {
  assignCurator: {
    group: 'start',
    fields: [
      {
        kind: 'curator',
        name: 'curator',
        initial: ({ kase, me }) => kase.curator?.id ?? (me.role === 'curator' ? me.staffId : undefined),
      },
    ],
  },
  giveConsent: { group: 'start', fields: consent },
  withdrawConsent: { group: 'papers', fields: consent, danger: true },
  signAgreement: { group: 'start', fields: [member, { kind: 'text', name: 'number', optional: true }] },
  setLevel: { group: 'start', fields: level, offered: ({ level: known }) => known === null },
  changeLevel: { group: 'result', fields: level, offered: ({ level: known }) => known !== null },
  enterInformationBank: { group: 'papers', fields: [{ kind: 'member', name: 'member', initial: onlyMember }] },
};
