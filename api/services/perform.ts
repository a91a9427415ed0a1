import { parseCommand } from '../../domain/commands/catalog.ts';
import type { InputError } from '../../domain/commands/command.ts';
import { findCommand, type Accepted, type Admit } from '../../platform/records/accept-command.ts';
import { findCaseAccess } from '../../platform/records/case-access.ts';
import { acceptAndJudge } from '../../platform/records/accept-and-judge.ts';
import type { Advanced, CommandAnswer, CommandRow, NewCommand } from '../../platform/records/contract.ts';
import { refuse } from '../../platform/records/refusals.ts';
import { performThroughWorkflow, type PerformOutcome } from '../../platform/temporal/perform.ts';
import { elsewhere } from '../elsewhere.ts';
import { ApiProblem } from '../problems.ts';
import { CommandRefused } from '../refusals.ts';
import { scenarioOnly } from '../scenario-only.ts';
import type { CommandOutcome } from './services.ts';
import type { Wiring } from './wiring.ts';

/**
 * The one path of every command, whoever gives it: its row, the rules asked once ahead, the case's workflow, and the
 * answer as the records keep it.
 * @param authorise throws where the sender may not; without it, access has been checked by then.
 * @throws ApiProblem, CommandRefused
 */
export async function perform(wiring: Wiring, command: NewCommand, authorise?: Admit): Promise<CommandOutcome> {
  const fault = findInputFault(command.body);
  if (fault) {
    // Nothing is done with such a body but this: who may not give the command learns that, and not what is wrong in it.
    const { caseId } = command;
    if (authorise && caseId !== null)
      await wiring.records.db.inScope(command, async (tx) => authorise(tx, await findCaseAccess(tx, caseId)));
    throw fault;
  }
  const sent = await judgeAndSend(wiring, command, authorise);
  return sent.done ? { done: true, answer: answerOf(sent, sent.answer) } : { done: false, pending: sent.pending };
}

/**
 * Moves a training case's clock, on the same path.
 * @throws ApiProblem, CommandRefused
 */
export async function advance(wiring: Wiring, command: NewCommand): Promise<Advanced> {
  const sent = await judgeAndSend(wiring, command);
  if (!sent.done) throw new ApiProblem('command.outcome-unknown');
  const { advanced } = sent.answer;
  if (!advanced) throw new Error(`command ${sent.commandId} has moved no clock`);
  return advanced;
}

interface Place {
  commandId: string;
  caseId: string;
}

type Sent = ({ done: true; answer: CommandAnswer } & Place) | { done: false; pending: Place };

async function judgeAndSend(wiring: Wiring, command: NewCommand, admit?: Admit): Promise<Sent> {
  const judged = await acceptAndJudge(wiring.records, command, admit);
  if (judged.outcome === 'refused') throw new CommandRefused(judged.refusal);
  return send(wiring, command.institutionId, judged);
}

/** From the row through the case's workflow to the answer that the records keep. */
async function send(wiring: Wiring, institutionId: string, judged: Accepted): Promise<Sent> {
  const { commandId, caseId, stored } = getAccepted(judged);
  if (stored !== null && stored.state !== 'pending')
    return { done: true, commandId, caseId, answer: getAnswer(stored) };
  const outcome = await performThroughWorkflow(wiring.temporal, { commandId, caseId });
  switch (outcome.kind) {
    case 'answered': {
      const answer = answerIn(outcome.answer) ?? getAnswer(await getCommand(wiring, institutionId, commandId));
      return { done: true, commandId, caseId, answer };
    }
    case 'accepted':
      return { done: false, pending: { commandId, caseId } };
    case 'busy':
      throw new ApiProblem('case.busy');
    case 'unknown':
      throw new ApiProblem('command.outcome-unknown');
    case 'unavailable':
      throw new ApiProblem('engine.unavailable');
    case 'failed':
      throw new ApiProblem('internal', { cause: new Error(`command ${commandId} failed: ${outcome.code}`) });
  }
}

/**
 * Reads a command of a case by the one table of all commands.
 * @throws ApiProblem `command.invalid`, each fault by its path
 */
export function checkInput(body: Record<string, unknown>): void {
  const fault = findInputFault(body);
  if (fault) throw fault;
}

const findInputFault = (body: Record<string, unknown>): ApiProblem | undefined => findFault(body, reportsIn(body));

/** A report is no case's: neither in its past nor in the place of an entry. */
function reportsIn({ facts, replacement }: Record<string, unknown>): InputError[] {
  const inside = [
    ...(Array.isArray(facts) ? facts.map((fact: unknown, index) => [`facts.${index}.command`, fact] as const) : []),
    ['replacement.command', replacement] as const,
  ];
  return inside.flatMap(([path, given]) =>
    (given as { command?: unknown } | null | undefined)?.command === 'submitReport'
      ? [
          {
            path,
            message: elsewhere.submitReport,
            ru: 'отчёт сдаёт учреждение, а не дело: он вносится на странице «Отчёты»',
          },
        ]
      : [],
  );
}

/**
 * The same for any command: its fields alone.
 * @throws ApiProblem `command.invalid`
 */
export function checkFields(body: Record<string, unknown>): void {
  const fault = findFault(body, []);
  if (fault) throw fault;
}

function findFault(body: Record<string, unknown>, more: readonly InputError[]): ApiProblem | undefined {
  const parsed = parseCommand(body);
  const faults: InputError[] = [...more, ...(parsed.ok ? [] : parsed.errors)];
  const past = body['command'] === 'adoptCase' && Array.isArray(body['facts']) ? (body['facts'] as unknown[]) : [];
  const inside = past.map((fact, index) => [`facts.${index}.`, fact] as const);
  for (const [at, fields] of [['', body] as const, ...inside]) {
    for (const name of scenarioOnly) {
      if ((fields as Record<string, unknown> | null)?.[name] === undefined) continue;
      const path = `${at}${name}`;
      faults.push({ path, message: `"${path}" exists in scenarios only`, ru: `«${path}» бывает только в сценариях` });
    }
  }
  if (faults.length === 0) return undefined;
  return new ApiProblem('command.invalid', {
    faults: faults.map(({ path, message, ru }) => ({ path, text: { ru, en: message } })),
  });
}

function getAccepted(accepted: Accepted): Extract<Accepted, { outcome: 'accepted' }> {
  if (accepted.outcome !== 'accepted') throw problemOf(accepted);
  return accepted;
}

/** Why a command got no row. */
export function problemOf({ outcome }: Exclude<Accepted, { outcome: 'accepted' }>): ApiProblem {
  switch (outcome) {
    case 'keyReused':
      return new ApiProblem('command.key-reused');
    case 'tooManyWaiting':
      return new ApiProblem('case.busy');
    case 'unknownCase':
      return new ApiProblem('case.unknown');
  }
}

type EngineAnswer = Extract<PerformOutcome, { kind: 'answered' }>['answer'];

/** What the engine brought back, where it says all that the command's row would. */
function answerIn({ seq, plain }: EngineAnswer): CommandAnswer | undefined {
  // A worker of an older build answers without it.
  if (!plain) return undefined;
  const { entries, ...standing } = plain;
  return { accepted: true, seq, ...standing, result: { entries, advice: [] }, refusal: null };
}

async function getCommand(wiring: Wiring, institutionId: string, commandId: string): Promise<CommandRow> {
  const row = await wiring.records.db.inScope({ institutionId }, (tx) => findCommand(tx, commandId));
  if (!row) throw new Error(`no command ${commandId}`);
  return row;
}

/** @throws CommandRefused, or ApiProblem for a command that was dropped */
function getAnswer({ state, answer }: CommandRow): CommandAnswer {
  if (answer?.refusal) throw new CommandRefused(answer.refusal);
  if (state !== 'applied' || answer === null) throw new CommandRefused(refuse('command.abandoned'));
  return answer;
}

export function answerOf(
  { commandId, caseId }: Place,
  given: CommandAnswer,
): Extract<CommandOutcome, { done: true }>['answer'] {
  const { seq, stage, level, nextDueOn, result } = given;
  return {
    commandId,
    caseId,
    seq,
    stage,
    level,
    nextDueOn,
    result: result ?? { entries: [], advice: [] },
  };
}
