import { emptyLog } from './append-facts.ts';
import { caseClock } from './case-clock.ts';
import type { RecordsDeps } from './contract.ts';
import { findLoadedCase } from './load-case.ts';
import { openNoticeBook } from './notice-book.ts';
import { plannedNotices, project } from './project.ts';
import { identityOf, readSetting } from './turn.ts';
import { planOwnNotices } from '../notices/plan-own-notices.ts';
import { takeOwnTurn } from './own-turn.ts';
import { loadInstitution, unknownLawFault } from './read-institution.ts';
import { prepareAheadMs, toTransition } from './settle.ts';
import { getCasePlace, UnknownRow } from './system-lookup.ts';
import { writeTransition } from './write-transition.ts';

/**
 * Writes everything that follows from a case's facts anew: head, duties, agenda, requests, plan of notices. The facts
 * stay as they are, and so does every mail that has left. For a projection that was damaged or is of older rules.
 * @throws UnknownRow
 */
export async function rebuildCase(deps: RecordsDeps, caseId: string): Promise<void> {
  const { institutionId } = await getCasePlace(deps.db, caseId);
  await deps.db.inScope({ institutionId, turnOf: caseId }, async (tx) => {
    const loaded = await findLoadedCase(tx, caseId);
    if (loaded?.head == null) throw new UnknownRow(`no case ${caseId}`);
    const engineNow = deps.now();
    const { facts, head } = loaded;
    const setting = readSetting(deps, loaded);
    const clock = caseClock(engineNow, head.clockOffsetMs, loaded.institution.zone);
    const projection = project(facts, setting, clock);
    const book = openNoticeBook(loaded.notices);
    book.plan(plannedNotices(projection, clock, prepareAheadMs(caseId)), head.training ? clock.at : null);
    const [last] = await tx.$queryRaw<{ seq: number; hash: string }[]>`
      SELECT seq, encode(hash, 'hex') AS hash FROM events WHERE case_id = ${caseId}::uuid ORDER BY seq DESC LIMIT 1`;
    const outcome = {
      identity: identityOf(head),
      end: last === undefined ? emptyLog(caseId) : { caseId, ...last },
      clock,
      projection,
      notices: book.difference(true),
      engineNow,
    };
    const rows = toTransition(deps, loaded, setting, outcome, true);
    writeTransition(tx, { ...rows, events: [], texts: [], family: null });
  });
}

/**
 * The same for the institution itself: its duties are computed as they are asked for, so only their mails are kept.
 * @throws Error when it reports by a law that is not known here, as a case of that law fails; the others are planned.
 */
export async function rebuildOwnNotices(
  deps: Pick<RecordsDeps, 'db' | 'keyring' | 'rules' | 'now'>,
  institutionId: string,
): Promise<void> {
  const { unknownLaws } = await deps.db.inScope({ institutionId }, async (tx) => {
    await takeOwnTurn(tx, deps, institutionId);
    const loaded = await loadInstitution(tx, deps);
    await planOwnNotices(tx, deps, loaded);
    return loaded;
  });
  if (unknownLaws.length > 0) throw unknownLawFault(institutionId, unknownLaws);
}
