import { expect, it } from 'vitest';
import type { Duty, PossibleAction } from '../../lib/shapes.ts';
import { nextSteps } from './next-steps.ts';

const today = '2026-03-02';
const allow = (...commands: string[]): PossibleAction[] =>
  commands.map((command) => ({ command, named: true, allowed: true, refusal: null }));
const open = (...commands: string[]): Duty =>
  ({ state: 'open', acts: commands.map((command) => ({ command, fields: { kind: 'final' } })) }) as unknown as Duty;
const curator = { id: 'c', name: 'Придуманный Куратор' };
const entry = (kind: string, data: Record<string, unknown> = {}) => ({ kind, annulledBy: null, data });

it('begins with the curator, then consent, then the agreement', () => {
  const actions = allow('assignCurator', 'giveConsent', 'signAgreement');
  expect(
    nextSteps({ status: 'open', today, level: null, curator, stage: 'contract' }, [], [entry('caseOpened')], actions)[0]
      ?.command,
  ).toBe('assignCurator');
  expect(
    nextSteps(
      { status: 'open', today, level: null, curator, stage: 'contract' },
      [],
      [entry('curatorAssigned')],
      actions,
    )[0]?.command,
  ).toBe('giveConsent');
});

it('leads to an approval by drafting and submitting first', () => {
  const actions = allow('draftPlan', 'submitPlan', 'decidePlan');
  const duties = [open('decidePlan')];
  expect(
    nextSteps({ status: 'open', today, level: null, curator, stage: 'contract' }, duties, [], actions),
  ).toMatchObject([{ command: 'draftPlan' }]);
  expect(
    nextSteps(
      { status: 'open', today, level: null, curator, stage: 'contract' },
      duties,
      [entry('planDrafted')],
      actions,
    ),
  ).toMatchObject([{ command: 'submitPlan' }]);
  const decided = nextSteps(
    { status: 'open', today, level: null, curator, stage: 'contract' },
    duties,
    [entry('planDrafted'), entry('planSubmitted')],
    actions,
  );
  expect(decided[0]?.command).toBe('decidePlan');
});

it('offers nothing the API does not allow and nothing in a closed case', () => {
  expect(
    nextSteps(
      { status: 'open', today, level: null, curator, stage: 'contract' },
      [open('recordDiagnostics')],
      [],
      allow('recordVisit'),
    ),
  ).toEqual([]);
  expect(
    nextSteps(
      { status: 'closed', today, level: null, curator, stage: 'contract' },
      [open('recordDiagnostics')],
      [],
      allow('recordDiagnostics'),
    ),
  ).toEqual([]);
});

it('forgets an entry that was annulled', () => {
  const actions = allow('draftPlan', 'submitPlan', 'decidePlan');
  const log = [{ kind: 'planDrafted', annulledBy: 9, data: {} }];
  expect(
    nextSteps({ status: 'open', today, level: null, curator, stage: 'contract' }, [open('decidePlan')], log, actions),
  ).toMatchObject([{ command: 'draftPlan' }]);
});

it('asks for both acts of a duty, in its order', () => {
  const actions = allow('recordDiagnostics', 'recordMonitoring', 'drawConclusion');
  const duties = [open('recordDiagnostics', 'recordMonitoring')];
  const reflective = { status: 'open', today, level: null, curator, stage: 'reflective' } as const;
  expect(nextSteps(reflective, duties, [], actions).map((step) => step.command)).toEqual([
    'recordDiagnostics',
    'recordMonitoring',
  ]);
});

it('proposes the end of support only when its day is near', () => {
  const actions = allow('endSupport');
  const kase = { status: 'open', today, level: null, curator, stage: 'activity' } as const;
  const until = (dueOn: string): Duty => ({ ...open('endSupport'), dueOn });
  expect(nextSteps(kase, [until('2027-03-02')], [], actions)).toEqual([]);
  expect(nextSteps(kase, [until('2026-03-10')], [], actions).map((step) => step.command)).toEqual(['endSupport']);
});

it('sends support under way back to no beginning of another regulation', () => {
  const actions = allow('giveConsent', 'recordVisit');
  expect(
    nextSteps({ status: 'open', today, level: null, curator, stage: 'activity' }, [open('recordVisit')], [], actions),
  ).toMatchObject([{ command: 'recordVisit' }]);
});

it('a deed without a day presses more than one whose day is months away', () => {
  const far = { ...open('drawConclusion'), dueOn: '2026-09-02' } as Duty;
  const undated = { ...open('recordDecision'), dueOn: null } as Duty;
  const near = { ...open('recordVisit'), dueOn: '2026-03-12' } as Duty;
  const actions = allow('drawConclusion', 'recordDecision', 'recordVisit');
  expect(
    nextSteps(
      { status: 'open', today, level: null, curator, stage: 'activity' },
      [near, far, undated],
      [],
      actions,
    ).map(({ command }) => command),
  ).toEqual(['recordVisit', 'recordDecision', 'drawConclusion']);
});

it('does not propose to set the level of a family that has one', () => {
  const duties = [open('setLevel', 'changeLevel')];
  const actions = allow('setLevel', 'changeLevel');
  expect(
    nextSteps({ status: 'open', today, level: 'crisis', curator, stage: 'activity' }, duties, [], actions).map(
      ({ command }) => command,
    ),
  ).toEqual(['changeLevel']);
});

it('puts a curator first wherever there is none: the last one may have left in the midst of support', () => {
  const actions = allow('recordVisit', 'assignCurator');
  const kase = { status: 'open', today, level: null, stage: 'activity' } as const;
  const log = [entry('curatorAssigned')];
  const commands = (given: typeof curator | null) =>
    nextSteps({ ...kase, curator: given }, [open('recordVisit')], log, actions).map(({ command }) => command);
  expect(commands(null)).toEqual(['assignCurator', 'recordVisit']);
  expect(commands(curator)).toEqual(['recordVisit']);
  // Whoever may not assign one is not asked to.
  expect(nextSteps({ ...kase, curator: null }, [], log, allow('recordVisit'))).toEqual([]);
});
