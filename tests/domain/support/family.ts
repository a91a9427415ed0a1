import type { Fact, NewFact } from '../../../domain/case/fact.ts';
import type { Command } from '../../../domain/commands/command.ts';
import { parseCommand } from '../../../domain/commands/catalog.ts';
import type { Regulation } from '../../../domain/regulation/regulation.ts';
import { byOrder, byResolution } from './openings.ts';
import { byCouncil } from './council-opening.ts';
import { loadCalendar, loadRegulations } from '../../../platform/regulations/load.ts';

export type Input = Record<string, unknown> & { command: string; on: string };

export const zone = 'Europe/Moscow';
export const calendar = loadCalendar();
export const nobody = { curatorLoad: {}, agencies: null, staff: null };

export const regulation = (name: string): Regulation => {
  const found = loadRegulations().get(name);
  if (!found) throw new Error(`no regulation ${name}`);
  return found;
};

/** A command as it comes over the wire; faults in the test's own input fail it. */
export const command = (input: Input): Command => {
  const parsed = parseCommand(input);
  if (!parsed.ok) throw new Error(parsed.errors.map(({ message }) => message).join('; '));
  return parsed.command;
};

/** Facts as the records would number them. */
export const recorded = (facts: readonly NewFact[], from: number, at: string): Fact[] =>
  facts.map(({ root, ...fact }, index) => ({
    seq: from + index,
    root: root ?? from + index,
    ...fact,
    recordedAt: at,
    recordedOn: at.slice(0, 10),
  }));

export interface Opening {
  /** `socialContract`: opened under a contract up to `until` (from `from`, else from that day), its papers in order. */
  stage:
    'agreement' | 'activity' | 'socialContract' | 'resolution' | 'programme' | 'order' | 'group' | 'council' | 'signed';
  on: string;
  category?: string;
  level?: string;
  /** The day the family was formed. */
  formed?: string;
  from?: string;
  until?: string;
  agencies?: string[];
}

const bodyOf = (category: string): string =>
  ['sop', 'juvenileOffender'].includes(category) ? 'commission' : 'workingGroup';

export const measures = (agencies: readonly string[], dueOn: string) =>
  agencies.map((agency) => ({ what: `help of the ${agency}`, agency, responsible: 'the one in charge', dueOn }));

const underContract = ({ on, from = on, until = on }: Opening): Input[] => [
  {
    ...{ on, command: 'openCase', ground: 'application', category: 'lowIncome', form: 'group', recognisedInNeed: true },
    socialContract: { from, to: until },
  },
  { on, command: 'giveConsent', kind: 'personalData', member: 'parent', written: true },
  { on, command: 'fileDocument', kind: 'individualProgrammeOfServices' },
  { on, command: 'signAgreement' },
  { on, command: 'assignCurator', curator: 'c1' },
];

/** A family up to its agreement, or up to the activity stage, all on one day. */
export const opening = (asked: Opening): Input[] => {
  const { stage, on, category = 'other', until = on, agencies = ['school', 'clinic'] } = asked;
  if (stage === 'socialContract') return underContract(asked);
  if (stage === 'resolution' || stage === 'programme') return byResolution(asked);
  if (stage === 'order' || stage === 'group') return byOrder(asked);
  if (stage === 'council' || stage === 'signed') return byCouncil(asked);
  const agreed: Input[] = [
    { on, command: 'openCase', ground: 'application', category, form: 'group' },
    { on, command: 'assignCurator', curator: 'c1' },
    { on, command: 'giveConsent', kind: 'personalData', member: 'parent' },
    { on, command: 'signAgreement' },
  ];
  if (stage === 'agreement') return agreed;
  return [
    ...agreed,
    { on, command: 'recordDiagnostics', kind: 'initial' },
    { on, command: 'draftPlan', until, measures: measures(agencies, until) },
    { on, command: 'submitPlan', to: bodyOf(category) },
    { on, command: 'decidePlan', by: bodyOf(category), decision: 'approve' },
    { on, command: 'sendPlan', to: agencies },
  ];
};
