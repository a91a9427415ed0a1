import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Standing } from '../../activities/contract.ts';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import { refresh, standing } from '../../workflows/messages.ts';
import { createTestNamespace } from '../support/namespace.ts';
import { blankStanding, eventTypes, openFakeOffice, until } from './fake-office.ts';
import type { FakeOffice } from './fake-office.ts';

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('familyCase', () => {
  let office: FakeOffice;

  beforeAll(async () => {
    office = await openFakeOffice(await createTestNamespace());
  });
  afterAll(() => office.stop());

  const perform = async (caseId: string) => {
    const commandId = office.newCommand(caseId);
    return performThroughWorkflow(office.client, { caseId, commandId });
  };

  it('starts by a wake and takes the command after it', async () => {
    const caseId = office.newCase();
    expect(await perform(caseId)).toMatchObject({ kind: 'answered', answer: { accepted: true, seq: 1 } });
    expect(office.caseOf(caseId)).toMatchObject({ wakes: 1, overlaps: 0 });
  });

  it('costs six events a command, seven with a new attribute, eight with a moved timer', async () => {
    const caseId = office.newCase({ nextWakeAt: soon(3_600_000) });
    await perform(caseId);
    const first = await eventTypes(office.client, caseId);
    await perform(caseId);
    const second = (await eventTypes(office.client, caseId)).slice(first.length);
    expect(second).toEqual([
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'workflowExecutionUpdateAccepted',
      'marker' + 'Recorded',
      'workflowExecutionUpdateCompleted',
    ]);
    office.caseOf(caseId).standing = {
      ...office.caseOf(caseId).standing,
      nextWakeAt: soon(1_800_000),
      stage: 'diagnostic',
    };
    await perform(caseId);
    const third = (await eventTypes(office.client, caseId)).slice(first.length + second.length);
    expect(third.sort()).toEqual([...second, 'timerCanceled', 'timerStarted', 'upsertWorkflowSearchAttributes'].sort());
  });

  it('wakes by its timer, once, for six events', async () => {
    const caseId = office.newCase();
    const record = office.caseOf(caseId);
    // What the records say of the next wake follows from how often they were asked, not from who is faster.
    Object.defineProperty(record, 'standing', {
      get: () => ({ ...blankStanding, nextWakeAt: soon(record.wakes < 2 ? 1_500 : 3_600_000) }),
    });
    await office.client.workflow.signalWithStart('familyCase', {
      workflowId: caseId,
      taskQueue: 'kurator',
      args: [{ caseId }],
      signal: refresh,
      signalArgs: [],
    });
    const timers = async () => (await eventTypes(office.client, caseId)).filter((type) => type === 'timerStarted');
    await until('the next timer', async () => (await timers()).length === 2);
    const events = await eventTypes(office.client, caseId);
    expect(record.wakes).toBe(2);
    expect(events.slice(events.indexOf('timerFired'))).toEqual([
      'timerFired',
      'workflowTaskScheduled',
      'workflowTaskStarted',
      'workflowTaskCompleted',
      'markerRecorded',
      'timerStarted',
    ]);
  });

  it('answers where it stands, in codes and days', async () => {
    const caseId = office.newCase({ stage: 'activity', awaited: ['school'], nextDueOn: '2026-04-10' });
    await perform(caseId);
    const known = (await office.client.workflow.getHandle(caseId).query(standing)) as Standing;
    expect(known).toMatchObject({ stage: 'activity', seq: 1 });
    await until('the engine finds it', async () => {
      const { count } = await office.client.workflow.count(
        `KuratorStage = 'activity' AND KuratorNextDueAt < '2026-04-11T00:00:00Z' AND WorkflowId = '${caseId}'`,
      );
      return count === 1;
    });
  });

  it('ends when the support has ended, and starts again for a later command', async () => {
    const caseId = office.newCase({ closed: true });
    await perform(caseId);
    const handle = office.client.workflow.getHandle(caseId);
    await handle.result();
    expect(await perform(caseId)).toMatchObject({ kind: 'answered', answer: { seq: 2 } });
  });

  it('keeps commands that come at once in turn', async () => {
    const caseId = office.newCase();
    const outcomes = await Promise.all(Array.from({ length: 5 }, () => perform(caseId)));
    expect(outcomes.map(({ kind }) => kind)).toEqual(Array(5).fill('answered'));
    expect(office.caseOf(caseId)).toMatchObject({ overlaps: 0 });
    expect(new Set(office.caseOf(caseId).applied).size).toBe(5);
  });

  it('applies the same command once, however often it is sent', async () => {
    const caseId = office.newCase();
    const commandId = office.newCommand(caseId);
    const outcomes = await Promise.all(
      Array.from({ length: 5 }, () => performThroughWorkflow(office.client, { caseId, commandId })),
    );
    expect(outcomes).toEqual(Array(5).fill(outcomes[0]));
    expect(office.caseOf(caseId).applied).toEqual([commandId]);
  });
});
