import type { Input, Opening } from './family.ts';

/** Measures as an algorithm recommends them: at both places, in both forms, one of them an outside organisation's. */
export const variedMeasures = (dueOn: string) => [
  { what: 'family counselling', responsible: 'staff psychologist', dueOn, place: 'institution', form: 'individual' },
  { what: "parents' group", responsible: 'staff specialist', dueOn, place: 'institution', form: 'group' },
  { what: 'home visit', responsible: 'staff specialist', dueOn, place: 'home', form: 'individual' },
  { what: 'medical examination', responsible: 'clinic', agency: 'clinic', dueOn, outside: true, form: 'individual' },
];

/** A family enrolled by a council with its level, or up to the programme that the parent has signed; all on one day. */
export const byCouncil = (asked: Opening): Input[] => {
  const { stage, on, category = 'lowIncome', level = 'basic', until = on, formed } = asked;
  const enrolled: Input[] = [
    {
      ...{ on, command: 'openCase', ground: 'message', category, form: 'group' },
      ...(formed === undefined ? {} : { familyFormedOn: formed }),
    },
    { on, command: 'assignCurator', curator: 'c1' },
    { on, command: 'recordVisit', kind: 'firstVisit' },
    { on, command: 'fileDocument', kind: 'housingAct' },
    { on, command: 'setLevel', level, by: 'patronageCouncil', protocolNo: '5', protocolOn: on },
  ];
  if (stage === 'council') return enrolled;
  return [
    ...enrolled,
    { on, command: 'signAgreement' },
    { on, command: 'draftPlan', until, measures: variedMeasures(until) },
    { on, command: 'submitPlan', to: 'family' },
    { on, command: 'decidePlan', by: 'family', decision: 'approve', parentSignature: true },
  ];
};
