import type { Standing } from '../../activities/contract.ts';
import { closings } from '../../domain/case/closings.ts';
import { decide } from '../../domain/case/decide.ts';
import type { Advice, Refusal } from '../../domain/case/decision.ts';
import type { Fact, NewFact } from '../../domain/case/fact.ts';
import { fold } from '../../domain/case/fold.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import type { CaseKey } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import type { StoredBody } from './accept-command.ts';
import { appendFacts, emptyLog, type Appended, type LogEnd } from './append-facts.ts';
import { caseClock, midday, movedTo, type CaseClock } from './case-clock.ts';
import type { Advanced, CommandActor, CommandAnswer, RecordsDeps } from './contract.ts';
import { places } from './family.ts';
import { loadTexts } from './load-texts.ts';
import type { LoadedCase } from './load-case.ts';
import { takeCaseNumber } from './lock-command.ts';
import { movedDays } from './moved-days.ts';
import { openNoticeBook, type NoticeBook } from './notice-book.ts';
import { plannedNotices, project, withHours, type Projection, type Setting } from './project.ts';
import { LawUnknown } from './unknown-laws.ts';
import { invalid, refuse } from './refusals.ts';
import { findNamedRegulation } from './rules.ts';
import { prepareAheadMs, standingOf, toTransition, type CaseIdentity } from './settle.ts';
import { toDomainCommand } from './to-domain-command.ts';
import type { Transition } from './write-transition.ts';

/** A command's turn on its case: everything it is judged by, read under the lock. */
export interface Turn {
  deps: RecordsDeps;
  commandId: string;
  actor: CommandActor;
  word: string;
  stored: StoredBody;
  loaded: LoadedCase;
  key: CaseKey;
  setting: Setting;
  clock: CaseClock;
  engineNow: Date;
}

/** What a turn that was accepted writes, and what it says. */
export interface Settled {
  transition: Transition;
  standing: Standing;
  entries: number[];
  advice: Advice[];
  advanced?: Advanced;
}

export type TurnResult = Settled | { refusal: Refusal };

interface Opened {
  loaded: LoadedCase;
  key: CaseKey;
  stored: StoredBody;
  commandId: string;
  actor: CommandActor;
  engineNow: Date;
}

/**
 * Reads what the turn needs: the law that the case is pinned to, and the case's clock.
 * @throws LawUnknown when a case that is open goes by a law of which this process has no file. It is no refusal: that
 *   would close the command for good, while another process, or this one's next build, can perform it.
 */
export function prepareTurn(deps: RecordsDeps, opened: Opened): Turn | Refusal {
  const { loaded, stored, engineNow } = opened;
  const { head, institution } = loaded;
  const word = stored.body.command;
  const regulation = findRegulation(deps, loaded, stored);
  if (regulation === undefined) {
    if (head === null) return refuse('regulation.unknown');
    throw new LawUnknown(loaded.caseId, { id: head.regulationId, version: head.regulationVersion });
  }
  if (head !== null && stored.opening !== undefined) return refuse('case.exists');
  if (head === null && stored.opening === undefined) return refuse('case.unknown');
  // Accepted, it would lie in wait: nothing would change until somebody publishes a version of that number.
  if (head !== null && namesUnknownVersion(deps, head.regulationId, stored.body)) return refuse('version.unknown');
  if (head !== null && stored.expectedSeq !== null && stored.expectedSeq !== head.seq) return refuse('state.stale');
  const now = caseClock(engineNow, head?.clockOffsetMs ?? 0, institution.zone);
  const { on } = stored.body;
  // A training case begins on the day that its opening names: its own clock is set to that day's midday.
  const clock = stored.opening?.training === true && typeof on === 'string' ? movedTo(now, midday(on, now.zone)) : now;
  return {
    ...opened,
    deps,
    word,
    clock,
    setting: {
      caseId: loaded.caseId,
      regulation: withHours(regulation, institution),
      rules: deps.rules,
      zone: institution.zone,
    },
  };
}

/** Of a move to another version, also one that stands in the place of a corrected entry. */
function namesUnknownVersion(
  { rules }: RecordsDeps,
  id: string,
  { replacement, ...given }: StoredBody['body'],
): boolean {
  const moves = [given, (replacement ?? {}) as Record<string, unknown>].filter(
    ({ command }) => command === 'moveToVersion',
  );
  return moves.some(({ version }) => typeof version === 'number' && rules.findRegulation(id, version) === undefined);
}

function findRegulation(
  { rules }: RecordsDeps,
  { head, institution }: LoadedCase,
  stored: StoredBody,
): Regulation | undefined {
  if (head !== null) return rules.findRegulation(head.regulationId, head.regulationVersion);
  return findNamedRegulation(rules, stored.opening?.regulation ?? institution.regulation);
}

/**
 * What a case that is open is read with.
 * @throws LawUnknown when the regulation it is pinned to is not among the files: nothing can be said of it then.
 */
export function readSetting({ rules }: Pick<RecordsDeps, 'rules'>, { caseId, head, institution }: LoadedCase): Setting {
  if (head === null) throw new Error(`case ${caseId}: it is not open yet`);
  const regulation = rules.findRegulation(head.regulationId, head.regulationVersion);
  if (regulation === undefined)
    throw new LawUnknown(caseId, { id: head.regulationId, version: head.regulationVersion });
  return { caseId, regulation: withHours(regulation, institution), rules, zone: institution.zone };
}

/** Judges the command by the facts and settles what it records. */
export async function takeTurn(tx: Tx, turn: Turn): Promise<TurnResult> {
  const { loaded, setting, clock, deps } = turn;
  const parsed = toDomainCommand(turn.stored.body, loaded, clock);
  if (!parsed.ok) return { refusal: invalid(parsed.errors) };
  const facts = await loadTexts(tx, turn, parsed.command);
  const state = fold(facts, setting.regulation);
  const decision = decide(state, parsed.command, clock, loaded.world, setting.regulation, deps.rules.calendar);
  if (!decision.accepted) return { refusal: decision.refusal };
  const identity: CaseIdentity = loaded.head === null ? await newIdentity(tx, turn) : identityOf(loaded.head);
  const log = openLog(turn);
  log.append(decision.facts, clock);
  const entries = log.appended.facts.map(({ seq }) => seq);
  log.append(movedDays(turn), clock);
  const book = openNoticeBook(loaded.notices);
  return { ...settle(turn, identity, log, book, clock), entries, advice: decision.advice };
}

export const identityOf = ({ number, training, openedBy }: CaseIdentity): CaseIdentity => ({
  number,
  training,
  openedBy,
});

async function newIdentity(tx: Tx, { loaded, clock, stored, actor }: Turn): Promise<CaseIdentity> {
  return {
    number: await takeCaseNumber(tx, loaded.institution.id, clock.today.slice(0, 4)),
    training: stored.opening?.training ?? false,
    openedBy: actor.kind === 'user' ? actor.id : null,
  };
}

/** A log that grows within one transaction. */
export interface GrowingLog {
  appended: Appended;
  facts: Fact[];
  append(news: readonly NewFact[], clock: CaseClock): void;
}

export function openLog({ loaded, commandId, key }: Pick<Turn, 'loaded' | 'commandId' | 'key'>): GrowingLog {
  const { head, caseId } = loaded;
  const end: LogEnd = head === null ? emptyLog(caseId) : { caseId, seq: head.seq, hash: head.headHash };
  const log: GrowingLog = {
    appended: { facts: [], events: [], texts: [], end },
    facts: [...loaded.facts],
    append(news, clock) {
      if (news.length === 0) return;
      const more = appendFacts(log.appended.end, news, commandId, clock, key);
      log.appended = {
        facts: [...log.appended.facts, ...more.facts],
        events: [...log.appended.events, ...more.events],
        texts: [...log.appended.texts, ...more.texts],
        end: more.end,
      };
      log.facts.push(...more.facts);
    },
  };
  return log;
}

/** Applies the rules to the log as it now is, and freezes the days of duties that have closed by it. */
export function projectAndClose(
  turn: Pick<Turn, 'setting' | 'deps'>,
  log: GrowingLog,
  clock: CaseClock,
): { projection: Projection; setting: Setting } {
  const setting = followVersion(turn, log.facts);
  const projection = project(log.facts, setting, clock);
  const closed = closings(projection.state, projection.duties, setting.rules.calendar);
  if (closed.length === 0) return { projection, setting };
  log.append(closed, clock);
  return { projection: project(log.facts, setting, clock), setting };
}

/** After `moveToVersion` the case is read by the version it has moved to. */
export function followVersion({ setting, deps }: Pick<Turn, 'setting' | 'deps'>, facts: readonly Fact[]): Setting {
  if (!facts.some(({ kind }) => kind === 'versionMoved')) return setting;
  const moved = findNamedRegulation(deps.rules, fold(facts, setting.regulation).regulation);
  return moved === undefined || moved.version === setting.regulation.version
    ? setting
    : { ...setting, regulation: { ...moved, house: { ...moved.house, hours: setting.regulation.house.hours } } };
}

/** From the log to the rows: projection, plan of notices as a difference, standing. */
export function settle(
  turn: Turn,
  identity: CaseIdentity,
  log: GrowingLog,
  book: NoticeBook,
  clock: CaseClock,
): Pick<Settled, 'transition' | 'standing'> & { projection: Projection } {
  const { deps, loaded, engineNow } = turn;
  const { projection, setting } = projectAndClose(turn, log, clock);
  // Mails of days that a training clock has jumped over were due: the next command must not take them back.
  book.plan(plannedNotices(projection, clock, prepareAheadMs(loaded.caseId)), identity.training ? clock.at : null);
  const outcome = {
    identity,
    end: log.appended.end,
    clock,
    projection,
    notices: book.difference(clock.offsetMs !== (loaded.head?.clockOffsetMs ?? 0)),
    engineNow,
  };
  const rows = toTransition(deps, loaded, setting, outcome);
  const { events, texts } = log.appended;
  const family =
    turn.stored.opening === undefined ? null : turn.key.seal(places.family(loaded.caseId), turn.stored.opening.family);
  const queued = projection.requests.filter(({ state }) => state === 'queued').map(({ id }) => id);
  return {
    transition: { ...rows, events, texts, family },
    standing: standingOf(loaded.institution.id, rows.head, queued),
    projection,
  };
}

/** The case's standing as the records hold it; `null` before it is opened. */
export function storedStanding({ head, institution, requests }: LoadedCase): Standing | null {
  if (head === null) return null;
  return standingOf(
    institution.id,
    head,
    requests.filter(({ state }) => state === 'queued').map(({ id }) => id),
  );
}

export function answerOf({ transition, entries, advice, advanced }: Settled): CommandAnswer {
  const { seq, stage, level, nextDueOn } = transition.head;
  return {
    accepted: true,
    seq,
    stage,
    level,
    nextDueOn,
    result: { entries, advice },
    refusal: null,
    ...(advanced ? { advanced } : {}),
  };
}

export function refusedAnswer({ head }: LoadedCase, refusal: Refusal): CommandAnswer {
  return {
    accepted: false,
    seq: head?.seq ?? 0,
    stage: head?.stage ?? null,
    level: head?.level ?? null,
    nextDueOn: head?.nextDueOn ?? null,
    result: null,
    refusal,
  };
}
