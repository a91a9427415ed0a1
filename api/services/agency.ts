import { createHash } from 'node:crypto';
import type { Tx } from '../../platform/database/scope.ts';
import { verifyLink, type LinkState } from '../../platform/links/links.ts';
import { queueNewLink } from '../../platform/notices/queue-new-link.ts';
import { findAgencyRequest, type AgencyRequestView } from '../../platform/records/read-agency-request.ts';
import { listRequests } from '../../platform/records/read-requests.ts';
import { pokeDispatcher } from '../../platform/temporal/nudge.ts';
import { ApiProblem } from '../problems.ts';
import { perform } from './perform.ts';
import type { Services } from './services.ts';
import type { Wiring } from './wiring.ts';

type Agency = Pick<Services, 'readRequests' | 'issueLink' | 'readAgencyRequest' | 'answerAgencyRequest' | 'askNewLink'>;
type View = Awaited<ReturnType<Services['readAgencyRequest']>>;
type Receipt = NonNullable<View['receipt']>;

/** Requests to agencies: for staff, and for whoever holds a link. Reading a link never uses it up. */
export function agencyServices(wiring: Wiring): Agency {
  const { records, temporal } = wiring;

  const open = async (token: string): Promise<Opened> => {
    const link = await verifyLink(records.db, token, records.now());
    if (link.state === 'unknown') throw new ApiProblem('link.unknown');
    const found = await records.db.inSnapshot(link, async (tx) => {
      const { caseId } = await tx.request.findUniqueOrThrow({
        where: { id: link.requestId },
        select: { caseId: true },
      });
      return { caseId, view: await findAgencyRequest(tx, records, { caseId, requestId: link.requestId }) };
    });
    if (!found.view) throw new ApiProblem('link.unknown');
    return { link, caseId: found.caseId, view: found.view, state: stateOf(link, found.view) };
  };

  const sendNewLink = async (institutionId: string, place: { caseId: string; requestId: string }) => {
    const queued = await records.db.inScope({ institutionId }, (tx: Tx) => queueNewLink(tx, records, place));
    // The mail lies in the records by now: without the engine it goes out at the dispatcher's next look.
    if (queued) await pokeDispatcher(temporal, institutionId).catch(() => undefined);
    return queued;
  };

  return {
    readRequests: (actor, caseId) =>
      records.db.inSnapshot(actor, async (tx) => {
        const items = await listRequests(
          tx,
          records.keyring,
          caseId,
          actor.role === 'agencyOfficer' ? (actor.agency ?? '') : undefined,
        );
        return { items, nextCursor: null };
      }),

    issueLink: async (actor, caseId, requestId) => {
      const queued = await sendNewLink(actor.institutionId, { caseId, requestId });
      return queued && { requestId, expiresAt: queued.expiresAt.toISOString() };
    },

    readAgencyRequest: async (token) => show(await open(token)),

    answerAgencyRequest: async ({ token, answer, until, text }) => {
      const { link, caseId, view, state } = await open(token);
      const given = { answer, ...(until !== undefined && { until }), ...(text && { text }) };
      // The same answer sent twice is one answer: its key follows from what it says. Once the one before it is recorded,
      // the same words are a new answer: the first may have been taken out of the case, or a week have passed.
      const said = { ...given, on: view.today, after: view.answersUntil };
      const idempotencyKey = createHash('sha256').update(JSON.stringify(said)).digest('hex');
      if (state === 'expired') throw new ApiProblem('link.expired');
      if (state === 'withdrawn') throw new ApiProblem('link.withdrawn');
      const repeats = isRepeat(view, given);
      if (state === 'answered' && !repeats) throw new ApiProblem('request.answered');
      // More time, or "cannot", leaves the request open: said again on the same day it is the same word sent twice.
      if (state === 'answered' || (repeats && view.answered?.on === view.today)) return getReceipt(view);
      if (until !== undefined && until < view.today)
        throw new ApiProblem('request.invalid', { faults: [untilHasPassed] });
      const { entry, subject } = view.request;
      const outcome = await perform(wiring, {
        institutionId: link.institutionId,
        caseId,
        actor: { kind: 'link', id: link.linkId },
        idempotencyKey,
        expectedSeq: null,
        body: { command: 'answerRequest', on: view.today, entry, subject, ...given },
      });
      // Accepted and still under way: the agency repeats, and gets the receipt of the same answer.
      if (!outcome.done) throw new ApiProblem('command.outcome-unknown');
      return getReceipt((await open(token)).view);
    },

    askNewLink: async (token) => {
      const { link, caseId, state } = await open(token);
      if (state === 'withdrawn') throw new ApiProblem('link.withdrawn');
      if (state === 'answered') throw new ApiProblem('request.answered');
      await sendNewLink(link.institutionId, { caseId, requestId: link.requestId });
      return { sent: true };
    },
  };
}

const untilHasPassed = {
  path: 'until',
  text: {
    ru: 'Этот день уже прошёл: назовите сегодняшний или более поздний.',
    en: 'This day has passed: name today or a later one.',
  },
};

interface Opened {
  link: Exclude<LinkState, { state: 'unknown' }>;
  caseId: string;
  view: AgencyRequestView;
  state: View['state'];
}

/** What became of the request counts first; a link that was replaced asks for the new one like an expired one. */
function stateOf(link: LinkState, { request }: AgencyRequestView): View['state'] {
  if (request.state === 'answered' || request.state === 'withdrawn') return request.state;
  return link.state === 'live' ? 'waiting' : 'expired';
}

function show({ view, state }: Opened): View {
  const { request, institution, caseNumber, today } = view;
  // A dead link shows that it is dead, and nothing of the family.
  const visible = state === 'waiting' || state === 'answered';
  return {
    ...{ state, institution, caseNumber, today },
    agency: request.agency.name,
    kind: request.kind,
    what: visible ? request.what : null,
    measures: visible ? view.measures : [],
    dueOn: visible ? request.dueOn : null,
    clause: null,
    receipt: visible ? findReceipt(view) : null,
  };
}

/** The number names the case and the entry: both sides find the answer by it. */
function findReceipt({ request, caseNumber, answered }: AgencyRequestView): Receipt | null {
  if (request.answer === null || answered === null) return null;
  const { answer, until } = request.answer;
  return { number: `${caseNumber}/${answered.seq}`, on: answered.on, at: answered.at, answer, until };
}

function getReceipt(view: AgencyRequestView): Receipt {
  const receipt = findReceipt(view);
  if (!receipt) throw new Error(`request ${view.request.id} is answered and has no answer of its agency`);
  return receipt;
}

const isRepeat = ({ request }: AgencyRequestView, given: { answer: string; until?: string; text?: string }): boolean =>
  request.answer !== null &&
  request.answer.answer === given.answer &&
  request.answer.until === (given.until ?? null) &&
  (request.answer.text ?? '') === (given.text ?? '');
