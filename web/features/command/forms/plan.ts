import { addDays } from '../../../../domain/calendar/civil.ts';
import { blankMeasure } from '../fields.ts';
import type { Forms } from '../fields.ts';
import { agenciesToTell, bodyAwaited, rowsToCorrect } from '../prefill.ts';
import { ownPaper, resolution } from './shared.ts';

/** The interagency plan from draft to correction, and what agencies are asked by it. */
export const planForms: Forms = {
  draftPlan: {
    group: 'plan',
    fields: [
      { kind: 'day', name: 'until', leaning: 'future', initial: ({ kase }) => addDays(kase.today, 180) },
      { kind: 'measures', name: 'measures', initial: ({ kase }) => [blankMeasure(kase.agencies[0]?.code)] },
      { kind: 'flag', name: 'withFamily', initial: () => true },
      { kind: 'flag', name: 'childInInstitution', optional: true },
      {
        kind: 'days',
        name: 'parentVisits',
        optional: true,
        when: ({ childInInstitution }) => childInInstitution === true,
      },
    ],
  },
  submitPlan: { group: 'plan', fields: [{ kind: 'body', name: 'to', also: ['family'], initial: bodyAwaited }] },
  decidePlan: {
    group: 'plan',
    fields: [
      { kind: 'body', name: 'by', also: ['family'], initial: bodyAwaited },
      { kind: 'choice', name: 'decision', options: ['approve', 'reject'], group: 'value', initial: () => 'approve' },
      { ...resolution, when: ({ by }) => by !== 'family' },
      { kind: 'flag', name: 'parentSignature', optional: true },
      { kind: 'longText', name: 'reasons', when: ({ decision }) => decision === 'reject' },
      ...ownPaper,
    ],
  },
  sendPlan: { group: 'plan', fields: [{ kind: 'agencies', name: 'to', initial: agenciesToTell }] },
  correctPlan: {
    group: 'plan',
    fields: [
      { kind: 'longText', name: 'change' },
      { kind: 'measures', name: 'measures', corrects: true, initial: rowsToCorrect },
      { kind: 'body', name: 'by', also: ['curator', 'institution'], optional: true },
      { kind: 'day', name: 'correctedOn', optional: true, initial: ({ kase }) => kase.today },
      { kind: 'longText', name: 'result', optional: true },
      { kind: 'longText', name: 'familyOpinion', optional: true },
    ],
  },
  giveMeasure: {
    group: 'work',
    fields: [
      { kind: 'measure', name: 'measure', optional: true },
      { kind: 'agency', name: 'agency' },
      { kind: 'text', name: 'what' },
      { kind: 'day', name: 'dueOn', leaning: 'future' },
    ],
  },
};
