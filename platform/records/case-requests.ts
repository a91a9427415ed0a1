import { v5 as uuidv5 } from 'uuid';
import { askedIn, completes, concerns, requestsOf, type AgencyRequest } from '../../domain/agencies/requests.ts';
import type { Instant } from '../../domain/calendar/day.ts';
import type { Duty } from '../../domain/case/duty.ts';
import type { Fact } from '../../domain/case/fact.ts';
import type { CaseState } from '../../domain/case/fold.ts';

/** A request with its delivery: what the records keep in a row and show in a list. */
export interface RecordedRequest {
  id: string;
  asked: AgencyRequest;
  state: 'queued' | 'sent' | 'answered' | 'withdrawn';
  sentAt: Instant | null;
  answeredAt: Instant | null;
  /** What the agency answered last; a result that was recorded for it has none. */
  lastAnswer: Fact | null;
}

// Fixed: links and mails of a request outlive any rebuilding of its row.
const namespace = '2f9d0a0e-2a51-4b0c-9a6e-8a5d1a1f6c11';

export const requestId = (
  caseId: string,
  { entry, subject, kind }: Pick<AgencyRequest, 'entry' | 'subject' | 'kind'>,
): string => uuidv5(`${caseId}/${entry}/${subject}/${kind}`, namespace);

/** The requests of a case with their delivery, read off its log: nothing here is stored that a fact does not say. */
export function recordedRequests(caseId: string, state: CaseState, duties: readonly Duty[]): RecordedRequest[] {
  const before = askedBeforeAdoption(state);
  return requestsOf(state, duties).map((asked) => {
    const about = state.facts.filter((fact) => concerns(fact, asked));
    // Brought by hand after the mail had failed, it has reached the agency too: the process stops trying.
    const sent = about.findLast(({ kind }) => kind === 'requestSent' || kind === 'requestDelivered');
    const answer = about.find((fact) => completes(fact, asked));
    const delivered = sent === undefined && !before.has(keyOf(asked)) ? 'queued' : 'sent';
    return {
      id: requestId(caseId, asked),
      asked,
      state: asked.state === 'open' ? delivered : asked.state,
      sentAt: sent?.recordedAt ?? null,
      answeredAt: answer?.recordedAt ?? null,
      lastAnswer: about.findLast(({ kind }) => kind === 'requestAnswered') ?? null,
    };
  });
}

const keyOf = ({ entry, subject }: Pick<AgencyRequest, 'entry' | 'subject'>): string => `${entry}#${subject}`;

/**
 * What agencies had been asked before the case was adopted: it reached them without us, so the process sends none of it.
 * Read off the whole log, since a correction of the past asks nothing anew.
 */
const askedBeforeAdoption = ({ adopted, log }: CaseState): ReadonlySet<string> =>
  new Set(adopted === null ? [] : askedIn(log.filter(({ seq }) => seq < adopted.seq)).map(keyOf));
