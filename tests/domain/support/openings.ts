import type { Input, Opening } from './family.ts';

const papers = (on: string, kinds: readonly string[]): Input[] =>
  kinds.map((kind) => ({ on, command: 'fileDocument', kind }));

const measuresOf = (agencies: readonly string[], dueOn: string) =>
  agencies.map((agency) => ({
    ...{ what: `help of the ${agency}`, kind: 'pedagogical', agency, contact: 'on file' },
    ...{ responsible: 'the one in charge', dueOn },
  }));

/** A family enrolled by a commission's resolution, up to its level or up to the sending of its programme. */
export const byResolution = (asked: Opening): Input[] => {
  const { stage, on, category = 'lowIncome', level = 'basic', until = on, agencies = ['centre', 'school'] } = asked;
  const enrolled: Input[] = [
    { on, command: 'openCase', ground: 'application', category, form: 'group' },
    ...papers(on, ['application', 'housingAct']),
    { on, command: 'assignCurator', curator: 'c1' },
    { on, command: 'fileDocument', kind: 'enrolmentResolution', by: 'commission', number: '11' },
    { on, command: 'setLevel', level },
  ];
  if (stage === 'resolution') return enrolled;
  return [
    ...enrolled,
    { on, command: 'draftPlan', until, withFamily: true, measures: measuresOf(agencies, until) },
    { on, command: 'submitPlan', to: 'commission' },
    { on, command: 'decidePlan', by: 'commission', decision: 'approve', resolutionNo: '12' },
    { on, command: 'signAgreement' },
    { on, command: 'sendPlan', to: agencies },
  ];
};

/** A family enrolled by the institution's order, up to its level or up to its approved programme. */
export const byOrder = (asked: Opening): Input[] => {
  const { stage, on, category = 'lowIncome', level = 'basic', until = on, agencies = ['clinic', 'school'] } = asked;
  const enrolled: Input[] = [
    { on, command: 'openCase', ground: 'application', category, form: 'group', recognisedInNeed: true },
    ...papers(on, ['application', 'housingAct', 'needsQuestionnaire', 'enrolmentOrder']),
    { on, command: 'assignCurator', curator: 'c1' },
    { on, command: 'setLevel', level },
  ];
  if (stage === 'order') return enrolled;
  return [
    ...enrolled,
    { on, command: 'draftPlan', until, measures: measuresOf(agencies, until) },
    { on, command: 'signAgreement' },
    { on, command: 'submitPlan', to: 'workingGroup' },
    { on, command: 'decidePlan', by: 'workingGroup', decision: 'approve' },
  ];
};
