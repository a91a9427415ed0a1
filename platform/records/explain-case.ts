import { explain, type Explanation } from '../../domain/case/explain.ts';
import type { Instant } from '../../domain/calendar/day.ts';
import type { Tx } from '../database/scope.ts';
import type { NoticeRow, Page, RecordsDeps } from './contract.ts';
import { project } from './project.ts';
import { listNotices } from './read-notices.ts';
import { findPinnedCase, type PinnedCase } from './read-pinned.ts';

/** More notices than a family's year makes; what is older stands on the next page. */
const mostNotices = 500;

export interface ExplainedCase {
  pinned: PinnedCase;
  explanation: Explanation;
  /** Accepted and not done yet, oldest first. */
  pending: { id: string; command: string; createdAt: Instant }[];
  notices: Page<NoticeRow>;
}

/** A case explained at this moment of its own clock. Nothing that a person typed is read. */
export async function explainCase(tx: Tx, deps: RecordsDeps, caseId: string): Promise<ExplainedCase | undefined> {
  const pinned = await findPinnedCase(tx, deps, caseId);
  if (!pinned) return undefined;
  const { loaded, regulation, clock } = pinned;
  const setting = { caseId, regulation, rules: deps.rules, zone: loaded.institution.zone };
  const pending = await tx.command.findMany({
    where: { caseId, state: 'pending' },
    select: { id: true, word: true, createdAt: true },
    orderBy: { createdAt: 'asc' },
  });
  return {
    pinned,
    explanation: explain(project(loaded.facts, setting, clock), clock, loaded.world, regulation, deps.rules.calendar),
    pending: pending.map(({ id, word, createdAt }) => ({ id, command: word, createdAt: createdAt.toISOString() })),
    notices: await listNotices(tx, caseId, { limit: mostNotices }),
  };
}
