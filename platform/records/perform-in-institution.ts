import type { Decision } from '../../domain/case/decision.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import { decideReport, standing } from '../../domain/institution/decide-report.ts';
import { ownDuties } from '../../domain/institution/own-duties.ts';
import type { InstitutionLife } from '../../domain/institution/own-duties.ts';
import type { Tx } from '../database/scope.ts';
import { planOwnNotices } from '../notices/plan-own-notices.ts';
import { acceptWithin, inAccepting, type Accepted } from './accept-command.ts';
import { appendFacts, type Appended } from './append-facts.ts';
import { caseClock } from './case-clock.ts';
import type { CommandAnswer, NewCommand, RecordsDeps } from './contract.ts';
import { closeCommand } from './lock-command.ts';
import { takeOwnTurn } from './own-turn.ts';
import { loadInstitution, type LoadedInstitution } from './read-institution.ts';
import { invalid, refuse } from './refusals.ts';
import { closing, newEvents, newTexts, type ClosedCommand } from './write-log.ts';

export type InstitutionCommand = Pick<NewCommand, 'institutionId' | 'actor' | 'idempotencyKey' | 'body'>;

export type InstitutionOutcome =
  { outcome: 'answered'; commandId: string; answer: CommandAnswer } | Exclude<Accepted, { outcome: 'accepted' }>;

/**
 * A command of the institution itself, on the path of every command: its row, the turn, the rules, the log's next
 * entries, the answer. All of it is one transaction: nothing of a case waits for it and no timer follows from it, so it
 * needs no turn in the engine, and no row of it is ever left waiting.
 */
export const performInInstitution = (deps: RecordsDeps, given: InstitutionCommand): Promise<InstitutionOutcome> =>
  inAccepting(deps.db, given, (tx) => performWithin(tx, deps, given));

async function performWithin(tx: Tx, deps: RecordsDeps, given: InstitutionCommand): Promise<InstitutionOutcome> {
  const { institutionId, body } = given;
  const key = await takeOwnTurn(tx, deps, institutionId);
  const accepted = await acceptWithin(tx, deps, { ...given, caseId: institutionId, expectedSeq: null });
  if (accepted.outcome !== 'accepted') return accepted;
  const { commandId, stored } = accepted;
  if (stored?.answer) return { outcome: 'answered', commandId, answer: stored.answer };

  const engineNow = deps.now();
  const before = await loadInstitution(tx, { ...deps, now: () => engineNow });
  const answered = (answer: CommandAnswer): InstitutionOutcome => ({ outcome: 'answered', commandId, answer });
  const decision = decide(before, body);
  if (!decision.accepted || before.life === null) {
    const { refusal } = decision.accepted ? { refusal: refuse('regulation.unknown') } : decision;
    const answer = { ...answerAt(before.end.seq), accepted: false, refusal };
    closeCommand(tx, commandId, answer, engineNow);
    return answered(answer);
  }
  const clock = caseClock(engineNow, 0, before.institution.zone);
  const appended = appendFacts(before.end, decision.facts, commandId, clock, key);
  const life = { ...before.life, facts: standing([...before.log, ...appended.facts]) };
  const meets = newlyMet(before.life, life, before.today);
  const result = { entries: appended.facts.map(({ seq }) => seq), advice: decision.advice };
  const answer = { ...answerAt(appended.end.seq), result, meets };
  await writeOwnLog(tx, institutionId, appended, { id: commandId, answer, closedAt: engineNow });
  await planOwnNotices(tx, { ...deps, now: () => engineNow }, { ...before, life });
  return answered(answer);
}

function decide({ life, log, today }: LoadedInstitution, body: NewCommand['body']): Decision {
  if (life === null) return { accepted: false, refusal: refuse('regulation.unknown') };
  const parsed = parseCommand(body);
  return parsed.ok
    ? decideReport(log, parsed.command, today, life)
    : { accepted: false, refusal: invalid(parsed.errors) };
}

/** What a case's answer says of the case is not said here: an institution has no stage and no level. */
const answerAt = (seq: number): CommandAnswer => ({
  ...{ accepted: true, seq, stage: null, level: null, nextDueOn: null },
  ...{ result: null, refusal: null },
});

function newlyMet(before: InstitutionLife, after: InstitutionLife, today: string): string[] {
  const met = (life: InstitutionLife): string[] =>
    ownDuties(life, today).flatMap(({ key, metOn }) => (metOn === null ? [] : [key]));
  const already = new Set(met(before));
  return met(after).filter((key) => !already.has(key));
}

/** The log's new entries, its end, and the answer of the command that made them: one statement, nothing half done. */
async function writeOwnLog(
  tx: Tx,
  institutionId: string,
  { events, texts, end }: Appended,
  closed: ClosedCommand,
): Promise<void> {
  const place = { institutionId, caseId: institutionId };
  await tx.$executeRaw`
    WITH command AS (${closing(closed)}
    ), new_events AS (${newEvents(place, events)}
    ), new_texts AS (${newTexts(place, texts)}
    )
    UPDATE institutions SET log_seq = ${end.seq}, log_hash = decode(${end.hash}, 'hex'), log_changed_at = now() WHERE id = ${institutionId}::uuid`;
}
