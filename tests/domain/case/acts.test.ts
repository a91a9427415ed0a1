import { expect, it } from 'vitest';
import { duties } from '../../../domain/case/duties.ts';
import type { Duty } from '../../../domain/case/duty.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { calendar, opening, regulation, zone } from '../support/family.ts';
import { file, performAll } from '../support/play.ts';

const dutiesOn = (state: CaseState, asOf: string): Duty[] =>
  duties(state, file, calendar, { asOf, horizon: '2028-01-01', zone });
const actsOn = (state: CaseState, asOf: string, key: string): Duty['acts'] | undefined =>
  dutiesOn(state, asOf).find((duty) => duty.key.startsWith(key))?.acts;

const agreed = opening({ stage: 'agreement', on: '2026-03-02', category: 'sop' });
const active = opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' });

it('is read off the rule, with the fields it settles and the body that is awaited', () => {
  const state = performAll(agreed);
  expect(actsOn(state, '2026-03-03', 'diagnosis@')).toEqual([
    { command: 'recordDiagnostics', fields: { kind: 'initial' } },
  ]);
  expect(actsOn(state, '2026-03-03', 'planApproval@')).toEqual([
    { command: 'decidePlan', fields: { decision: 'approve', by: 'commission' } },
  ]);
  expect(actsOn(state, '2026-03-03', 'planDispatch@')).toEqual([{ command: 'sendPlan', fields: {} }]);
});

it('names the measure and the request by what the commands call them', () => {
  const state = performAll(active);
  expect(actsOn(state, '2026-01-20', 'measure@')).toEqual([{ command: 'recordResult', fields: { measure: 'm1' } }]);
  const asked = dutiesOn(state, '2026-01-20').find(({ rule }) => rule === 'acknowledgement');
  expect(asked?.acts).toEqual([
    { command: 'answerRequest', fields: { entry: asked?.rootEntry, subject: asked?.subject } },
  ]);
});

it('leaves out the act on record, and asks for nothing once all are', () => {
  const interim = { on: '2026-02-02', command: 'recordDiagnostics', kind: 'interim' };
  const both = ['recordDiagnostics', 'recordMonitoring'];
  const commandsOf = (state: CaseState) => actsOn(state, '2026-02-03', 'monitoring@')?.map(({ command }) => command);
  expect(commandsOf(performAll(active))).toEqual(both);
  expect(commandsOf(performAll([...active, interim]))).toEqual(['recordMonitoring']);
  const all = performAll([...active, interim, { ...interim, command: 'recordMonitoring' }]);
  expect(commandsOf(all)).toEqual([]);
});

it('proposes the first of several values that would do, and names each act that would', () => {
  const town = regulation('vologda@1');
  const state = performAll(opening({ stage: 'council', on: '2026-03-02' }), undefined, town);
  const all = duties(state, town, calendar, { asOf: '2026-03-03', horizon: '2028-01-01', zone });
  // The programme of the personal file: approved as a plan, or filed as a paper of either kind.
  expect(all.find(({ key }) => key === 'personalFile@1#programme')?.acts).toEqual([
    { command: 'decidePlan', fields: { decision: 'approve' } },
    { command: 'fileDocument', fields: {}, proposes: { kind: 'programme' } },
  ]);
  expect(all.find(({ key }) => key === 'personalFile@1#housingAct')?.acts).toEqual([]);
});

it('is asked of nobody once support has ended', () => {
  const ended = performAll([...active, { on: '2026-02-02', command: 'endSupport', ground: 'refusal' }]);
  const cancelled = dutiesOn(ended, '2026-02-03').filter(({ state }) => state === 'cancelled');
  expect(cancelled.length).toBeGreaterThan(0);
  expect(cancelled.flatMap(({ acts }) => acts)).toEqual([]);
});
