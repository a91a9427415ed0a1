import { v7 as uuidv7 } from 'uuid';
import type { Standing } from '../../activities/contract.ts';
import type { Tx } from '../database/scope.ts';
import { caseClock } from './case-clock.ts';
import type { CommandAnswer, RecordsDeps } from './contract.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';
import { movedDays, withFormerDays } from './moved-days.ts';
import { openNoticeBook } from './notice-book.ts';
import { answerOf, identityOf, openLog, prepareTurn, settle, storedStanding, type Turn } from './turn.ts';
import { announceQueued } from './run-command.ts';
import { getCasePlace, UnknownRow } from './system-lookup.ts';
import { places } from './family.ts';
import { writeTransition, type Transition } from './write-transition.ts';

/**
 * The timer's wake: the case looks at itself. What the calendar alone has changed is written, the next day's notices
 * are made ready. Duties that have closed are observations of the system, and only then does the wake leave a command.
 * @throws UnknownRow
 */
export async function wakeCase(deps: RecordsDeps, caseId: string): Promise<Standing> {
  const { institutionId } = await getCasePlace(deps.db, caseId);
  const woken = await deps.db.inScope({ institutionId, turnOf: caseId }, async (tx) => {
    const loaded = await findLoadedCase(tx, caseId);
    if (loaded === undefined || loaded.head === null) throw new UnknownRow(`no case ${caseId}`);
    return wakeLoaded(tx, deps, await withFormerDays(tx, deps, loaded));
  });
  announceQueued(deps, woken.transition);
  return woken.standing;
}

async function wakeLoaded(
  tx: Tx,
  deps: RecordsDeps,
  loaded: LoadedCase,
): Promise<{ standing: Standing; transition: Transition | null }> {
  const standing = storedStanding(loaded);
  if (loaded.head === null || standing === null) throw new UnknownRow(`no case ${loaded.caseId}`);
  // With its key destroyed a case is over for good: nothing of it is written any more but that no calendar moves it.
  if (loaded.wrapped === null) {
    await tx.$executeRaw`UPDATE cases SET reckoning = ${deps.rules.reckoning} WHERE id = ${loaded.caseId}::uuid`;
    return { standing: { ...standing, nextWakeAt: null, actions: [], closed: true }, transition: null };
  }
  const engineNow = deps.now();
  const commandId = uuidv7({ msecs: engineNow.getTime() });
  const turn = prepareTurn(deps, {
    loaded,
    key: deps.keyring.unwrapCaseKey(loaded.caseId, loaded.wrapped),
    stored: { body: { command: 'wake' }, expectedSeq: null },
    commandId,
    actor: { kind: 'system', id: 'timer' },
    engineNow,
  });
  if ('code' in turn)
    throw new Error(
      `a case cannot be woken: ${turn.code} (${loaded.head.regulationId}@${loaded.head.regulationVersion})`,
    );
  const log = openLog(turn);
  const clock = caseClock(engineNow, loaded.head.clockOffsetMs, loaded.institution.zone);
  log.append(movedDays(turn), clock);
  const settled = settle(turn, identityOf(loaded.head), log, openNoticeBook(loaded.notices), clock);
  if (log.appended.facts.length > 0) {
    await recordWake(tx, turn, answerOf({ ...settled, entries: log.appended.facts.map(({ seq }) => seq), advice: [] }));
  }
  writeTransition(tx, settled.transition);
  return settled;
}

async function recordWake(
  tx: Tx,
  { deps, loaded, commandId, key, stored, engineNow }: Turn,
  answer: CommandAnswer,
): Promise<void> {
  await tx.$executeRaw`
    INSERT INTO commands (id, institution_id, case_id, actor_kind, actor_id, idempotency_key, word, body_hash, body, state, answer, closed_at)
    VALUES (${commandId}::uuid, ${loaded.institution.id}::uuid, ${loaded.caseId}::uuid, 'system', 'timer', ${commandId}, 'wake',
      ${deps.keyring.mac('command body', commandId)}, ${key.seal(places.command(commandId), stored)}, 'applied', ${JSON.stringify(answer)}::jsonb, ${engineNow})`;
}
