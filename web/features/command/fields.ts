import type { CodeGroup } from '../../lib/code-group.ts';
import type { Leaning } from '../../lib/parse-day.ts';
import type {
  AgencyView,
  CaseView,
  Duty,
  EventView,
  Law,
  Me,
  NamedList,
  Sentence,
  StaffView,
} from '../../lib/shapes.ts';

/** What a form must know of its case; of a case that one may not read, only what the row of the duty says. */
export type FormCase = Pick<
  CaseView,
  'id' | 'today' | 'stage' | 'level' | 'category' | 'curator' | 'agencies' | 'family' | 'regulation'
>;

/** What a form is filled in advance from: the case as it stands, and who fills it. */
export interface About {
  kase: FormCase;
  duties: readonly Duty[];
  log: readonly EventView[];
  agencies: readonly AgencyView[];
  /** Collegial bodies by the regulation of the case. */
  bodies: readonly { code: string; name: Sentence }[];
  /** Levels of support with their signs, and lists to choose from or to look up, by the regulation of the case. */
  levels: Law['levels'];
  lists: readonly NamedList[];
  /** The command whose fields are filled: of a correction, the one that replaces the entry. */
  command: string;
  /** Published versions of the regulation of the case, beside its own. */
  versions: readonly { version: number; title: Sentence }[];
  staff: readonly StaffView[];
  me: Me;
}

export type Filled = Readonly<Record<string, unknown>>;

interface Common {
  name: string;
  /** May stay empty; otherwise the form asks for it before sending. */
  optional?: boolean;
  /** Asked for seldom: folded, with others like it, below the rest. */
  more?: boolean;
  /** Shown and sent only while this holds. */
  when?: (filled: Filled) => boolean;
  /** `preset`: what the duty or the row has set already. */
  initial?: (about: About, preset: Filled) => unknown;
}

/** One line of a form. The words come from the catalogue by the field's name, the codes from `codes`. */
export type Field = Common &
  (
    | { kind: 'day'; leaning?: Leaning }
    | { kind: 'choice'; options: readonly string[]; group: CodeGroup }
    /** A code that rules may ask, or words of one's own. */
    | { kind: 'codeOrText'; options: readonly string[]; group: CodeGroup }
    /** The mark that something is there, with its words or without. */
    | { kind: 'textOrMark' }
    /** `also`: who may stand for a body where a text says so. */
    | { kind: 'body'; also?: readonly string[] }
    /** `given`: those given to an agency by themselves too, not only the plan's. */
    | { kind: 'measure'; given?: boolean }
    /** `corrects`: the rows of the plan stand already; only those that change are sent. */
    | { kind: 'measures'; corrects?: boolean }
    | { kind: 'agency' | 'agencies' | 'correspondent' | 'curator' | 'staff' | 'member' | 'members' }
    | { kind: 'duty' | 'version' | 'requestNumber' }
    /** A day, with its hour where it is known; `days`: several. */
    | { kind: 'moment' | 'days' }
    | { kind: 'text' | 'longText' | 'number' | 'flag' }
    /** Set by where the form was opened, never shown. */
    | { kind: 'hidden' }
  );

/** One measure of a plan as it is typed; the rest of it is asked for on demand. */
export interface MeasureRow {
  id?: string;
  what: string;
  agency: string;
  responsible: string;
  dueOn: string;
  kind?: string;
  contact?: string;
  place?: string;
  form?: string;
  outside?: boolean;
  /** How the row stands in the plan that is corrected; a row that still says the same is not sent. */
  was?: string;
}

export const blankMeasure = (agency = '', dueOn = ''): MeasureRow => ({ what: '', agency, responsible: '', dueOn });

export interface CommandForm {
  group: 'start' | 'plan' | 'work' | 'result' | 'end' | 'papers' | 'record';
  fields: readonly Field[];
  /** Offered only where it makes sense; the API says what is allowed. */
  offered?: (kase: Pick<CaseView, 'level'>) => boolean;
  /** Of these at least one. */
  needsOne?: readonly string[];
  /** Cannot be taken back: asked once more, with the effect shown. */
  danger?: boolean;
}

export type Forms = Readonly<Record<string, CommandForm>>;
