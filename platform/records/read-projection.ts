import type { Regulation } from '../../domain/regulation/regulation.ts';
import type { Tx } from '../database/scope.ts';
import { caseClock, type CaseClock } from './case-clock.ts';
import type { RecordsDeps } from './contract.ts';
import { findLoadedCase, type CaseHead, type LoadedCase } from './load-case.ts';
import { project, withHours, type Projection } from './project.ts';

/** A case read by its regulation at this moment of its own clock. */
export interface ProjectedCase {
  loaded: LoadedCase;
  head: CaseHead;
  regulation: Regulation;
  clock: CaseClock;
  projection: Projection;
}

/**
 * @returns undefined for a case that is not open yet
 * @throws Error when this process has no file of the case's regulation
 */
export async function findProjectedCase(
  tx: Tx,
  deps: Pick<RecordsDeps, 'rules' | 'now'>,
  caseId: string,
): Promise<ProjectedCase | undefined> {
  const loaded = await findLoadedCase(tx, caseId);
  if (!loaded?.head) return undefined;
  const { head, institution } = loaded;
  const read = deps.rules.findRegulation(head.regulationId, head.regulationVersion);
  if (!read) throw new Error(`no regulation ${head.regulationId}@${head.regulationVersion}`);
  const regulation = withHours(read, institution);
  const clock = caseClock(deps.now(), head.clockOffsetMs, institution.zone);
  const setting = { caseId, regulation, rules: deps.rules, zone: institution.zone };
  return { loaded, head, regulation, clock, projection: project(loaded.facts, setting, clock) };
}
