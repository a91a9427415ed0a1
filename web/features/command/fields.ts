import type { CodeGroup } from '../../lib/codes.ts';
import type { Leaning } from '../../lib/parse-day.ts';
import type { AgencyView, CaseView, Duty, EventView, Me, Sentence, StaffView } from '../../lib/shapes.ts';

/** What a form is filled in advance from: the case as it stands, and who fills it. */
export interface About {
  kase: CaseView;
  duties: readonly Duty[];
  log: readonly EventView[];
  agencies: readonly AgencyView[];
  /** Collegial bodies by the regulation of the case. */
  bodies: readonly { code: string; name: Sentence }[];
  staff: readonly StaffView[];
  me: Me;
}

export type Filled = Readonly<Record<string, unknown>>;

interface Common {
  name: string;
  /** May stay empty; otherwise the form asks for it before sending. */
  optional?: boolean;
  /** Shown and sent only while this holds. */
  when?: (filled: Filled) => boolean;
  initial?: (about: About) => unknown;
}

/** One line of a form. The words come from the catalogue by the field's name, the codes from `codes`. */
export type Field = Common &
  (
    | { kind: 'day'; leaning?: Leaning }
    | { kind: 'choice'; options: readonly string[]; group: CodeGroup }
    | { kind: 'body' | 'agency' | 'agencies' | 'curator' | 'member' | 'members' | 'measure' | 'measures' }
    | { kind: 'text' | 'longText' | 'number' | 'flag' }
    /** Set by where the form was opened, never shown. */
    | { kind: 'hidden' }
  );

/** One measure of a plan as it is typed. */
export interface MeasureRow {
  what: string;
  agency: string;
  responsible: string;
  dueOn: string;
}

export interface CommandForm {
  group: 'start' | 'plan' | 'work' | 'result' | 'end' | 'record';
  fields: readonly Field[];
  danger?: boolean;
}
