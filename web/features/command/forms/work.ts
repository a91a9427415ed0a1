import type { Field, Forms } from '../fields.ts';
import { kindAwaited } from '../prefill.ts';
import { doneBy, finding, interimOrFinal, members, request } from './shared.ts';

const place: Field = {
  kind: 'codeOrText',
  name: 'place',
  options: ['home', 'institution'],
  group: 'value',
  // Parents see their child where the child is placed.
  initial: (_, { kind }) => (kind === 'parentVisit' ? 'institution' : 'home'),
};
const mentor: Field = { kind: 'agency', name: 'mentorFrom', optional: true };

/** What is done with the family day by day, and what agencies say of it. */
export const workForms: Forms = {
  recordDiagnostics: {
    group: 'work',
    fields: [
      { kind: 'choice', name: 'kind', options: ['initial', 'interim', 'final'], group: 'value', initial: kindAwaited },
      finding,
      members,
      doneBy,
    ],
  },
  recordMonitoring: {
    group: 'work',
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        options: ['initial', 'interim', 'final'],
        group: 'value',
        initial: interimOrFinal,
      },
      finding,
      members,
      doneBy,
    ],
  },
  recordVisit: {
    group: 'work',
    fields: [
      place,
      {
        kind: 'choice',
        name: 'kind',
        options: ['firstVisit', 'scheduled', 'unscheduled', 'patronage', 'parentVisit'],
        group: 'value',
        optional: true,
      },
      members,
      doneBy,
      mentor,
    ],
  },
  recordService: {
    group: 'work',
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        options: [
          'social-legal',
          'social-labour',
          'social-psychological',
          'social-pedagogical',
          'social-medical',
          'counselling',
          'parentTraining',
          'supportGroup',
          'mobileTeam',
          'other',
        ],
        group: 'value',
      },
      { ...place, optional: true, initial: () => '' },
      members,
      doneBy,
      mentor,
    ],
  },
  recordResult: {
    group: 'work',
    fields: [
      { kind: 'measure', name: 'measure', given: true },
      { kind: 'longText', name: 'result' },
      { kind: 'agency', name: 'by', optional: true },
      { kind: 'longText', name: 'what', optional: true, more: true },
    ],
  },
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
      { kind: 'moment', name: 'at', optional: true, when: ({ how }) => how === 'phone' },
    ],
  },
  reportViolation: {
    group: 'work',
    fields: [
      { kind: 'moment', name: 'found', initial: ({ kase }) => kase.today },
      { kind: 'moment', name: 'reported', optional: true },
      { kind: 'choice', name: 'to', options: ['guardianship', 'commission'], group: 'body', optional: true },
      { kind: 'choice', name: 'by', options: ['phone', 'letter'], group: 'value', initial: () => 'phone' },
      { kind: 'text', name: 'who', optional: true },
      {
        kind: 'choice',
        name: 'familyKind',
        options: ['birth', 'adoptive', 'guardian', 'foster'],
        group: 'value',
        optional: true,
      },
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
};
