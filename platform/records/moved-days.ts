import { movings, type FormerDay } from '../../domain/case/movings.ts';
import type { NewFact } from '../../domain/case/fact.ts';
import type { Tx } from '../database/scope.ts';
import type { RecordsDeps } from './contract.ts';
import type { LoadedCase } from './load-case.ts';
import { project } from './project.ts';
import type { Turn } from './turn.ts';

/**
 * The case with its days as they were shown until now, where it comes under a later calendar or rule in this very turn.
 * In every other turn nothing more is asked.
 */
export async function withFormerDays(
  tx: Tx,
  { rules }: Pick<RecordsDeps, 'rules'>,
  loaded: LoadedCase,
): Promise<LoadedCase> {
  if (loaded.head === null || loaded.head.reckoning === rules.reckoning) return loaded;
  const former = await tx.$queryRaw<FormerDay[]>`
    SELECT key, state, to_char(due_on, 'YYYY-MM-DD') AS "dueOn" FROM duties WHERE case_id = ${loaded.caseId}::uuid AND state IN ('open', 'overdue') ORDER BY key`;
  return { ...loaded, former };
}

/** By the facts as they were before this turn: what the turn itself moves is told by its own entries. */
export const movedDays = ({ loaded, setting, clock }: Turn): NewFact[] =>
  loaded.former.length === 0
    ? []
    : movings(loaded.former, project(loaded.facts, setting, clock).duties, setting.rules.calendar, clock.today);
