import type { StageCode } from '../domain/case/stage.ts';

/**
 * What the workflows see of the activities: types only. Temporal carries ids, codes, dates and counts; no name,
 * address or free text may be added here.
 */

export interface CaseInput {
  caseId: string;
}

/** A side effect outside the records that a transaction asks for; it is also on record, so a restart asks again. */
export interface Action {
  kind: 'sendRequest';
  id: string;
}

/** Where a case stands after a transaction: everything a workflow may base its next step on. */
export interface Standing {
  institutionId: string;
  regulation: string;
  seq: number;
  stage: StageCode | null;
  level: string | null;
  /** Codes of who is awaited, soonest first. */
  awaited: string[];
  nextDueOn: string | null;
  /** Engine's clock, ISO 8601; `null` when nothing is due ever again. */
  nextWakeAt: string | null;
  actions: Action[];
  /** The support has ended: the workflow completes after its actions. */
  closed: boolean;
}

/** What an accepted command's row says of the case right after it, with the entries it made. */
export interface PlainAnswer {
  stage: StageCode | null;
  level: string | null;
  nextDueOn: string | null;
  entries: number[];
}

/** A command's answer: a refusal is a result. An answer with words in it is read from the command's row. */
export interface PerformAnswer {
  commandId: string;
  accepted: boolean;
  code: string | null;
  seq: number;
  /** The row's answer, where it has no words; `null`: a refusal, an advice, a training clock's move. */
  plain: PlainAnswer | null;
  standing: Standing;
}

export interface PerformInput {
  commandId: string;
  /** As the case's last transaction named it, so that it need not be looked for; without it the records are asked. */
  place?: { institutionId: string; caseId: string } | undefined;
}

export interface DispatcherInput {
  institutionId: string;
}

export interface Activities {
  /** One transaction for one command; repeated with the same id it returns the stored answer. */
  performCommand(input: PerformInput): Promise<PerformAnswer>;
  /** The timer's wake: a system command of its own, in the same kind of transaction. `null`: no such case was opened. */
  wakeCase(input: CaseInput): Promise<Standing | null>;
  /** Sends a request to its agency and records the outcome as a fact. */
  sendRequest(input: { requestId: string }): Promise<Standing>;
  /** Records that an action could not be done after all retries: a fact and a visible duty. */
  recordActionFailed(input: { caseId: string; action: Action; code: string }): Promise<Standing>;
  /** Sends what is due, for at most 10 s; returns when to come back (engine's clock) or `null`. */
  sendDue(input: DispatcherInput): Promise<{ sent: number; nextAt: string | null }>;
}
