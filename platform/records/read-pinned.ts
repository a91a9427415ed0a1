import type { CaseState } from '../../domain/case/fold.ts';
import { fold } from '../../domain/case/fold.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import type { Tx } from '../database/scope.ts';
import { caseClock, type CaseClock } from './case-clock.ts';
import type { RecordsDeps } from './contract.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';
import { withHours } from './project.ts';
import { LawUnknown } from './unknown-laws.ts';

/** A case with the law that it is pinned to, at this moment of its own clock. */
export interface PinnedCase {
  loaded: LoadedCase;
  regulation: Regulation;
  clock: CaseClock;
  state: CaseState;
}

/**
 * @returns undefined for a case that is not open yet
 * @throws LawUnknown when this process has no file of the case's regulation
 */
export async function findPinnedCase(
  tx: Tx,
  deps: Pick<RecordsDeps, 'rules' | 'now'>,
  caseId: string,
): Promise<PinnedCase | undefined> {
  const loaded = await findLoadedCase(tx, caseId);
  if (!loaded?.head) return undefined;
  const { head, institution } = loaded;
  const read = deps.rules.findRegulation(head.regulationId, head.regulationVersion);
  if (!read) throw new LawUnknown(caseId, { id: head.regulationId, version: head.regulationVersion });
  const regulation = withHours(read, institution);
  const clock = caseClock(deps.now(), head.clockOffsetMs, institution.zone);
  return { loaded, regulation, clock, state: fold(loaded.facts, regulation) };
}
