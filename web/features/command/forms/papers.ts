import type { Forms } from '../fields.ts';
import { member, paper, reason } from './shared.ts';

/** The personal file, the register of requests, and the log's own amendments. */
export const paperForms: Forms = {
  fileDocument: {
    group: 'papers',
    fields: [
      {
        kind: 'choice',
        name: 'kind',
        options: [
          'application',
          'ground',
          'incomingMessage',
          'visitReport',
          'housingAct',
          'needsQuestionnaire',
          'agreement',
          'programme',
          'individualProgrammeOfServices',
          'serviceContract',
          'socialContract',
          'refusalStatement',
          'councilDecision',
          'commissionResolution',
          'jointPlan',
          'evaluationSheet',
          'report',
          'programmeReport',
          'certificate',
          'other',
        ],
        group: 'value',
      },
      ...paper,
      member,
      { kind: 'longText', name: 'about', optional: true },
      { kind: 'body', name: 'by', also: ['curator', 'institution', 'family'], optional: true, more: true },
      { kind: 'correspondent', name: 'sender', optional: true, more: true },
      { kind: 'agency', name: 'agency', optional: true, more: true },
      { kind: 'requestNumber', name: 'to', optional: true, more: true },
      { kind: 'text', name: 'annexNo', optional: true, more: true },
      { kind: 'day', name: 'answerBy', leaning: 'future', optional: true, more: true },
      { kind: 'longText', name: 'result', optional: true, more: true },
    ],
  },
  registerRequest: {
    group: 'papers',
    fields: [
      { kind: 'choice', name: 'direction', options: ['in', 'out'], group: 'value', initial: () => 'in' },
      { kind: 'text', name: 'number' },
      { kind: 'correspondent', name: 'sender', optional: true, when: ({ direction }) => direction !== 'out' },
      { kind: 'correspondent', name: 'agency', optional: true, when: ({ direction }) => direction === 'out' },
      { kind: 'longText', name: 'about', optional: true },
      { kind: 'day', name: 'answerBy', leaning: 'future', optional: true },
      { kind: 'text', name: 'annexNo', optional: true },
    ],
  },
  registerAnswer: {
    group: 'papers',
    fields: [
      { kind: 'choice', name: 'direction', options: ['in', 'out'], group: 'value', initial: () => 'out' },
      { kind: 'requestNumber', name: 'to' },
      ...paper,
      { kind: 'text', name: 'annexNo', optional: true },
      { kind: 'longText', name: 'result', optional: true },
    ],
  },
  moveToVersion: {
    group: 'record',
    danger: true,
    fields: [{ kind: 'version', name: 'version' }, reason],
  },
  annulEntry: { group: 'record', danger: true, fields: [reason] },
  correctEntry: { group: 'record', fields: [reason] },
};
