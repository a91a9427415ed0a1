import { addDays } from '../../../domain/calendar/civil.ts';
import type { CommandForm, Field } from './fields.ts';
import { agenciesOfPlan, bodyAwaited, kindAwaited } from './prefill.ts';

const resolution: Field = { kind: 'text', name: 'resolutionNo', optional: true };
const protocol: readonly Field[] = [
  { kind: 'text', name: 'protocolNo', optional: true },
  { kind: 'day', name: 'protocolOn', optional: true },
];
const reason: Field = { kind: 'longText', name: 'reason' };
const by: Field = { kind: 'body', name: 'by', initial: bodyAwaited };
const consentKinds = ['personalData', 'agencyInvolvement', 'informationBank', 'photoVideo'] as const;
const finding: Field = { kind: 'choice', name: 'finding', options: ['sop'], group: 'value', optional: true };
const consent: readonly Field[] = [
  { kind: 'choice', name: 'kind', options: consentKinds, group: 'value', initial: () => 'personalData' },
  { kind: 'agency', name: 'agency', when: ({ kind }) => kind === 'agencyInvolvement' },
  { kind: 'member', name: 'member', optional: true },
];
/** Which request: known from the row on which the form is opened. */
const request: readonly Field[] = [
  { kind: 'hidden', name: 'entry' },
  { kind: 'hidden', name: 'subject' },
];
const interimOrFinal = (about: Parameters<typeof kindAwaited>[0]): string =>
  kindAwaited(about) === 'final' ? 'final' : 'interim';

/**
 * One description a command: its fields beside the day and the note that every command has, in the order in which
 * they are asked, and what each is filled with in advance. The server checks all of it again.
 */
export const commandForms: Readonly<Record<string, CommandForm>> = {
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
  giveConsent: { group: 'start', fields: [...consent, { kind: 'flag', name: 'written', initial: () => true }] },
  withdrawConsent: { group: 'record', fields: consent, danger: true },
  signAgreement: { group: 'start', fields: [{ kind: 'member', name: 'member', optional: true }] },
  recordDiagnostics: {
    group: 'work',
    fields: [
      { kind: 'choice', name: 'kind', options: ['initial', 'interim', 'final'], group: 'value', initial: kindAwaited },
      finding,
    ],
  },
  draftPlan: {
    group: 'plan',
    fields: [
      { kind: 'day', name: 'until', leaning: 'future', initial: ({ kase }) => addDays(kase.today, 180) },
      {
        kind: 'measures',
        name: 'measures',
        initial: ({ kase }) => [{ what: '', agency: kase.agencies[0]?.code ?? '', responsible: '', dueOn: '' }],
      },
      { kind: 'flag', name: 'withFamily', initial: () => true },
    ],
  },
  submitPlan: { group: 'plan', fields: [{ kind: 'body', name: 'to', initial: bodyAwaited }] },
  decidePlan: {
    group: 'plan',
    fields: [
      by,
      { kind: 'choice', name: 'decision', options: ['approve', 'reject'], group: 'value', initial: () => 'approve' },
      resolution,
      { kind: 'longText', name: 'reasons', when: ({ decision }) => decision === 'reject' },
    ],
  },
  sendPlan: { group: 'plan', fields: [{ kind: 'agencies', name: 'to', initial: agenciesOfPlan }] },
  giveMeasure: {
    group: 'work',
    fields: [
      { kind: 'measure', name: 'measure', optional: true },
      { kind: 'agency', name: 'agency' },
      { kind: 'text', name: 'what' },
      { kind: 'day', name: 'dueOn', leaning: 'future' },
    ],
  },
  recordResult: {
    group: 'work',
    fields: [
      { kind: 'measure', name: 'measure' },
      { kind: 'longText', name: 'result' },
    ],
  },
  recordVisit: {
    group: 'work',
    fields: [
      { kind: 'choice', name: 'place', options: ['home', 'institution'], group: 'value', initial: () => 'home' },
      { kind: 'members', name: 'members', optional: true },
    ],
  },
  recordService: {
    group: 'work',
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        options: ['counselling', 'parentTraining', 'supportGroup', 'mobileTeam', 'legalHelp', 'other'],
        group: 'value',
      },
      { kind: 'members', name: 'members', optional: true },
    ],
  },
  recordMonitoring: {
    group: 'work',
    fields: [
      { kind: 'choice', name: 'kind', options: ['interim', 'final'], group: 'value', initial: interimOrFinal },
      finding,
    ],
  },
  drawConclusion: {
    group: 'result',
    fields: [
      { kind: 'choice', name: 'kind', options: ['interim', 'final'], group: 'value', initial: interimOrFinal },
      by,
      {
        kind: 'choice',
        name: 'decision',
        options: ['continue', 'stop'],
        group: 'value',
        initial: (about) => (interimOrFinal(about) === 'final' ? 'stop' : 'continue'),
      },
      resolution,
      { kind: 'flag', name: 'recommendations', initial: () => true },
      { kind: 'flag', name: 'postSupportNeeded', when: ({ decision }) => decision === 'stop', initial: () => true },
    ],
  },
  recordSop: { group: 'record', fields: [{ ...by, initial: () => 'commission' }, resolution] },
  liftSop: { group: 'result', fields: [{ ...by, initial: () => 'commission' }, resolution] },
  informBody: {
    group: 'work',
    fields: [
      { kind: 'choice', name: 'body', options: ['commission', 'guardianship'], group: 'body' },
      {
        kind: 'choice',
        name: 'about',
        options: ['sop', 'progress', 'violation'],
        group: 'value',
        initial: () => 'sop',
      },
      { kind: 'choice', name: 'how', options: ['phone', 'letter'], group: 'value', initial: () => 'letter' },
      { kind: 'text', name: 'who', optional: true },
    ],
  },
  startPostSupport: { group: 'end', fields: protocol },
  endSupport: {
    group: 'end',
    danger: true,
    fields: [
      {
        kind: 'choice',
        name: 'ground',
        options: ['goalsReached', 'refusal', 'insurmountable', 'termEnded', 'movedAway'],
        group: 'endGround',
      },
      { kind: 'body', name: 'by', optional: true },
      ...protocol,
    ],
  },
  suspend: { group: 'record', fields: [reason] },
  resume: { group: 'record', fields: [reason] },
  fileDocument: {
    group: 'record',
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        options: ['application', 'housingAct', 'agreement', 'report', 'certificate', 'other'],
        group: 'value',
      },
      { kind: 'text', name: 'number', optional: true },
      { kind: 'day', name: 'date', optional: true },
      { kind: 'member', name: 'member', optional: true },
    ],
  },
  answerRequest: {
    group: 'work',
    fields: [
      ...request,
      {
        kind: 'choice',
        name: 'answer',
        options: ['done', 'needTime', 'cannot'],
        group: 'answer',
        initial: () => 'done',
      },
      { kind: 'day', name: 'until', leaning: 'future', when: ({ answer }) => answer === 'needTime' },
      { kind: 'longText', name: 'text', optional: true },
    ],
  },
  recordDelivery: {
    group: 'work',
    fields: [
      ...request,
      { kind: 'choice', name: 'how', options: ['phone', 'letter', 'inPerson'], group: 'value', initial: () => 'phone' },
    ],
  },
  annulEntry: { group: 'record', danger: true, fields: [reason] },
  correctEntry: { group: 'record', fields: [reason] },
};

export const dayField: Field = { kind: 'day', name: 'on', initial: ({ kase }) => kase.today };
export const noteField: Field = { kind: 'longText', name: 'note', optional: true };

/** Commands given on a row (an entry, a request), not from the list of actions. */
export const rowCommands: readonly string[] = ['annulEntry', 'correctEntry', 'answerRequest', 'recordDelivery'];
