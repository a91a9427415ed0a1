import { v7 as uuidv7 } from 'uuid';
import type { Refusal } from '../../domain/case/decision.ts';
import { decideReport, standing } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { InstitutionLife } from '../../domain/institution/own-duties.ts';
import type { Command } from '../../domain/commands/command.ts';
import type { Tx } from '../database/scope.ts';
import { planOwnNotices } from '../notices/plan-own-notices.ts';
import { canonicalJson } from './canonical-json.ts';
import type { CommandActor, RecordsDeps } from './contract.ts';
import { loadInstitution, lockInstitution } from './read-institution.ts';
import { refuse } from './refusals.ts';

export interface InstitutionCommandInput {
  institutionId: string;
  actor: CommandActor;
  idempotencyKey: string;
  command: Command;
}

/** What the command's row keeps. `meets`: keys of the duties it fulfilled. */
export type InstitutionAnswer =
  { accepted: true; seq: number; meets: string[] } | { accepted: false; refusal: Refusal };

export type InstitutionOutcome =
  { outcome: 'answered'; commandId: string; answer: InstitutionAnswer } | { outcome: 'keyReused' };

/**
 * A command of the institution itself: read, decide, write, in the caller's one transaction. It needs no turn in the
 * engine: nothing of a case changes, and its notices are planned in the same transaction.
 */
export async function performInInstitution(
  tx: Tx,
  deps: Pick<RecordsDeps, 'keyring' | 'rules' | 'now'>,
  { institutionId, actor, idempotencyKey, command }: InstitutionCommandInput,
): Promise<InstitutionOutcome> {
  // One at a time in an institution: the log has no gaps, and two reports on one period do not both go in.
  await lockInstitution(tx, institutionId);
  const { command: word, on, data, texts } = command;
  const bodyHash = deps.keyring.mac('command body', canonicalJson([institutionId, word, on, data, texts]));
  const known = await tx.institutionCommand.findFirst({
    where: { actorKind: actor.kind, actorId: actor.id, idempotencyKey },
  });
  if (known) {
    if (!bodyHash.equals(known.bodyHash)) return { outcome: 'keyReused' };
    return { outcome: 'answered', commandId: known.id, answer: known.answer as unknown as InstitutionAnswer };
  }
  const now = deps.now();
  const commandId = uuidv7({ msecs: now.getTime() });
  const before = await loadInstitution(tx, deps);
  const decided =
    before.life === null
      ? { accepted: false as const, refusal: refuse('regulation.unknown') }
      : decideReport(before.log, command, before.today, before.life);
  const keep = async (answer: InstitutionAnswer): Promise<InstitutionOutcome> => {
    const state = answer.accepted ? 'applied' : 'refused';
    await tx.$executeRaw`
      INSERT INTO institution_commands (id, institution_id, actor_kind, actor_id, idempotency_key, word, body_hash, state, answer, created_at)
      VALUES (${commandId}::uuid, ${institutionId}::uuid, ${actor.kind}, ${actor.id}, ${idempotencyKey}, ${word}, ${bodyHash}, ${state},
        ${JSON.stringify(answer)}::jsonb, ${now})`;
    return { outcome: 'answered', commandId, answer };
  };
  const [fact] = decided.accepted ? decided.facts : [];
  if (!decided.accepted) return keep({ accepted: false, refusal: decided.refusal });
  if (fact === undefined || before.life === null) throw new Error(`${word} recorded nothing`);

  const entry = { seq: before.log.length + 1, kind: fact.kind, on: fact.on, recordedAt: now.toISOString() };
  const log = [...before.log, { ...entry, data: fact.data }];
  const after = { ...before.life, facts: standing(log) };
  const done = (life: InstitutionLife) =>
    new Set(ownDuties(life, before.today).flatMap(({ key, metOn }) => (metOn === null ? [] : [key])));
  const wasDone = done(before.life);
  const meets = [...done(after)].filter((key) => !wasDone.has(key));
  const answered = await keep({ accepted: true, seq: entry.seq, meets });
  await tx.$executeRaw`
    INSERT INTO institution_events (institution_id, seq, kind, "on", recorded_at, recorded_on, command_id, data)
    VALUES (${institutionId}::uuid, ${entry.seq}, ${fact.kind}, ${fact.on}::date, ${now}, ${before.today}::date, ${commandId}::uuid,
      ${JSON.stringify(fact.data)}::jsonb)`;
  await planOwnNotices(tx, deps, { ...before, life: after });
  return answered;
}
