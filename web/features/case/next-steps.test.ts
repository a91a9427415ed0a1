import { expect, it } from 'vitest';
import type { Duty, PossibleAction } from '../../lib/shapes.ts';
import { nextSteps } from './next-steps.ts';

const allow = (...commands: string[]): PossibleAction[] => commands.map((command) => ({ command, allowed: true, refusal: null }));
const open = (rule: string, subject: string | null = null): Duty =>
  ({ rule, subject, state: 'open', awaited: { kind: 'role', code: 'curator' } }) as Duty;
const entry = (kind: string) => ({ kind, annulledBy: null });

it('begins with the curator, then consent, then the agreement', () => {
  const actions = allow('assignCurator', 'giveConsent', 'signAgreement');
  expect(nextSteps({ status: 'open' }, [], [entry('caseOpened')], actions)[0]?.command).toBe('assignCurator');
  expect(nextSteps({ status: 'open' }, [], [entry('curatorAssigned')], actions)[0]?.command).toBe('giveConsent');
});

it('leads to an approval by drafting and submitting first', () => {
  const actions = allow('draftPlan', 'submitPlan', 'decidePlan');
  const duties = [open('planApproval')];
  expect(nextSteps({ status: 'open' }, duties, [], actions)).toEqual([{ command: 'draftPlan' }]);
  expect(nextSteps({ status: 'open' }, duties, [entry('planDrafted')], actions)).toEqual([{ command: 'submitPlan' }]);
  const decided = nextSteps({ status: 'open' }, duties, [entry('planDrafted'), entry('planSubmitted')], actions);
  expect(decided[0]?.command).toBe('decidePlan');
});

it('offers nothing the API does not allow and nothing in a closed case', () => {
  expect(nextSteps({ status: 'open' }, [open('diagnosis')], [], allow('recordVisit'))).toEqual([]);
  expect(nextSteps({ status: 'closed' }, [open('diagnosis')], [], allow('recordDiagnostics'))).toEqual([]);
});

it('forgets an entry that was annulled', () => {
  const actions = allow('draftPlan', 'submitPlan', 'decidePlan');
  const log = [{ kind: 'planDrafted', annulledBy: 9 }];
  expect(nextSteps({ status: 'open' }, [open('planApproval')], log, actions)).toEqual([{ command: 'draftPlan' }]);
});
