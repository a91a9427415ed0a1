import type { PerformAnswer, PerformInput, PlainAnswer } from '../../activities/contract.ts';
import type { Tx } from '../database/scope.ts';
import type { StoredBody } from './accept-command.ts';
import { advanceClock } from './advance-clock.ts';
import type { CommandAnswer, RecordsDeps } from './contract.ts';
import { places } from './family.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';
import { closeCommand, getCommandAndCase, lockCuratorLoad, wordsOfLoad, type LockedCommand } from './lock-command.ts';
import { refuse } from './refusals.ts';
import { withFormerDays } from './moved-days.ts';
import { answerOf, prepareTurn, refusedAnswer, storedStanding, takeTurn, type Turn } from './turn.ts';
import { getCommandPlace } from './system-lookup.ts';
import { writeTransition, type Transition } from './write-transition.ts';

/**
 * THE transaction: under the lock of its case a command is answered from its row if it is done, else judged by the
 * facts; what follows (events, duties, agenda, notices, requests) is written, and the command closed with its answer.
 * Repeated with the same id it changes nothing and answers the same.
 * @throws UnknownRow when there is no such command.
 */
export async function runCommand(deps: RecordsDeps, { commandId, place }: PerformInput): Promise<PerformAnswer> {
  const { institutionId, caseId } = place ?? (await getCommandPlace(deps.db, commandId));
  let queued: Parameters<typeof announceQueued>[1] = null;
  const answer = await deps.db.inScope({ institutionId, turnOf: caseId }, async (tx) => {
    const { command, loaded } = await getCommandAndCase(tx, { commandId, caseId });
    if (command.state !== 'pending') return answerStored(command, loaded);
    const counted = wordsOfLoad.has(command.word) ? await countLoad(tx, loaded) : loaded;
    const performed = await perform(tx, deps, command, await withFormerDays(tx, deps, counted));
    queued = performed.transition;
    return performed.answer;
  });
  announceQueued(deps, queued);
  return answer;
}

/** The same case with the loads of curators as they are once nobody else can change them. */
async function countLoad(tx: Tx, { caseId, institution }: LoadedCase): Promise<LoadedCase> {
  await lockCuratorLoad(tx, institution.id);
  const loaded = await findLoadedCase(tx, caseId);
  if (loaded === undefined) throw new Error('a command without the key of its case');
  return loaded;
}

/** After the commit: whoever sleeps until a later moment can be woken. */
export function announceQueued(deps: Pick<RecordsDeps, 'onQueued'>, transition: Transition | null): void {
  const times =
    transition === null ? [] : [...transition.notices.queue, ...transition.notices.move].map(({ sendAt }) => sendAt);
  const [first, ...others] = times;
  if (transition === null || first === undefined) return;
  const sendAt = others.reduce((a, b) => (a < b ? a : b), first);
  deps.onQueued?.({ institutionId: transition.institutionId, caseId: transition.caseId, sendAt });
}

async function perform(
  tx: Tx,
  deps: RecordsDeps,
  command: LockedCommand,
  loaded: LoadedCase,
): Promise<{ answer: PerformAnswer; transition: Transition | null }> {
  const engineNow = deps.now();
  const turn = open(deps, command, loaded, engineNow);
  const result =
    'code' in turn ? { refusal: turn } : turn.word === 'advanceTo' ? advanceClock(turn) : await takeTurn(tx, turn);
  if ('refusal' in result) {
    const answer = refusedAnswer(loaded, result.refusal);
    closeCommand(tx, command.id, answer, engineNow);
    return { answer: performAnswer(command.id, answer, loaded, storedStanding(loaded)), transition: null };
  }
  const answer = answerOf(result);
  writeTransition(tx, result.transition, { id: command.id, answer, closedAt: engineNow });
  return { answer: performAnswer(command.id, answer, loaded, result.standing), transition: result.transition };
}

function open(
  deps: RecordsDeps,
  command: LockedCommand,
  loaded: LoadedCase,
  engineNow: Date,
): Turn | ReturnType<typeof refuse> {
  if (command.body === null || loaded.wrapped === null) return refuse('command.abandoned');
  const key = deps.keyring.unwrapCaseKey(command.caseId, loaded.wrapped);
  const stored = key.open(places.command(command.id), command.body) as StoredBody;
  return prepareTurn(deps, { loaded, key, stored, commandId: command.id, actor: command.actor, engineNow });
}

function answerStored(command: LockedCommand, loaded: LoadedCase): PerformAnswer {
  const answer = command.answer ?? refusedAnswer(loaded, refuse('command.abandoned'));
  // The standing is today's, not the stored one: a workflow that asks again must learn where the case is now.
  return performAnswer(command.id, answer, loaded, storedStanding(loaded));
}

const performAnswer = (
  commandId: string,
  answer: CommandAnswer,
  loaded: LoadedCase,
  standing: PerformAnswer['standing'] | null,
): PerformAnswer => ({
  commandId,
  accepted: answer.accepted,
  code: answer.refusal?.code ?? null,
  seq: answer.seq,
  plain: plainOf(answer),
  standing: standing ?? neverOpened(loaded),
});

function plainOf({ stage, level, nextDueOn, result, advanced }: CommandAnswer): PlainAnswer | null {
  if (result === null || result.advice.length > 0 || advanced !== undefined) return null;
  return { stage, level, nextDueOn, entries: result.entries };
}

/** The standing of a case whose opening was refused: nothing is awaited, its workflow has nothing to do. */
const neverOpened = ({ institution }: LoadedCase): PerformAnswer['standing'] => ({
  institutionId: institution.id,
  regulation: institution.regulation,
  seq: 0,
  stage: null,
  level: null,
  awaited: [],
  nextDueOn: null,
  nextWakeAt: null,
  actions: [],
  closed: true,
});
