import { approvedPlan, plansOf } from '../../domain/case/plans.ts';
import type { Day, Instant } from '../../domain/calendar/day.ts';
import type { Fact } from '../../domain/case/fact.ts';
import { fold } from '../../domain/case/fold.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { caseClock } from './case-clock.ts';
import type { RequestRow } from './contract.ts';
import { openTexts } from './family.ts';
import { findLoadedCase } from './load-case.ts';
import { readRequests } from './read-requests.ts';

/** A request as its agency may see it: what it is asked, and nothing of the family beyond that. */
export interface AgencyRequestView {
  request: RequestRow;
  institution: string;
  caseNumber: string;
  /** On the case's clock. */
  today: Day;
  /** For the plan's acknowledgement: this agency's measures. */
  measures: { id: string; what: string; dueOn: Day | null }[];
  /** The entry of its last answer. */
  answered: { seq: number; on: Day; at: Instant } | null;
  /** The last entry about its answers, one that was annulled since too: what a new answer comes after. 0: none yet. */
  answersUntil: number;
}

/**
 * Asked in a snapshot: an answer given between two of the reads would be a request that is answered and has none.
 * @returns undefined when the request is none of this case
 */
export async function findAgencyRequest(
  tx: Tx,
  deps: { keyring: Keyring; now: () => Date },
  place: { caseId: string; requestId: string },
): Promise<AgencyRequestView | undefined> {
  const loaded = await findLoadedCase(tx, place.caseId);
  if (!loaded?.head) return undefined;
  const request = (await readRequests(tx, deps.keyring, loaded)).find(({ id }) => id === place.requestId);
  if (!request) return undefined;
  const { facts } = fold(loaded.facts, { id: loaded.head.regulationId, version: loaded.head.regulationVersion });
  const plan = request.kind === 'acknowledgePlan' ? approvedPlan(plansOf(facts)) : null;
  const own = plan?.measures.filter(({ agency }) => agency === request.agency.code) ?? [];
  const seqs = own.map(({ wordsFrom }) => wordsFrom.seq);
  const texts = await tx.eventText.findMany({ where: { caseId: place.caseId, seq: { in: seqs } } });
  const key = loaded.wrapped === null ? null : deps.keyring.unwrapCaseKey(place.caseId, loaded.wrapped);
  const words = new Map(texts.map((row) => [row.seq, openTexts(key, place.caseId, row.seq, row.sealed)]));
  const isAnswer = ({ kind, data }: Fact): boolean =>
    kind === 'requestAnswered' && data['entry'] === request.entry && data['subject'] === request.subject;
  const answer = facts.findLast(isAnswer);
  return {
    request,
    institution: loaded.institution.name,
    caseNumber: loaded.head.number,
    today: caseClock(deps.now(), loaded.head.clockOffsetMs, loaded.institution.zone).today,
    measures: own.map(({ id, dueOn, wordsFrom, textPath }) => ({
      id,
      dueOn,
      what: words.get(wordsFrom.seq)?.[`${textPath}what`] ?? '',
    })),
    answered: answer ? { seq: answer.seq, on: answer.recordedOn, at: answer.recordedAt } : null,
    answersUntil: loaded.facts.findLast(isAnswer)?.seq ?? 0,
  };
}
