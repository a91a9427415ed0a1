import type { Regulation } from '../../domain/regulation/regulation.ts';

const both = (text: string) => ({ ru: text, en: text });
const who = { for: [], until: [], scope: 'case', basis: 'legal' } as const;

/** A regulation just large enough for the records: a term, a measure, a grid, a body's approval, a refusal. */
export const smallRegulation: Regulation = {
  id: 'small',
  version: 1,
  title: both('small'),
  source: both('invented for the tests of the records'),
  bodies: { commission: both('commission') },
  categories: {},
  levels: {},
  lists: {},
  indicators: {},
  notYetExecutable: [],
  roles: {},
  stages: {
    diagnostic: { clause: '1', title: both('diagnostic'), from: [{ fact: 'caseOpened' }] },
    activity: { clause: '2', title: both('activity'), from: [{ plan: 'approved' }] },
  },
  duties: {
    planApproval: {
      ...who,
      rule: 'planApproval',
      clause: '2.1',
      what: both('approval of the plan'),
      who: 'commission',
      form: 'term',
      start: { fact: ['agreementSigned'] },
      term: { calendarDays: 20 },
      acts: 'any',
      met: [{ plan: 'approved' }],
      atLeast: false,
      shownFrom: [],
      outlivesSupport: false,
    },
    measure: {
      ...who,
      rule: 'measure',
      clause: '3.1',
      what: both('measure'),
      who: 'measure.agency',
      form: 'measure',
      met: [{ fact: 'resultRecorded' }],
    },
    monitoring: {
      ...who,
      rule: 'monitoring',
      clause: '3.2',
      what: both('monitoring'),
      who: 'curator',
      form: 'grid',
      anchor: { stage: 'activity' },
      every: { months: 3 },
      while: 'activity',
      upTo: null,
      acts: [{ fact: 'monitoringRecorded', times: 1 }],
    },
  },
  refusals: [
    { command: 'sendPlan', fact: 'planSent', clause: '2.2', when: [], unless: [{ plan: 'approved' }], says: null },
  ],
  advices: [],
  house: {
    hours: { opens: '09:00', closes: '18:00', remindAt: '09:00' },
    remind: [{ workingDaysBefore: 5 }, { workingDaysBefore: 1 }],
    escalate: [
      { workingDaysAfter: 1, to: 'head' },
      { workingDaysAfter: 3, to: 'deputyDirector' },
    ],
    acknowledge: { workingDays: 3 },
    suspendable: [],
    extendable: [],
  },
};
