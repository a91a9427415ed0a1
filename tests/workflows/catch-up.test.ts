import { expect, it } from 'vitest';
import { runCommand } from '../../platform/records/run-command.ts';
import { useOffice } from '../support/use-office.ts';

const on = '2026-03-02';
const minute = 60_000;
const office = useOffice();
const inMinutes = (minutes: number) => office.watchdog({ now: () => new Date(Date.now() + minutes * minute) });
const standingOf = (caseId: string) =>
  office.client.workflow.getHandle(caseId).query<{ seq: number; actions: unknown[] }>('standing');

it('a command that the records have and the workflow lost is heard of after a minute, and its request leaves', async () => {
  const caseId = await office.openCase({ on });
  await office.perform(caseId, { command: 'signAgreement', on });
  const measures = [{ id: 'm1', what: 'Помощь', agency: 'school', responsible: 'завуч', dueOn: '2026-05-15' }];
  await office.perform(caseId, { command: 'draftPlan', on, until: '2026-08-31', measures });
  await office.perform(caseId, { command: 'submitPlan', on, to: 'commission' });
  const approval = { command: 'decidePlan', on, by: 'commission', decision: 'approve', resolutionNo: '5' };
  await office.perform(caseId, approval, 'secretary');

  // Committed, and then the engine died before it had written that its workflow heard of it; the sender is gone too.
  const { commandId } = await office.accept(caseId, { command: 'sendPlan', on, to: ['school'] });
  const { accepted, seq } = await runCommand(office.records, { commandId });
  expect(accepted).toBe(true);
  expect((await standingOf(caseId)).seq).toBeLessThan(seq);

  // Younger than a minute it may still be on its way.
  expect(await inMinutes(0).pass()).toMatchObject({ fault: null, caughtUp: 0 });
  const dog = inMinutes(1.1);
  expect(await dog.pass()).toMatchObject({ fault: null, caughtUp: 1 });
  await office.waitForMail('the request', ({ to }) => to[0] === 'school@agency.example');
  expect((await standingOf(caseId)).seq).toBeGreaterThanOrEqual(seq);
  expect(await inMinutes(1.2).pass()).toMatchObject({ fault: null, caughtUp: 0 });
});
