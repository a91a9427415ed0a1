import type { z } from 'zod';
import type { Actor } from '../../domain/access/actor.ts';
import type { Relation } from '../../domain/access/relation.ts';
import type { Change } from '../../platform/records/read-changes.ts';
import type * as agency from '../schemas/agency.ts';
import type * as cases from '../schemas/case.ts';
import type * as commands from '../schemas/command.ts';
import type * as directory from '../schemas/directory.ts';
import type * as explain from '../schemas/explain.ts';
import type * as health from '../schemas/health.ts';
import type * as institution from '../schemas/institution.ts';
import type * as mailbox from '../schemas/mailbox.ts';
import type * as regulation from '../schemas/regulation.ts';
import type * as session from '../schemas/session.ts';
import type * as supervision from '../schemas/supervision.ts';
import type { listOf } from '../schemas/common.ts';

type Of<Schema extends z.ZodType> = z.output<Schema>;
export type List<Schema extends z.ZodType> = z.output<ReturnType<typeof listOf<Schema>>>;

/**
 * Whether the caller may give the command in the body, by how he stands to its case (`undefined`: no such case). The
 * service asks it in the transaction of the command itself, before anything else; unasked, no answer leaves.
 * @throws ApiProblem
 */
export type CommandCheck = (held: ReadonlySet<Relation> | undefined) => void;

export interface Watcher {
  /** As he was when he was last asked for; each look reads anew what he is. */
  actor: Actor;
  /** Changes he may see, oldest first; `null`: more than can be told, everything may have changed. */
  tell(changes: readonly Change[] | null): void;
  /** He works here no more. */
  end(): void;
}

/** A write as it reached the API: who, which case, the key of the attempt, and what is asked. */
export interface CommandRequest {
  actor: Actor;
  /** Asked first of all, in the transaction that accepts the command. */
  check: CommandCheck;
  caseId: string;
  idempotencyKey: string;
  /** The state the client has seen (`If-Match`), `null` when it does not care. */
  expectedSeq: number | null;
  body: Of<typeof commands.CommandBody>;
}

export type CommandOutcome =
  | { done: true; answer: Of<typeof commands.CommandAnswer> }
  | { done: false; pending: Of<typeof commands.CommandPending> };

/** What the routes need. Reading functions see only what the actor may see: the list's scope is decided by `domain/access`. */
export interface Services {
  /** Who is signed in by this cookie; `undefined` for nobody, or for an account no active member of staff has. */
  findActor(cookie: string | undefined): Promise<Actor | undefined>;
  /** How the actor stands to the case; `undefined` when the institution has no such case. */
  findRelations(actor: Actor, caseId: string): Promise<ReadonlySet<Relation> | undefined>;
  findCommandCase(actor: Actor, commandId: string): Promise<{ caseId: string; own: boolean } | undefined>;

  readMe(actor: Actor): Promise<Of<typeof session.Me>>;
  readMyDay(actor: Actor): Promise<Of<typeof session.MyDay>>;
  listCases(actor: Actor, query: Of<typeof cases.CaseQuery>): Promise<Of<typeof cases.CaseList>>;
  listDuties(actor: Actor, query: Of<typeof supervision.DutyQuery>): Promise<Of<typeof supervision.DutyList>>;
  listNotices(actor: Actor, query: Of<typeof supervision.NoticeQuery>): Promise<List<typeof supervision.NoticeRow>>;
  readLate(actor: Actor, query: { cursor?: string | undefined; limit: number }): Promise<Of<typeof supervision.Late>>;
  readCase(actor: Actor, caseId: string): Promise<Of<typeof cases.CaseView>>;
  readDuties(actor: Actor, caseId: string): Promise<Of<typeof cases.CaseDuties>>;
  explain(actor: Actor, caseId: string): Promise<Of<typeof explain.ExplainView>>;
  readEvents(
    actor: Actor,
    caseId: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<List<typeof cases.EventView>>;
  readNotices(
    actor: Actor,
    caseId: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<List<typeof cases.NoticeView>>;
  readRequests(
    actor: Actor,
    caseId: string,
    query: { cursor?: string | undefined; limit: number },
  ): Promise<List<typeof agency.RequestView>>;
  readActions(
    actor: Actor,
    caseId: string,
    relations: ReadonlySet<Relation>,
  ): Promise<{ items: Of<typeof commands.PossibleAction>[] }>;
  listStaff(actor: Actor): Promise<List<typeof directory.StaffView>>;
  listAgencies(actor: Actor): Promise<List<typeof directory.AgencyView>>;
  listRegulations(): Promise<List<typeof regulation.RegulationRow>>;
  findRegulation(id: string, version: number): Promise<Of<typeof regulation.RegulationVersion> | undefined>;
  simulate(scenarios: Of<typeof regulation.Scenario>[]): Promise<Of<typeof regulation.Simulated>[]>;

  openCase(
    request: Omit<CommandRequest, 'check' | 'caseId' | 'expectedSeq' | 'body'> & {
      body: Of<typeof commands.OpenCaseBody>;
    },
  ): Promise<CommandOutcome>;
  adoptCase(request: {
    actor: Actor;
    idempotencyKey: string;
    body: Of<typeof commands.AdoptCaseBody>;
  }): Promise<CommandOutcome>;
  previewAdoption(request: {
    actor: Actor;
    body: Of<typeof commands.AdoptCaseBody>;
  }): Promise<Of<typeof commands.AdoptionPreview>>;
  performCommand(request: CommandRequest): Promise<CommandOutcome>;
  previewCommand(request: Omit<CommandRequest, 'idempotencyKey'>): Promise<Of<typeof commands.Preview>>;
  findCommand(actor: Actor, commandId: string): Promise<Of<typeof commands.CommandView> | undefined>;
  advance(actor: Actor, caseId: string, to: string, idempotencyKey: string): Promise<Of<typeof commands.Advanced>>;

  readInstitutionDuties(actor: Actor): Promise<Of<typeof institution.InstitutionDuties>>;
  readInstitutionLog(actor: Actor): Promise<Of<typeof institution.InstitutionLog>>;
  performInInstitution(request: {
    actor: Actor;
    idempotencyKey: string;
    body: Of<typeof institution.InstitutionCommandBody>;
  }): Promise<Of<typeof institution.InstitutionCommandAnswer>>;
  /** How the actor stands to his institution, and to the entry of its log that the body names. */
  findInstitutionRelations(actor: Actor, body: Record<string, unknown>): Promise<ReadonlySet<Relation>>;

  issueLink(actor: Actor, caseId: string, requestId: string): Promise<Of<typeof agency.LinkIssued> | undefined>;
  readAgencyRequest(token: string): Promise<Of<typeof agency.AgencyRequest>>;
  answerAgencyRequest(body: Of<typeof agency.AgencyAnswerBody>): Promise<Of<typeof agency.Receipt>>;
  askNewLink(token: string): Promise<Of<typeof agency.NewLinkAsked>>;

  /** Tells the watcher of changes from now on, and of what he missed since `lastTold`, the last instant he was told. */
  watchChanges(watcher: Watcher, lastTold: string | null): Promise<{ now: string; stop: () => void }>;

  /** `null` where the installation keeps no mailbox. */
  mailbox: null | {
    list(query: { cursor?: string | undefined; limit: number }): Promise<List<typeof mailbox.MailRow>>;
    find(id: string): Promise<Of<typeof mailbox.Mail> | undefined>;
  };
  checkReady(): Promise<Of<typeof health.Ready>>;
}
