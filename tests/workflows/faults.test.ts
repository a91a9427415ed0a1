import { ApplicationFailure } from '@temporalio/common';
import { tsToMs } from '@temporalio/common/lib/time';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { refreshCase } from '../../platform/temporal/nudge.ts';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import { createTestNamespace } from '../support/namespace.ts';
import { accepted, eventTypes, openFakeOffice, until } from './fake-office.ts';
import type { FakeOffice } from './fake-office.ts';

describe('familyCase under faults', () => {
  let office: FakeOffice;
  const failing = new Set<string>();
  const sent: string[] = [];
  const noted: { kind: string; code: string }[] = [];

  beforeAll(async () => {
    office = await openFakeOffice(await createTestNamespace(), (it) => ({
      async wakeCase({ caseId }) {
        const record = it.caseOf(caseId);
        record.wakes += 1;
        if (failing.has(caseId)) throw ApplicationFailure.nonRetryable('no such case', 'caseUnknown');
        return record.standing;
      },
      async performCommand({ commandId }) {
        const caseId = commandId.slice('case:'.length);
        if (!it.cases.has(caseId)) throw ApplicationFailure.nonRetryable('no such row', 'rowUnknown');
        if (failing.delete(caseId)) throw new Error('records away');
        const record = it.caseOf(caseId);
        record.applied.push(commandId);
        record.standing = { ...record.standing, seq: record.applied.length };
        return accepted(commandId, record.standing);
      },
      async sendRequest({ requestId }) {
        sent.push(requestId);
        const record = it.caseOf([...it.cases.keys()].find((id) => requestId.includes(id)) as string);
        if (requestId.startsWith('bad') || requestId.startsWith('stubborn'))
          throw ApplicationFailure.nonRetryable('no address', 'agencyHasNoAddress');
        record.standing = { ...record.standing, seq: record.standing.seq + 1, actions: [] };
        return record.standing;
      },
      async recordActionFailed({ caseId, action, code }) {
        noted.push({ kind: action.kind, code });
        const record = it.caseOf(caseId);
        // The records go on asking for what was not sent: only the workflow knows that it has just failed.
        const actions = action.id.startsWith('stubborn') ? record.standing.actions : [];
        record.standing = { ...record.standing, seq: record.standing.seq + 1, actions };
        return record.standing;
      },
    }));
  });
  afterAll(() => office.stop());

  const historyOf = async (caseId: string) =>
    (await office.client.workflow.getHandle(caseId).fetchHistory()).events ?? [];

  it('does a command by a patient activity when the quick one fails', async () => {
    const caseId = office.newCase();
    await performThroughWorkflow(office.client, { caseId, commandId: `case:${caseId}` });
    failing.add(caseId);
    const before = (await eventTypes(office.client, caseId)).length;
    // A second command with another id in the same case: the fake reads the case from the id.
    const outcome = await performThroughWorkflow(office.client, { caseId, commandId: `case:${caseId}` });
    expect(outcome.kind).toBe('answered');
    const fresh = office.newCase();
    await refreshCase(office.client, fresh);
    await until('its wake', () => office.caseOf(fresh).wakes === 1);
    failing.add(fresh);
    expect(await performThroughWorkflow(office.client, { caseId: fresh, commandId: `case:${fresh}` })).toMatchObject({
      kind: 'answered',
      answer: { seq: 1 },
    });
    const events = await eventTypes(office.client, fresh);
    expect(events).toContain('activityTaskScheduled');
    expect((await eventTypes(office.client, caseId)).length).toBe(before);
  });

  it('lives on when a wake cannot be done, and wakes after a pause', async () => {
    const caseId = office.newCase();
    failing.add(caseId);
    await refreshCase(office.client, caseId);
    await until('two quick tries and two patient ones', () => office.caseOf(caseId).wakes >= 4);
    failing.delete(caseId);
    const wakes = office.caseOf(caseId).wakes;
    await until('the wake after the pause', () => office.caseOf(caseId).wakes > wakes);
    expect((await office.client.workflow.getHandle(caseId).describe()).status.name).toBe('RUNNING');
  });

  it('does not spin when the records name a moment that has passed', async () => {
    const caseId = office.newCase({ nextWakeAt: '2020-01-01T00:00:00Z' });
    await refreshCase(office.client, caseId);
    await until('three pauses', () => office.caseOf(caseId).wakes > 3, 28_000);
    const pauses = (await historyOf(caseId)).flatMap(({ timerStartedEventAttributes }) =>
      timerStartedEventAttributes ? tsToMs(timerStartedEventAttributes.startToFireTimeout) : [],
    );
    // One timer for each wake, however slow the machine is between them.
    expect(pauses.slice(0, 3)).toEqual([1_000, 2_000, 4_000]);
  });

  it('runs an action once and learns its outcome', async () => {
    const caseId = office.newCase();
    office.caseOf(caseId).standing.actions = [{ kind: 'sendRequest', id: `good-${caseId}` }];
    await refreshCase(office.client, caseId);
    await until('its outcome', () => office.caseOf(caseId).standing.seq === 1);
    expect(sent.filter((id) => id === `good-${caseId}`)).toHaveLength(1);
  });

  it('turns an action that cannot be done into a fact, with a code and no message', async () => {
    const caseId = office.newCase();
    office.caseOf(caseId).standing.actions = [{ kind: 'sendRequest', id: `bad-${caseId}` }];
    await refreshCase(office.client, caseId);
    await until('the note', () => noted.length === 1);
    expect(noted).toEqual([{ kind: 'sendRequest', code: 'agencyHasNoAddress' }]);
    expect((await office.client.workflow.getHandle(caseId).describe()).status.name).toBe('RUNNING');
  });

  it('tries a failed action again only when told to look', async () => {
    const caseId = office.newCase();
    const id = `stubborn-${caseId}`;
    office.caseOf(caseId).standing.actions = [{ kind: 'sendRequest', id }];
    const tries = () => sent.filter((one) => one === id).length;
    await refreshCase(office.client, caseId);
    await until('the first failure', () => office.caseOf(caseId).standing.seq === 1);
    await performThroughWorkflow(office.client, { caseId, commandId: `case:${caseId}` });
    // What a command sets going stands in the history with its answer.
    const asked = (await historyOf(caseId)).map((event) => event.activityTaskScheduledEventAttributes?.activityType);
    expect(asked.filter((type) => type?.name === 'sendRequest')).toHaveLength(1);
    expect(tries()).toBe(1);
    await refreshCase(office.client, caseId);
    await until('the second try', () => tries() === 2);
  });

  it('answers a command that can never be done with its code, and lives on', async () => {
    const caseId = office.newCase();
    await refreshCase(office.client, caseId);
    const outcome = await performThroughWorkflow(office.client, { caseId, commandId: 'case:nobody' });
    expect(outcome).toEqual({ kind: 'failed', code: 'rowUnknown' });
    expect((await office.client.workflow.getHandle(caseId).describe()).status.name).toBe('RUNNING');
    expect(await performThroughWorkflow(office.client, { caseId, commandId: `case:${caseId}` })).toMatchObject({
      kind: 'answered',
    });
  });
});
