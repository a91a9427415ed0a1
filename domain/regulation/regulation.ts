import type { Role } from '../access/role.ts';
import type { Cycle, Term } from '../calendar/terms.ts';
import type { Sentence } from '../case/duty.ts';
import type { StageCode } from '../case/stage.ts';

/** A regulation as the rules read it: plain data, checked and complete. Made from a file by `parseRegulation`. */
export interface Regulation {
  /** Short id, `town`; a case pins `id@version`. */
  id: string;
  version: number;
  title: Sentence;
  /** The document: who approved it, when, under which number. */
  source: Sentence;
  /** Collegial bodies by code, as persons call them. */
  bodies: Readonly<Record<string, Sentence>>;
  /** Categories of families the text names, for pickers; a case may have another. */
  categories: Readonly<Record<string, Sentence>>;
  levels: Readonly<Record<string, Level>>;
  lists: Readonly<Record<string, NamedList>>;
  /** Figures by which the text has results judged. */
  indicators: Readonly<Record<string, NamedList>>;
  /** Who decides, asked on the day of the act. */
  roles: Readonly<Record<string, ChosenRole>>;
  stages: Readonly<Partial<Record<StageCode, StageRule>>>;
  duties: Readonly<Record<string, DutyRule>>;
  /** A command is refused by the first of these whose `when` holds and whose `unless` does not. */
  refusals: readonly CommandRule[];
  /** The same shape, but the command passes and the sentence is shown. */
  advices: readonly CommandRule[];
  notYetExecutable: readonly NotYetExecutable[];
  house: House;
}

export interface ChosenRole {
  clause: string;
  /** The first choice whose `when` holds. The last one has none. */
  choose: readonly { when: readonly Condition[]; then: string }[];
}

/** A stage lasts from the first day on which all of `from` holds, until a later stage's `from` holds. */
export interface StageRule {
  clause: string;
  title: Sentence;
  from: readonly Condition[];
}

export type Scalar = string | number | boolean | null;

/** Days that a case names at its opening, and that later facts may replace: a contract may be prolonged or end early. */
export const givenDays = ['socialContract.from', 'socialContract.to', 'familyFormedOn'] as const;
export type GivenDay = (typeof givenDays)[number];

/**
 * The closed list of predicates. A list of conditions means all of it; `any` one of it.
 * The first ones ask the case, those from `field` on the command that is judged. Each has a sentence that says what is
 * missing when it does not hold.
 */
export type Condition =
  | { any: readonly Condition[] }
  | { not: Condition }
  /** A fact of the kind is on record; `latest` asks the last one with `of` alone, then `where`. */
  | { fact: string; where?: Where; latest?: Where }
  /** `met`: performed (of the answers to requests: every one); `reached`: its day has come. */
  | { duty: string; is: 'met' | 'reached' }
  | { stage: readonly StageCode[] }
  | { inSop: boolean }
  | { everInSop: boolean }
  | { category: readonly string[] }
  | { level: readonly string[] }
  /** `termOver`: the day after the last day of the approved plan's term has come. */
  | { plan: 'drafted' | 'approved' | 'sentToEveryAgency' | 'termOver' }
  /** The case names that day. */
  | { given: GivenDay }
  /** The day after it, or after so many months from it, has come. */
  | { past: GivenDay; months?: number }
  | { field: string; is: readonly Scalar[] }
  /** The day that the field names, if it names one, is not before that day of the case. */
  | { field: string; notBefore: GivenDay }
  | { has: readonly string[] }
  /** The command's field `by` (or the one named) is the body that the role chooses on the command's day. */
  | { by: string; field?: string }
  /**
   * `having`: asked only of measures that have this field. `afterCorrection`: asked of each measure that the command
   * names, as it will stand: what the plan says of it, and over that what the correction says.
   */
  | { everyMeasureHas: readonly string[]; having?: string; afterCorrection?: boolean }
  /** `afterCorrection`: asked of the plan as the correction would leave it, its measures over those that the plan has. */
  | { someMeasure: Where; afterCorrection?: boolean }
  /** Whether the command's day is one on which the institution works, by the production calendar. */
  | { workingDay: boolean }
  /** How many families of a level the curator concerned may have, this one counted; levels of one limit share it. */
  | { caseload: readonly CaseloadLimit[] }
  /**
   * Consent given and not withdrawn: of the command's own `member`, or for each agency that it involves. A consent
   * that names no agency is for all of them; one that names no member is nobody's own. `agreedPlan`: the family has
   * agreed to the agencies of the approved plan by signing the agreement.
   */
  | { consent: string; of: 'member' | 'agency'; agreedPlan?: boolean };

export interface CaseloadLimit {
  levels: readonly string[];
  atMost: number;
}

/** Fields of a fact and the values any of which they may have. */
export type Where = Readonly<Record<string, readonly Scalar[]>>;

/**
 * What starts a term, a window or a duty. `fact`: any of these kinds. `every`: each such fact starts one of its own;
 * else the first. `day`: the term is counted from that day of the case, though the duty is demanded from the fact on.
 * `on`: the day stands in this field of the fact itself: when it was found, not when it was entered.
 */
export type Start =
  | { fact: readonly string[]; where?: Where; every?: boolean; day?: GivenDay; on?: string }
  | { stage: StageCode }
  | { plan: 'approved'; every?: boolean }
  /** The last lifting of the status, as long as it has not been established again. */
  | { sop: 'lifted' };

export interface FactAct {
  fact: string;
  where?: Where;
}

/**
 * An act that performs a duty. `notBefore`: before the duty's own day the fact does not perform it. `sameFact`: the fact
 * that started the duty says itself, in this field, on which day it was done. `anyOf`: whichever comes first.
 */
export type Act =
  | (FactAct & { notBefore?: 'dueOn' })
  | { plan: 'approved' | 'sentToEveryAgency' }
  | { sameFact: string; where?: Where }
  | { anyOf: readonly Act[] };

/** Acts of which a window asks for so many. */
export type GridAct = (FactAct | { anyOf: readonly FactAct[] }) & { times: number };

interface DutyBase {
  rule: string;
  clause: string;
  what: Sentence;
  /** `curator`, `head`, another role of the institution, a role of `roles`, a body, or `measure.agency`. */
  who: string;
  /** Families it concerns. */
  for: readonly Condition[];
  /**
   * From the first day on which one of these holds it is no longer demanded. The end of support always does it, except
   * where the rule says `outlivesSupport`: then the text owes the act to a child or a body, not to the course of support.
   */
  until: readonly Condition[];
  basis: 'legal' | 'internal';
  scope: 'case' | 'institution';
}

export type DutyRule =
  | (DutyBase & {
      form: 'term';
      start: Start;
      /** `null`: the text gives no day. `sameDay`: at once, never moved. */
      term: Term | 'sameDay' | null;
      /**
       * Whether acts before the start count: a limit ("no later than") takes them, a new round does not. `afterStart`:
       * of the acts of the start's own day only those that followed it.
       */
      acts: 'any' | 'sinceStart' | 'afterStart';
      met: readonly Act[];
      /** A least length: never late; an end before the day does not perform it. */
      atLeast: boolean;
      /** Shown without a day from the first day on which one of these holds, before its start is known. */
      shownFrom: readonly Condition[];
      outlivesSupport: boolean;
    })
  /** One duty for each measure of the approved plan and each measure given to an agency, on the measure's own day. */
  | (DutyBase & { form: 'measure'; met: readonly Act[] })
  /** One undated duty for each agency that a correction of the plan made responsible after its dispatch. */
  | (DutyBase & { form: 'agency'; met: readonly Act[] })
  /** Windows of a fixed grid, each asking for all of `acts`. */
  | (DutyBase & {
      form: 'grid';
      anchor: Start;
      every: Cycle;
      /** The stage in which it runs; `null`: from the anchor's fact on. */
      while: StageCode | null;
      /** The duty on whose day it stops; `null`: with its stage, or with support. */
      upTo: string | null;
      acts: readonly GridAct[];
    })
  /** One duty for each served window of a grid. */
  | (DutyBase & { form: 'window'; of: string; met: Act })
  /** One undated duty for each document that the case's file must hold. */
  | (DutyBase & { form: 'document'; documents: readonly FileDocument[] })
  /**
   * One duty for each entry of the register: the answer to what came in, or to what went out. Its day is the one that
   * the entry names, else `term` from the entry's day, `null` where no clause gives one.
   */
  | (DutyBase & {
      form: 'request';
      direction: 'in' | 'out';
      term: Term | null;
      outlivesSupport: boolean;
      met: FactAct;
    })
  /** One duty for each day on which the approved plan lets the parents visit their child: an appointment. */
  | (DutyBase & { form: 'parentVisit'; met: FactAct })
  /** The institution's own duty, once for each period of the calendar: a report. Of no single case. */
  | (DutyBase & {
      form: 'calendar';
      /** `null`: the text names no period, so there is one duty and it has no day. */
      every: Period | null;
      /**
       * Of the month after the period: the day itself, included, moved on off a day off (`before`: back); or so many working days from the period's end, the
       * first day of the next one not counted (Civil Code, article 191).
       */
      due: { day: number; dayOff?: 'before' } | { workingDays: number } | null;
      met: readonly FactAct[];
    });

export const periods = ['month', 'quarter', 'halfYear', 'year'] as const;
export type Period = (typeof periods)[number];

export interface FileDocument {
  /** Its name in the key of the duty, and the `kind` of the document where nothing else is said of it. */
  id: string;
  clause: string;
  what: Sentence;
  who: string;
  /** From when it is demanded: the opening of the case, unless this says otherwise. */
  when: readonly Condition[];
  met: Act;
}

/** A list of the text that people choose from or look up: circumstances, forms of work, kinds of aid. */
export interface NamedList {
  clause: string;
  title: Sentence;
  /** Where it is of use: beside the form of a command (`recordMonitoring`), or to choose a field from (`recordService.kind`). */
  serves: readonly string[];
  items: Readonly<Record<string, Sentence>>;
}

/** A level of support as the text describes it. */
export interface Level {
  clause: string;
  title: Sentence;
  /** Signs of families that, as a rule, need it: a help in choosing, never a condition. */
  signs: readonly Sentence[];
}

/** What the text demands and the program does not do by itself yet: said openly, with the reason. */
export interface NotYetExecutable {
  clause: string;
  what: Sentence;
  why: Sentence;
}

export interface CommandRule {
  command: string;
  /** The kind of fact the command makes: both forms of one fact are judged alike. */
  fact: string;
  clause: string;
  when: readonly Condition[];
  unless: readonly Condition[];
  /** Replaces the sentences of the predicates. */
  says: Sentence | null;
}

/** What the text does not say and the institution sets for itself. */
export interface House {
  hours: { opens: string; closes: string; remindAt: string };
  remind: readonly { workingDaysBefore: number }[];
  escalate: readonly { workingDaysAfter: number; to: Role }[];
  /** Within how many working days an agency acknowledges what it is sent. */
  acknowledge: { workingDays: number };
  /** Rules whose day a suspension moves. */
  suspendable: readonly string[];
  /** Rules whose day may be put off, and by how many calendar days in all. */
  extendable: readonly { duty: string; days: number }[];
}

export const regulationKey = ({ id, version }: { id: string; version: number }): string => `${id}@${version}`;
