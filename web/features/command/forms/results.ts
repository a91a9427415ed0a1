import type { Forms } from '../fields.ts';
import { by, interimOrFinal, ownPaper, paper, protocol, reason, resolution } from './shared.ts';

/** What bodies and heads decide of the family, up to the end of support. */
export const resultForms: Forms = {
  drawConclusion: {
    group: 'result',
    fields: [
      { kind: 'choice', name: 'kind', options: ['interim', 'final'], group: 'value', initial: interimOrFinal },
      { ...by, kind: 'body', also: ['curator', 'institution'] },
      {
        kind: 'choice',
        name: 'decision',
        options: ['continue', 'stop'],
        group: 'value',
        initial: (about) => (interimOrFinal(about) === 'final' ? 'stop' : 'continue'),
      },
      resolution,
      { kind: 'textOrMark', name: 'recommendations', initial: () => true },
      { kind: 'flag', name: 'postSupportNeeded', when: ({ decision }) => decision === 'stop', initial: () => true },
      ...ownPaper,
    ],
  },
  recordDecision: {
    group: 'result',
    fields: [
      {
        kind: 'choice',
        name: 'about',
        options: ['enrolment', 'refusal', 'stopping', 'continuing', 'plan', 'other'],
        group: 'value',
      },
      { ...by, kind: 'body', also: ['institution'] },
      { kind: 'choice', name: 'decision', options: ['approve', 'reject'], group: 'value', optional: true },
      ...paper,
    ],
  },
  issueOrder: {
    group: 'result',
    fields: [{ kind: 'choice', name: 'kind', options: ['enrolment', 'stopping'], group: 'value' }, ...paper],
  },
  recordSop: { group: 'result', fields: [{ ...by, initial: () => 'commission' }, resolution, ...ownPaper] },
  liftSop: { group: 'result', fields: [{ ...by, initial: () => 'commission' }, resolution, ...ownPaper] },
  startPostSupport: { group: 'end', fields: [{ ...by, optional: true, initial: () => '' }, ...protocol] },
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
      resolution,
      ...protocol,
    ],
  },
  suspend: { group: 'end', fields: [reason] },
  resume: { group: 'end', fields: [reason] },
  extend: {
    group: 'end',
    fields: [{ kind: 'duty', name: 'duty' }, { kind: 'number', name: 'days' }, reason],
  },
  amendSocialContract: {
    group: 'work',
    needsOne: ['to', 'endedOn'],
    fields: [
      { kind: 'day', name: 'to', leaning: 'future', optional: true },
      { kind: 'day', name: 'endedOn', optional: true },
      { ...reason, optional: true },
    ],
  },
};
