import type { Day } from '../calendar/day.ts';
import type { Duty } from '../case/duty.ts';
import type { Fact } from '../case/fact.ts';
import type { CaseState } from '../case/fold.ts';
import { agenciesOf, approvedPlan, plansOf } from '../case/plans.ts';

/** Something an agency was asked: a subject inside its case. */
export interface AgencyRequest {
  /** The entry that asked it, kept through corrections. */
  entry: number;
  /** A measure's id, or the agency itself when the plan is to be acknowledged. */
  subject: string;
  /** The day it was asked. */
  on: Day;
  agency: string;
  kind: 'acknowledgePlan' | 'measure';
  /** The measure's day; for an acknowledgement the institution's own day, once the duties are known. */
  dueOn: Day | null;
  state: 'open' | 'answered' | 'withdrawn';
  /** Where the words of what is asked stand: the entry as it counts now, and the path in its texts. */
  words: { seq: number; path: string } | null;
}

/** What was asked, before its state is looked at. */
export interface Asked extends Omit<AgencyRequest, 'state'> {
  fact: Fact;
}

/** Every request of the log, the annulled ones too, in the order of asking. */
export const askedIn = (facts: readonly Fact[]): Asked[] =>
  facts.flatMap((fact): Asked[] => {
    if (fact.kind === 'planSent') {
      return agenciesOf(fact).map((agency) => ({
        entry: fact.root,
        subject: agency,
        on: fact.on,
        agency,
        kind: 'acknowledgePlan',
        dueOn: null,
        words: null,
        fact,
      }));
    }
    if (fact.kind !== 'measureGiven' || typeof fact.data['agency'] !== 'string') return [];
    const known =
      typeof fact.data['measure'] === 'string'
        ? approvedPlan(plansOf(facts.filter(({ on }) => on <= fact.on)))?.measures.find(
            ({ id }) => id === fact.data['measure'],
          )
        : undefined;
    const subject = typeof fact.data['measure'] === 'string' ? fact.data['measure'] : `g${fact.root}`;
    const ownDay = typeof fact.data['dueOn'] === 'string' ? fact.data['dueOn'] : null;
    const ownWords = (fact.data['has'] as string[] | undefined)?.includes('what') ?? false;
    const words = ownWords
      ? { seq: fact.seq, path: 'what' }
      : known
        ? { seq: known.wordsFrom.seq, path: `${known.textPath}what` }
        : null;
    return [
      {
        entry: fact.root,
        subject,
        on: fact.on,
        agency: fact.data['agency'],
        kind: 'measure',
        dueOn: ownDay ?? known?.dueOn ?? null,
        words,
        fact,
      },
    ];
  });

/** What tells whether an entry speaks of a request. */
export type AskedWhat = Pick<Asked, 'entry' | 'subject' | 'kind' | 'on'>;

/**
 * Whether the entry speaks of this request: by its entry and subject, or as the result of its measure. A result from
 * before the asking answers nothing: a new plan may give its measures the same ids.
 */
export const concerns = (fact: Fact, asked: AskedWhat): boolean =>
  (fact.data['entry'] === asked.entry && fact.data['subject'] === asked.subject) ||
  (fact.kind === 'resultRecorded' &&
    asked.kind === 'measure' &&
    fact.data['measure'] === asked.subject &&
    (fact.on > asked.on || (fact.on === asked.on && fact.root > asked.entry)));

/** Done as asked: the agency's answer, or a result recorded for it. `needTime` and `cannot` leave a measure open. */
export const completes = (fact: Fact, asked: AskedWhat): boolean =>
  concerns(fact, asked) &&
  (fact.kind === 'resultRecorded' ||
    (fact.kind === 'requestAnswered' && (asked.kind === 'acknowledgePlan' || fact.data['answer'] === 'done')));

/**
 * The requests of a case: a pure reading of its log. A request is withdrawn when its entry is annulled, or when
 * support ends before the answer. `duties` gives acknowledgements their day.
 */
export const requestsOf = (state: CaseState, duties: readonly Duty[] = []): AgencyRequest[] => {
  const open = askedIn(state.facts).map(({ fact: _, ...asked }): AgencyRequest => {
    const answered = state.facts.some((other) => completes(other, asked));
    const duty = duties.find(({ key }) => key === `acknowledgement@${asked.entry}#${asked.subject}`);
    const dueOn = asked.kind === 'acknowledgePlan' ? (duty?.dueOn ?? null) : asked.dueOn;
    return { ...asked, dueOn, state: answered ? 'answered' : state.closedOn ? 'withdrawn' : 'open' };
  });
  const gone = askedIn(state.log.filter(({ seq }) => state.annulledBy[seq])).filter(
    ({ entry, subject }) => !open.some((one) => one.entry === entry && one.subject === subject),
  );
  return [...open, ...gone.map(({ fact: _, ...asked }): AgencyRequest => ({ ...asked, state: 'withdrawn' }))];
};
