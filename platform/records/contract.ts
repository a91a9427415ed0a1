import type { Role } from '../../domain/access/role.ts';
import type { Day, Instant } from '../../domain/calendar/day.ts';
import type { Advice, Refusal } from '../../domain/case/decision.ts';
import type { Awaited, Duty } from '../../domain/case/duty.ts';
import type { StageCode } from '../../domain/case/stage.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Database } from '../database/scope.ts';
import type { Rules } from './rules.ts';

/** What the records need to work: everything that reaches outside is handed in. */
export interface RecordsDeps {
  db: Database;
  keyring: Keyring;
  /** The regulations and calendars that this process has read. */
  rules: Rules;
  /** The engine's clock; a case's own clock is this plus its offset. */
  now: () => Date;
  /** Told after the commit that notices were queued, the soonest due at `sendAt`: somebody may have to be woken. Must not throw. */
  onQueued?: (queued: { institutionId: string; caseId: string; sendAt: Instant }) => void;
}

/** Who gives a command. `id`: the staff's, the link's, or a word of the system (`timer`, `dispatcher`). */
export interface CommandActor {
  kind: 'user' | 'link' | 'system';
  id: string;
}

/** The family's people and address: typed by a person, sealed with the case's key, never an event. */
export interface Family {
  name: string;
  address: string | null;
  members: { id: string; name: string; bornOn: Day | null; relation: string | null }[];
}

export interface NewCommand {
  institutionId: string;
  /**
   * `null` for `openCase` and `adoptCase`: the case's id follows from institution, actor and key. The institution's own
   * id: a command of the institution itself.
   */
  caseId: string | null;
  actor: CommandActor;
  idempotencyKey: string;
  /** The state the sender has seen (`If-Match`); `null` when he does not care. */
  expectedSeq: number | null;
  /** The wire body: `{ command, on, … }`. */
  body: Record<string, unknown> & { command: string };
  /** Only with `openCase` and `adoptCase`. */
  opening?: {
    family: Family;
    /** A case with a clock of its own, which starts on the day of the opening. */
    training: boolean;
    /** `id` or `id@version`; `null`: the institution's own, its latest version. */
    regulation: string | null;
  };
}

/** A command's row as its sender may see it. */
export interface CommandRow {
  commandId: string;
  caseId: string;
  command: string;
  state: 'pending' | 'applied' | 'refused' | 'abandoned';
  answer: CommandAnswer | null;
  createdAt: Instant;
  closedAt: Instant | null;
}

/** The full answer, kept in the command's row. */
export interface CommandAnswer {
  accepted: boolean;
  seq: number;
  stage: StageCode | null;
  level: string | null;
  nextDueOn: Day | null;
  result: { entries: number[]; advice: Advice[] } | null;
  refusal: Refusal | null;
  /** Of `advanceTo`. */
  advanced?: Advanced;
  /** Of a command of the institution itself: keys of the duties it fulfilled. */
  meets?: string[];
}

export interface Advanced {
  today: Day;
  /** The next moment of the case's agenda, on the case's clock. */
  nextEvent: { on: Day; at: Instant; step: string; dutyKey: string } | null;
  /** Notices that fell due on the way. */
  fired: number;
}

export interface Preview {
  accepted: boolean;
  refusal: Refusal | null;
  advice: Advice[];
  moved: { key: string; what: Duty['what']; from: Day | null; to: Day | null }[];
  appears: Duty[];
  /** No longer demanded. */
  disappears: Duty[];
  /** Fulfilled by the command. */
  meets: Duty[];
}

/** What an adoption would bring; nothing is written. */
export interface AdoptionPreview extends Pick<Preview, 'accepted' | 'refusal' | 'advice'> {
  stage: StageCode | null;
  duties: Duty[];
}

/** A word that the process gives itself; it takes the same path and leaves a row in `commands`. */
export type SystemCommand =
  { word: 'requestSent'; requestId: string } | { word: 'requestFailed'; requestId: string; code: string };

/** Which cases a list shows: everything in the institution, or those in any of these relations. */
export interface CaseVisibility {
  all: boolean;
  /** His cases, and those that he opened and that have no curator yet. */
  curatorId?: string;
  /** Cases of the department's curators, of a department that nobody heads, and those without a curator or whose curator has left. */
  department?: string;
  body?: string;
  agency?: string;
}

export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}

export interface PersonRef {
  id: string;
  name: string;
}

export interface CaseRow {
  id: string;
  number: string;
  /** The family's name; `null` once the case's key is destroyed. */
  family: string | null;
  status: 'open' | 'closed';
  stage: StageCode | null;
  level: string | null;
  nextDueOn: Day | null;
  nextDuty: { key: string; what: Duty['what']; clause: string; awaited: Awaited } | null;
  awaited: Awaited[];
  /** Number of overdue duties. */
  late: number;
  curator: PersonRef | null;
  training: boolean;
}

export interface CaseRecord extends CaseRow {
  institutionId: string;
  regulation: { id: string; version: number };
  category: string | null;
  openedOn: Day | null;
  seq: number;
  clockOffsetMs: number;
  familyDetails: Family | null;
}

/** What the access rules ask of a case. */
export interface CaseAccess {
  caseId: string;
  institutionId: string;
  status: 'open' | 'closed';
  training: boolean;
  seq: number;
  curatorId: string | null;
  curatorDepartment: string | null;
  /** Somebody who works here heads that department, or the whole service. */
  curatorHeaded: boolean;
  /** He works here no more, and the case still asks for one. */
  curatorLeft: boolean;
  openedBy: string | null;
  /** Agencies that the case has asked. */
  agencies: string[];
  /** Bodies that are or were awaited in it. */
  bodies: string[];
}

export interface TimelineEntry {
  seq: number;
  root: number;
  kind: string;
  on: Day;
  recordedAt: Instant;
  recordedOn: Day;
  by: { kind: CommandActor['kind']; id: string; name: string | null };
  data: Record<string, unknown>;
  texts: Record<string, string>;
  /** The entry that annulled or corrected this one. */
  annulledBy: number | null;
}

export interface DutyRow extends Duty {
  /** `null`: the institution's own. */
  case: { id: string; number: string; family: string | null; training: boolean } | null;
  curator: PersonRef | null;
}

export interface RequestRow {
  id: string;
  caseId: string;
  /** The entry that asked it; with the subject it names the request in commands. */
  entry: number;
  agency: { code: string; name: string };
  kind: 'acknowledgePlan' | 'measure';
  subject: string;
  /** What is asked, opened from the texts of the entry that asked it. */
  what: string | null;
  dueOn: Day | null;
  state: 'queued' | 'sent' | 'answered' | 'withdrawn';
  sentAt: Instant | null;
  answeredAt: Instant | null;
  /** As the agency, or the curator for it, answered last. */
  answer: { answer: 'done' | 'needTime' | 'cannot'; until: Day | null; text: string | null } | null;
}

export interface NoticeRow {
  id: string;
  dutyKey: string | null;
  step: string;
  dueOn: Day | null;
  audience: string;
  urgency: 'routine' | 'urgent';
  template: string;
  notBefore: Instant;
  sendAt: Instant;
  caseDay: Day | null;
  state: string;
  attempts: number;
  recipient: string | null;
  acceptedAt: Instant | null;
}

export interface LateByCurator {
  curator: PersonRef | null;
  cases: number;
  late: number;
  /** Open duties whose day falls within the next 7 days. */
  soon: number;
}

export interface StaffRow {
  id: string;
  userId: string | null;
  name: string;
  email: string;
  role: Role;
  body: string | null;
  department: string | null;
  agency: { id: string; code: string } | null;
  active: boolean;
}

export interface AgencyRow {
  id: string;
  code: string;
  name: string;
  email: string;
}

export interface InstitutionRow {
  id: string;
  name: string;
  zone: string;
  regulation: string;
  hours: Record<string, string>;
}
