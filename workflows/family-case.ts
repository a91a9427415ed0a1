import {
  allHandlersFinished,
  condition,
  continueAsNew,
  isCancellation,
  setCurrentDetails,
  setHandler,
  upsertSearchAttributes,
  workflowInfo,
} from '@temporalio/workflow';
import type { CaseInput, Standing } from '../activities/contract.ts';
import { performCommand, wakeCase } from './calls.ts';
import { createCaseActions } from './case-actions.ts';
import { createCaseTimer } from './case-timer.ts';
import { perform, refresh, standing } from './messages.ts';
import { attributeUpdates } from './search-attributes.ts';
import { createTurns } from './turns.ts';
import { describeStanding } from './words.ts';

/**
 * The support of one family as one durable process: commands in turn, one timer, the side effects its transactions ask
 * for. It decides nothing by itself and carries nothing over: it can be started at any moment from the records.
 */
export async function familyCase({ caseId }: CaseInput): Promise<void> {
  // A run of commands costs one timer and one set of attributes, however many they are.
  const turns = createTurns(() => settle());
  // The last word of the records, and what the engine's timer, pages and lists already follow.
  const last: { known: Standing | null; shown: Standing | null } = { known: null, shown: null };
  let wakeAsked = true;
  // Before the command that opens it the records have no case; a workflow whose opening was never accepted ends.
  let isUnopened = false;
  const timer = createCaseTimer(() => {
    wakeAsked = true;
  });
  const actions = createCaseActions({ caseId }, learn);

  function learn(next: Standing): void {
    // An action's outcome may come back after a later command's: the records gave that one the higher number.
    if (last.known === null || next.seq >= last.known.seq) last.known = next;
  }

  async function wake(): Promise<void> {
    wakeAsked = false;
    timer.woken();
    try {
      const next = await wakeCase({ caseId });
      if (next) learn(next);
      else isUnopened = true;
    } catch (error) {
      if (isCancellation(error)) throw error;
      timer.retry();
    }
  }

  /** What the engine's timer, pages and lists follow is brought to the last word of the records. */
  function settle(): void {
    const next = last.known;
    if (next === null || next === last.shown) return;
    const updates = attributeUpdates(last.shown, next);
    if (updates.length > 0) upsertSearchAttributes(updates);
    setCurrentDetails(describeStanding(next));
    timer.set(next.nextWakeAt);
    actions.start(next.actions);
    last.shown = next;
  }

  setHandler(perform, (commandId) =>
    turns.take(async () => {
      const place = last.known ? { institutionId: last.known.institutionId, caseId } : undefined;
      const answer = await performCommand({ commandId, place });
      learn(answer.standing);
      return answer;
    }),
  );
  setHandler(refresh, () => {
    actions.forgetFailures();
    wakeAsked = true;
  });
  setHandler(standing, () => last.known);

  /** An action's outcome comes outside the turns. */
  const isUnsettled = (): boolean => last.known !== last.shown && turns.isIdle();
  const isQuiet = (): boolean => turns.isIdle() && actions.areDone() && allHandlersFinished();
  const isOver = (): boolean => isQuiet() && (hasEnded() || workflowInfo().continueAsNewSuggested);
  const hasEnded = (): boolean => (last.known === null ? isUnopened : last.known.closed);
  for (;;) {
    await condition(() => wakeAsked || isUnsettled() || isOver());
    if (wakeAsked) {
      await turns.take(wake);
    } else if (isUnsettled()) {
      settle();
    } else if (hasEnded()) {
      return;
    } else {
      // Only when quiet: otherwise commands that were applied would be answered as failed.
      await continueAsNew<typeof familyCase>({ caseId });
    }
  }
}
