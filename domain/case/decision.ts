import type { NewFact } from './fact.ts';
import type { Sentence } from './duty.ts';

/** A sentence that lets the step pass: the text recommends, or an entry contradicts an earlier one. */
export interface Advice {
  code: string;
  clause: string | null;
  text: Sentence;
  /** Of an adoption: the command of the past that it speaks of, as a path in the body (`facts.3`). */
  path?: string;
}

/** Why a step is not taken: a clause, or one of the closed list of reasons that are not legal. */
export interface Refusal {
  code: string;
  clause: string | null;
  text: Sentence;
  /** What would have to be there first, one sentence each. */
  missing: Sentence[];
  /** Fields of the command by which the missing would be named, so that a form can lead to them. */
  fields?: string[];
  /** Of an adoption: what stands against each command of the past, by its path in the body (`facts.3`). */
  faults?: { path: string; code: string; clause: string | null; text: Sentence }[];
}

export type Decision = { accepted: true; facts: NewFact[]; advice: Advice[] } | { accepted: false; refusal: Refusal };

/** What a decision needs to know beyond its own case, read and locked in the same transaction. */
export interface World {
  /** Families that each curator already has, by level, this case not counted. */
  curatorLoad: Record<string, Record<string, number>>;
  /** Agencies known to the institution; `null` when any id is accepted (simulate). */
  agencies: ReadonlySet<string> | null;
  staff: ReadonlySet<string> | null;
}
