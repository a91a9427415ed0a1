import type { Day, Instant } from '../calendar/day.ts';
import type { Regulation } from '../regulation/regulation.ts';
import type { Fact } from './fact.ts';
import { categoryOf, curatorOf, levelOf } from './reading.ts';

/** A day that was frozen when its duty closed. */
export interface Frozen {
  /** The start from which it was reckoned: another start means another day. */
  start: Day;
  dueOn: Day;
  calendarVersion: string;
  /** It is awaited again, by a later entry: until it closes anew its day is reckoned as of any other. */
  reopened: boolean;
}

/** A case as its log tells it. Everything else (stages, duties, agenda) is computed from this. */
export interface CaseState {
  regulation: string;
  /** The whole log in the order of recording, annulled entries too. */
  log: readonly Fact[];
  /** What counts: sorted by the day it happened, then by the place in the log (a correction keeps its place). */
  facts: readonly Fact[];
  /** Entries that no longer count, by number, and the entry that took them out. */
  annulledBy: Readonly<Record<number, number>>;
  frozen: Readonly<Record<string, Frozen>>;
  /** Number of the last entry. */
  seq: number;
  status: 'new' | 'open' | 'closed';
  openedOn: Day | null;
  closedOn: Day | null;
  category: string | null;
  level: string | null;
  curator: string | null;
  /** Of a case that was adopted under way: the mark that closes its past. */
  adopted: { seq: number; at: Instant } | null;
}

/** Facts of the house that no rule reads: what was frozen, annulled, corrected. */
export const bookkeeping: ReadonlySet<string> = new Set([
  'dutyClosed',
  'dutyReopened',
  'dutyMoved',
  'entryAnnulled',
  'entryCorrected',
]);

const byDay = (a: Fact, b: Fact): number => (a.on < b.on ? -1 : a.on > b.on ? 1 : a.root - b.root || a.seq - b.seq);

/** Reads the log in any order of its entries. */
export const fold = (facts: readonly Fact[], regulation: Pick<Regulation, 'id' | 'version'>): CaseState => {
  const log = [...facts].sort((a, b) => a.seq - b.seq);
  const annulledBy: Record<number, number> = {};
  const frozen: Record<string, Frozen> = {};
  for (const { kind, data, seq } of log) {
    if (kind === 'entryAnnulled' || kind === 'entryCorrected') annulledBy[Number(data['entry'])] = seq;
    if (kind === 'dutyClosed') {
      frozen[String(data['key'])] = {
        start: String(data['start']),
        dueOn: String(data['dueOn']),
        calendarVersion: String(data['calendarVersion']),
        reopened: false,
      };
    }
    const again = kind === 'dutyReopened' ? frozen[String(data['key'])] : undefined;
    if (again) again.reopened = true;
  }
  const counting = log.filter(({ seq, kind }) => !annulledBy[seq] && !bookkeeping.has(kind)).sort(byDay);
  const last = (wanted: string): Fact | undefined => counting.findLast(({ kind }) => kind === wanted);
  const opened = counting.find(({ kind }) => kind === 'caseOpened');
  const ended = last('supportEnded');
  const moved = last('versionMoved');
  const adopted = last('caseAdopted');
  return {
    regulation: `${regulation.id}@${Number(moved?.data['version'] ?? regulation.version)}`,
    log,
    facts: counting,
    annulledBy,
    frozen,
    seq: log.at(-1)?.seq ?? 0,
    status: ended ? 'closed' : opened ? 'open' : 'new',
    openedOn: opened?.on ?? null,
    closedOn: ended?.on ?? null,
    category: categoryOf({ facts: counting }),
    level: levelOf({ facts: counting }),
    curator: curatorOf({ facts: counting }),
    adopted: adopted ? { seq: adopted.seq, at: adopted.recordedAt } : null,
  };
};

/** The state after more entries: the same as folding all of them at once. */
export const foldOnto = (
  state: CaseState,
  more: readonly Fact[],
  regulation: Pick<Regulation, 'id' | 'version'>,
): CaseState => fold([...state.log, ...more], regulation);
