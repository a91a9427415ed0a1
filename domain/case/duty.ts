import type { Day, Instant } from '../calendar/day.ts';
import type { Role } from '../access/role.ts';

/** One sentence in the two languages of the product. Russian comes first. */
export interface Sentence {
  ru: string;
  en: string;
}

/** Who performs a duty: a role of the institution, a collegial body, or an agency by its id. */
export interface Awaited {
  kind: 'role' | 'body' | 'agency';
  code: string;
}

/**
 * `upcoming`: its window has not begun; `open`: awaited; `met`, `met late`: performed; `overdue`: its day has passed;
 * `missed`: a window that ended unserved; `cancelled`: no longer demanded.
 */
export type DutyState = 'upcoming' | 'open' | 'met' | 'met late' | 'overdue' | 'missed' | 'cancelled';

/** `legal`: a day from a clause; `internal`: the institution's own day; `undated`: the clause demands the act and gives no day. */
export type DutyBasis = 'legal' | 'internal' | 'undated';

/** One step of the reckoning of a day: the start, the term, each day skipped or moved over, the result. */
export interface WhyStep {
  kind: 'start' | 'term' | 'dayOff' | 'moved' | 'notMoved' | 'shift' | 'result' | 'noDay' | 'frozen';
  day: Day | null;
  text: Sentence;
}

/** A command that performs a duty, with the fields about which the rule leaves no choice. */
export interface DutyAct {
  command: string;
  fields: Record<string, string | number | boolean>;
  /** Fields for which several values would do: the first that the rule names. */
  proposes?: Record<string, string | number | boolean> | undefined;
}

/** What must be done, by which day, by which clause, and who is awaited. Its key never holds a date. */
export interface Duty {
  /** `rule@rootEntry[/window][#subject]`, for example `planApproval@4`, `monitoring@9/2`, `measure@6#m2`. */
  key: string;
  rule: string;
  clause: string;
  what: Sentence;
  /** What the duty is about inside the case, when one rule makes many duties: a measure, a request, a member. */
  subject: string | null;
  /** Where the words of the subject stand: an entry and the path in its texts. */
  words: { seq: number; path: string } | null;
  basis: DutyBasis;
  dueOn: Day | null;
  unmovedDueOn: Day | null;
  /** The day lies beyond the last published year of the production calendar. */
  provisional: boolean;
  awaited: Awaited;
  state: DutyState;
  metOn: Day | null;
  /** Of one that is cancelled: since which day it is no longer demanded. */
  endedOn?: Day | null;
  scope: 'case' | 'institution';
  /** What is still to be done for it, in order; empty once nothing is awaited. */
  acts: DutyAct[];
  /** A window of a grid: its number from 1, its days (from exclusive, to inclusive), acts needed and served. */
  window: { index: number; from: Day; to: Day; needed: number; served: number } | null;
  remindOn: Day[];
  escalateOn: { on: Day; to: Role }[];
  why: WhyStep[];
  /** The entry that started the term: the number of its first version, kept through corrections. */
  rootEntry: number;
  /** When the records learnt of the day: nothing that fell due before this instant is sent after the fact. */
  knownAt: Instant;
  /** A least length: its day is reached, never passed; nothing is late and nobody is escalated to. */
  neverLate?: true;
  /** What an agency answered, by the entry kept through corrections, and when that was recorded: each is told at once. */
  answers?: { entry: number; at: Instant }[];
  /** Of a window: the last day on which a late act still makes up for it; after it the window is missed for good. */
  closesOn?: Day;
  /** Of a window that was missed for good: the act entered since whose note gives the reason, `null` while none does. */
  reasonIn?: number | null;
}
