import { defineSearchAttributeKey, SearchAttributeType } from '@temporalio/common';
import type { SearchAttributeUpdatePair } from '@temporalio/common';
import type { Standing } from '../activities/contract.ts';

/** The five attributes by which cases are found in the engine; registered at set-up. They travel in clear: codes only. */
const stage = defineSearchAttributeKey('KuratorStage', SearchAttributeType.KEYWORD);
const regulation = defineSearchAttributeKey('KuratorRegulation', SearchAttributeType.KEYWORD);
const institution = defineSearchAttributeKey('KuratorInstitution', SearchAttributeType.KEYWORD);
const nextDueAt = defineSearchAttributeKey('KuratorNextDueAt', SearchAttributeType.DATETIME);
const seq = defineSearchAttributeKey('KuratorSeq', SearchAttributeType.INT);

/**
 * What must be written so that the engine finds the case as it stands; empty when nothing a reader would miss has
 * changed. The number of the last entry changes with every command, so it rides along and never costs an event alone.
 */
export function attributeUpdates(known: Standing | null, next: Standing): SearchAttributeUpdatePair[] {
  const updates: SearchAttributeUpdatePair[] = [];
  if (known?.stage !== next.stage) updates.push({ key: stage, value: next.stage });
  if (known?.regulation !== next.regulation) updates.push({ key: regulation, value: next.regulation });
  if (known?.institutionId !== next.institutionId) updates.push({ key: institution, value: next.institutionId });
  if (known?.nextDueOn !== next.nextDueOn) {
    // A civil day has no instant of its own; midnight UTC keeps the days in order, which is all a list needs.
    const value = next.nextDueOn === null ? null : new Date(`${next.nextDueOn}T00:00:00Z`);
    updates.push({ key: nextDueAt, value });
  }
  if (updates.length > 0) updates.push({ key: seq, value: next.seq });
  return updates;
}
