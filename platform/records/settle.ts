import { createHash } from 'node:crypto';
import { v7 as uuidv7 } from 'uuid';
import type { Standing } from '../../activities/contract.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { audienceOf } from '../../domain/case/plan-notices.ts';
import { engineInstant, type CaseClock } from './case-clock.ts';
import type { LogEnd } from './append-facts.ts';
import type { RecordsDeps } from './contract.ts';
import type { LoadedCase } from './load-case.ts';
import type { NoticeDifference } from './notice-book.ts';
import { nextMoment, type Projection, type Setting } from './project.ts';
import { toNotice, type NoticeContext } from './to-notice.ts';
import type { AgendaToWrite, DutyToWrite, HeadToWrite, RequestToWrite, Transition } from './write-transition.ts';

/** What stays the same over a case's whole life, known once it is opened. */
export interface CaseIdentity {
  number: string;
  training: boolean;
  openedBy: string | null;
}

/** Where a transaction has come to: the log's end, the clock, and what follows from the facts. */
export interface Outcome {
  identity: CaseIdentity;
  end: LogEnd;
  clock: CaseClock;
  projection: Projection;
  notices: NoticeDifference;
  /** Engine's clock of the transaction. */
  engineNow: Date;
}

/** How long before a moment its notices are made ready: 1 to 7 hours, differing from case to case, so that no herd wakes at once. */
export function prepareAheadMs(caseId: string): number {
  const hour = 60 * 60 * 1000;
  const spread = createHash('sha256').update(caseId).digest().readUInt32BE(0) / 2 ** 32;
  return hour + Math.floor(spread * 6 * hour);
}

/** Turns an outcome into rows: only what differs from what the records hold. `whole`: everything, whatever they hold. */
export function toTransition(
  deps: Pick<RecordsDeps, 'keyring'>,
  loaded: LoadedCase,
  setting: Setting,
  outcome: Outcome,
  whole = false,
): Pick<Transition, 'institutionId' | 'caseId' | 'head' | 'duties' | 'agenda' | 'notices' | 'requests'> {
  const { caseId, institution } = loaded;
  const { projection, clock, notices, engineNow } = outcome;
  const agenda = agendaRows(projection);
  const agendaDigest = digestOf(agenda);
  const head = toHead(loaded, setting, outcome, agendaDigest);
  const context: NoticeContext = {
    place: caseId,
    keyring: deps.keyring,
    number: head.number,
    training: head.training,
    projection,
  };
  // A moment that the clock has passed is sent now; one ahead, when the engine's clock gets there.
  const sendAt = (notBefore: string): string => {
    const at = engineInstant(clock, notBefore);
    return at < engineNow.toISOString() ? engineNow.toISOString() : at;
  };
  return {
    institutionId: institution.id,
    caseId,
    head,
    duties: dutyRows(projection, whole ? {} : loaded.duties, Object.keys(loaded.duties)),
    agenda: !whole && loaded.head?.agendaDigest === agendaDigest ? null : agenda,
    notices: {
      queue: notices.queue.map((planned) => ({
        id: uuidv7(),
        ...toNotice(context, planned),
        sendAt: sendAt(planned.notBefore),
        caseDay: dayOf(planned.notBefore, clock.zone),
      })),
      move: notices.move.map(({ key, notBefore }) => ({ key, notBefore, sendAt: sendAt(notBefore) })),
      withdraw: notices.withdraw,
    },
    requests: requestRows(projection, whole ? [] : loaded.requests),
  };
}

function toHead(loaded: LoadedCase, setting: Setting, outcome: Outcome, agendaDigest: string): HeadToWrite {
  const { projection, clock, end, identity } = outcome;
  const { state } = projection;
  return {
    ...identity,
    regulationId: setting.regulation.id,
    regulationVersion: setting.regulation.version,
    status: state.status === 'closed' ? 'closed' : 'open',
    stage: projection.stage,
    level: state.level,
    category: state.category,
    curatorId: state.curator,
    openedOn: state.openedOn,
    seq: end.seq,
    nextWakeAt: wakeAt(loaded.caseId, setting, outcome),
    nextDueOn: projection.nextDueOn,
    awaited: projection.awaited,
    clockOffsetMs: clock.offsetMs,
    headHash: end.hash,
    agendaDigest,
    reckoning: setting.rules.reckoning,
    projectedAt: clock.at,
  };
}

/** Engine's clock. Asked by the same measure by which notices are made ready, so that each wake finds something to do. */
function wakeAt(caseId: string, setting: Setting, { projection, clock }: Outcome): string | null {
  const at = nextMoment(projection, setting, clock, prepareAheadMs(caseId));
  return at === null ? null : engineInstant(clock, at);
}

function dutyRows({ duties }: Projection, stored: Record<string, string>, known: string[]): Transition['duties'] {
  const put: DutyToWrite[] = [];
  const keys = new Set<string>();
  for (const duty of duties) {
    keys.add(duty.key);
    const digest = digestOf(duty);
    if (stored[duty.key] === digest) continue;
    const { key, rule, clause, dueOn, state, metOn, awaited, scope } = duty;
    put.push({
      key,
      rule,
      clause,
      dueOn,
      state,
      metOn,
      awaitedKind: awaited.kind,
      awaitedCode: awaited.code,
      scope,
      detail: duty,
      digest,
    });
  }
  return { put, remove: known.filter((key) => !keys.has(key)) };
}

/** One row a duty, step and audience: of the same step twice the earlier moment counts. */
export function agendaRows({ agenda, state }: Projection): AgendaToWrite[] {
  if (state.status !== 'open') return [];
  const rows = new Map<string, AgendaToWrite>();
  for (const { at, dutyKey, step, dueOn, audience, urgency } of agenda) {
    const to = audienceOf(audience);
    const key = `${dutyKey}|${step}|${to}`;
    if (!rows.has(key)) rows.set(key, { dutyKey, step, audience: to, at, dueOn, urgency });
  }
  return [...rows.values()];
}

function requestRows({ requests }: Projection, stored: LoadedCase['requests']): RequestToWrite[] {
  const before = new Map(stored.map((row) => [row.id, `${row.state} ${row.dueOn ?? ''}`]));
  return requests
    .filter(({ id, state, asked }) => before.get(id) !== `${state} ${asked.dueOn ?? ''}`)
    .map(({ id, asked, state, sentAt, answeredAt }) => ({
      id,
      entry: asked.entry,
      subject: asked.subject,
      agencyCode: asked.agency,
      kind: asked.kind,
      dueOn: asked.dueOn,
      state,
      sentAt,
      answeredAt,
    }));
}

/** Tells whether a value has changed since the same code wrote it; no proof of anything, so no canonical spelling is needed. */
const digestOf = (value: unknown): string => createHash('sha256').update(JSON.stringify(value)).digest('base64');

/** What a standing is read off: a head that is stored or one about to be. */
type StandingHead = Pick<
  HeadToWrite,
  'regulationId' | 'regulationVersion' | 'seq' | 'stage' | 'level' | 'nextDueOn' | 'nextWakeAt' | 'status'
> & {
  awaited: readonly { code: string }[];
};

/** Where the case stands, as the workflow needs to know it. */
export function standingOf(institutionId: string, head: StandingHead, queuedRequests: string[]): Standing {
  return {
    institutionId,
    regulation: `${head.regulationId}@${head.regulationVersion}`,
    seq: head.seq,
    stage: head.stage,
    level: head.level,
    awaited: head.awaited.map(({ code }) => code),
    nextDueOn: head.nextDueOn,
    nextWakeAt: head.nextWakeAt,
    actions: queuedRequests.map((id) => ({ kind: 'sendRequest', id })),
    // What outlived the end of support is still spoken of: the process stays until there is nothing left to say.
    closed: head.status === 'closed' && head.nextWakeAt === null,
  };
}
