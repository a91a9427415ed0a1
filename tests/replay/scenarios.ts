import { ApplicationFailure } from '@temporalio/common';
import type { Activities, Standing } from '../../activities/contract.ts';
import { ensureDispatcher, pokeDispatcher, refreshCase } from '../../platform/temporal/nudge.ts';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import { dispatcherId } from '../../workflows/messages.ts';
import { accepted, blankStanding, eventTypes, until } from '../workflows/fake-office.ts';
import type { FakeOffice } from '../workflows/fake-office.ts';

const soon = (ms: number): string => new Date(Date.now() + ms).toISOString();

/** Lives of cases in every shape a history can take; each answers with the workflow whose history is to be kept. */
export const scenarios: Record<string, (office: FakeOffice) => Promise<string>> = {
  async 'open-case-with-commands'(office) {
    const caseId = office.newCase({ stage: 'diagnostic', nextWakeAt: soon(3_600_000), nextDueOn: '2026-03-12' });
    for (let n = 0; n < 6; n++) {
      await perform(office, caseId);
      if (n === 3) change(office, caseId, { stage: 'contract', nextWakeAt: soon(1_800_000), nextDueOn: '2026-03-22' });
    }
    return caseId;
  },
  async 'five-commands-at-once'(office) {
    const caseId = office.newCase({ nextWakeAt: soon(3_600_000) });
    await Promise.all(Array.from({ length: 5 }, () => perform(office, caseId)));
    return caseId;
  },
  async 'woken-by-timer-and-signal'(office) {
    const caseId = office.newCase({ nextWakeAt: soon(1_500) });
    await refreshCase(office.client, caseId);
    await until('the first wake', () => office.caseOf(caseId).wakes >= 1);
    change(office, caseId, { nextWakeAt: soon(4_000), nextDueOn: '2026-04-10' });
    await until('the timer', () => office.caseOf(caseId).wakes >= 2);
    change(office, caseId, { nextWakeAt: soon(3_600_000) });
    await refreshCase(office.client, caseId);
    await until('the signal', () => office.caseOf(caseId).wakes >= 3);
    return caseId;
  },
  async 'records-away-then-back'(office) {
    const caseId = office.newCase();
    await perform(office, caseId);
    failNext.set(caseId, 3);
    await perform(office, caseId);
    return caseId;
  },
  async 'wake-impossible-for-a-while'(office) {
    const caseId = office.newCase();
    failNext.set(caseId, 4);
    await refreshCase(office.client, caseId);
    await until('a wake that succeeds', () => office.caseOf(caseId).wakes >= 1);
    return caseId;
  },
  async 'request-sent'(office) {
    const caseId = office.newCase({ actions: [{ kind: 'sendRequest', id: 'good' }] });
    await perform(office, caseId);
    await until('the request', () => office.caseOf(caseId).standing.actions.length === 0);
    await perform(office, caseId);
    return caseId;
  },
  async 'request-failed'(office) {
    const caseId = office.newCase({ actions: [{ kind: 'sendRequest', id: 'bad' }] });
    await perform(office, caseId);
    await until('the note', () => office.caseOf(caseId).standing.actions.length === 0);
    await perform(office, caseId);
    return caseId;
  },
  async 'support-ended'(office) {
    const caseId = office.newCase({ stage: 'postSupport' });
    await perform(office, caseId);
    change(office, caseId, { closed: true, nextWakeAt: null });
    await perform(office, caseId);
    await office.client.workflow.getHandle(caseId).result();
    return caseId;
  },
  async 'never-opened'(office) {
    const caseId = office.newCase();
    unopened.add(caseId);
    await refreshCase(office.client, caseId);
    await office.client.workflow.getHandle(caseId).result();
    return caseId;
  },
  async 'opened-by-its-first-command'(office) {
    const caseId = office.newCase();
    unopened.add(caseId);
    await perform(office, caseId);
    await perform(office, caseId);
    return caseId;
  },
  async 'failed-action-tried-again'(office) {
    const caseId = office.newCase({ actions: [{ kind: 'sendRequest', id: 'stubborn' }] });
    await perform(office, caseId);
    await until('the first failure', () => office.caseOf(caseId).standing.seq >= 2);
    await refreshCase(office.client, caseId);
    await until('the second failure', () => office.caseOf(caseId).standing.seq >= 3);
    return caseId;
  },
  async 'dispatcher-poked'(office) {
    const institutionId = '00000000-0000-4000-8000-0000000000d1';
    await ensureDispatcher(office.client, institutionId);
    for (let n = 0; n < 3; n++) {
      await new Promise((resolve) => setTimeout(resolve, 400));
      await pokeDispatcher(office.client, institutionId);
    }
    const id = dispatcherId(institutionId);
    await until(
      'its batches',
      async () => (await eventTypes(office.client, id)).filter((type) => type === 'activityTaskCompleted').length >= 4,
    );
    return id;
  },
};

export interface RecordedRun {
  workflowId: string;
  runId: string;
}

/** An engine that suggests to continue as new this early gives histories short enough to keep. */
export const shortLimit = { 'limit.historyCount.suggestContinueAsNew': 40 };

/** Lives that outgrow their history under `shortLimit`; each answers with the run that ended by beginning anew. */
export const longLives: Record<string, (office: FakeOffice) => Promise<RecordedRun>> = {
  async 'continued-as-new'(office) {
    const caseId = office.newCase({ stage: 'diagnostic', nextWakeAt: soon(3_600_000) });
    await perform(office, caseId);
    return outgrow(office, caseId, () => perform(office, caseId));
  },
  async 'dispatcher-continued-as-new'(office) {
    const institutionId = '00000000-0000-4000-8000-0000000000d2';
    await ensureDispatcher(office.client, institutionId);
    return outgrow(office, dispatcherId(institutionId), () => pokeDispatcher(office.client, institutionId));
  },
};

async function outgrow(office: FakeOffice, workflowId: string, act: () => Promise<void>): Promise<RecordedRun> {
  const handle = office.client.workflow.getHandle(workflowId);
  const { runId } = await handle.describe();
  await until('the next run', async () => {
    await act();
    return (await handle.describe()).runId !== runId;
  });
  return { workflowId, runId };
}

const failNext = new Map<string, number>();
const unopened = new Set<string>();

/** Activities whose results and failures make the shapes above. */
export function scenarioActivities(office: FakeOffice): Partial<Activities> {
  const settle = (caseId: string): Standing => {
    change(office, caseId, { actions: [], seq: office.caseOf(caseId).standing.seq + 1 });
    return office.caseOf(caseId).standing;
  };
  const withAction = (id: string): string => {
    const found = [...office.cases].find(([, record]) => record.standing.actions.some((action) => action.id === id));
    return found?.[0] ?? '';
  };
  const failSometimes = (caseId: string): void => {
    const left = failNext.get(caseId) ?? 0;
    if (left > 0) {
      failNext.set(caseId, left - 1);
      throw new Error('records away');
    }
  };
  return {
    async wakeCase({ caseId }) {
      failSometimes(caseId);
      if (unopened.has(caseId)) return null;
      const record = office.caseOf(caseId);
      record.wakes += 1;
      return record.standing;
    },
    async performCommand({ commandId }) {
      const caseId = commandId.split('/')[0] as string;
      failSometimes(caseId);
      unopened.delete(caseId);
      const record = office.caseOf(caseId);
      if (!record.applied.includes(commandId)) {
        record.applied.push(commandId);
        change(office, caseId, { seq: record.standing.seq + 1 });
      }
      return accepted(commandId, record.standing);
    },
    async sendRequest({ requestId }) {
      if (requestId === 'bad' || requestId === 'stubborn')
        throw ApplicationFailure.nonRetryable('refused', 'mailRefused');
      return settle(withAction(requestId));
    },
    async recordActionFailed({ caseId, action }) {
      if (action.id !== 'stubborn') return settle(caseId);
      change(office, caseId, { seq: office.caseOf(caseId).standing.seq + 1 });
      return office.caseOf(caseId).standing;
    },
    sendDue: async () => ({ sent: 1, nextAt: soon(60_000) }),
  };
}

async function perform(office: FakeOffice, caseId: string): Promise<void> {
  const commandId = `${caseId}/${office.caseOf(caseId).applied.length}-${Math.random().toString(36).slice(2)}`;
  const outcome = await performThroughWorkflow(office.client, { caseId, commandId });
  if (outcome.kind !== 'answered') throw new Error(`The command was ${outcome.kind}.`);
}

function change(office: FakeOffice, caseId: string, to: Partial<Standing>): void {
  const record = office.caseOf(caseId);
  record.standing = { ...blankStanding, ...record.standing, ...to };
}
