import type { Day, Instant } from '../calendar/day.ts';

/**
 * One entry of a case's log: what happened on which day. Codes, ids, days and counts stand in `data`;
 * whatever a person typed stands in `texts`, by path (`measures.0.what`), and is never part of the hash chain.
 */
export interface Fact<Kind extends string = string> {
  /** Number of the entry in its case, from 1. */
  seq: number;
  /** The entry whose place this one took (`correctEntry`), else its own number. Keys of duties are built on it. */
  root: number;
  kind: Kind;
  on: Day;
  recordedAt: Instant;
  /** The day of `recordedAt` in the institution's zone, on the case's clock. */
  recordedOn: Day;
  data: Readonly<Record<string, unknown>>;
  texts?: Readonly<Record<string, string>>;
}

/** A fact as `decide` proposes it; the records give it its number and its instant. */
export interface NewFact {
  kind: string;
  on: Day;
  root?: number;
  data: Record<string, unknown>;
  texts?: Record<string, string>;
}
