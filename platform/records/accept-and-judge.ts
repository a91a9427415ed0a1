import type { Refusal } from '../../domain/case/decision.ts';
import type { Tx } from '../database/scope.ts';
import { withAccepted, type Accepted, type Admit } from './accept-command.ts';
import type { NewCommand, RecordsDeps } from './contract.ts';
import { closeCommand } from './lock-command.ts';
import { judgeAhead } from './preview.ts';

export type Judged = Accepted | { outcome: 'refused'; commandId: string; refusal: Refusal };

/**
 * Writes a command's row and asks the rules once ahead, so that nearly all refusals end here and never reach the
 * engine. A refusal closes the row: the same key gets the same answer. Where nothing speaks against it the row is
 * pending, and the transaction's own judgement is the one that counts.
 */
export const acceptAndJudge = (deps: RecordsDeps, command: NewCommand, admit?: Admit): Promise<Judged> =>
  withAccepted(deps, command, admit, (tx, accepted) => judgeAccepted(tx, deps, command, accepted));

async function judgeAccepted(tx: Tx, deps: RecordsDeps, command: NewCommand, accepted: Accepted): Promise<Judged> {
  if (accepted.outcome !== 'accepted' || accepted.repeated) return accepted;
  const judged = await judgeAhead(tx, deps, command, accepted.loaded);
  if (!('refusal' in judged)) return accepted;
  const { refusal } = judged;
  const head = await tx.case.findUnique({
    where: { id: accepted.caseId },
    select: { seq: true, level: true },
  });
  const answer = {
    accepted: false,
    seq: head?.seq ?? 0,
    stage: null,
    level: head?.level ?? null,
    nextDueOn: null,
    result: null,
    refusal,
  };
  closeCommand(tx, accepted.commandId, answer, deps.now());
  return { outcome: 'refused', commandId: accepted.commandId, refusal };
}
