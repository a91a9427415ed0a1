import type { Client } from '@temporalio/client';
import type { familyCase } from '../../workflows/family-case.ts';
import type { noticeDispatcher } from '../../workflows/notice-dispatcher.ts';
import { dispatcherId, poke, refresh, taskQueue } from '../../workflows/messages.ts';
import { startCaseOptions } from './start-options.ts';

/** Starts a case's workflow from the records; one that runs is left alone and gets no event. */
export async function ensureCase(client: Client, caseId: string): Promise<void> {
  await client.workflow.start<typeof familyCase>('familyCase', startCaseOptions(caseId, taskQueue));
}

/** Makes a case look at its records now, starting it where it does not run. */
export async function refreshCase(client: Client, caseId: string): Promise<void> {
  await client.workflow.signalWithStart<typeof familyCase, []>('familyCase', {
    ...startCaseOptions(caseId, taskQueue),
    signal: refresh,
    signalArgs: [],
  });
}

const dispatcherOptions = (institutionId: string) =>
  ({
    workflowId: dispatcherId(institutionId),
    taskQueue,
    args: [{ institutionId }] as [{ institutionId: string }],
    workflowIdConflictPolicy: 'USE_EXISTING',
    workflowTaskTimeout: '5 seconds',
    staticSummary: 'Отправка уведомлений · Sending notices',
  }) as const;

export async function ensureDispatcher(client: Client, institutionId: string): Promise<void> {
  await client.workflow.start<typeof noticeDispatcher>('noticeDispatcher', dispatcherOptions(institutionId));
}

/** Something is due sooner than the institution's dispatcher may be sleeping. */
export async function pokeDispatcher(client: Client, institutionId: string): Promise<void> {
  await client.workflow.signalWithStart<typeof noticeDispatcher, []>('noticeDispatcher', {
    ...dispatcherOptions(institutionId),
    signal: poke,
    signalArgs: [],
  });
}
