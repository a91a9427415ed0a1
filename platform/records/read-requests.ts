import { fold } from '../../domain/case/fold.ts';
import type { Keyring } from '../crypto/keyring.ts';
import type { Tx } from '../database/scope.ts';
import { recordedRequests, type RecordedRequest } from './case-requests.ts';
import type { RequestRow } from './contract.ts';
import { openTexts } from './family.ts';
import { findLoadedCase, type LoadedCase } from './load-case.ts';

/** Requests of a case in the order of asking, with their words opened. `agency`: only this agency's. */
export async function listRequests(tx: Tx, keyring: Keyring, caseId: string, agency?: string): Promise<RequestRow[]> {
  const loaded = await findLoadedCase(tx, caseId);
  return loaded === undefined ? [] : readRequests(tx, keyring, loaded, agency);
}

/** The same of a case that has been loaded. */
export async function readRequests(
  tx: Tx,
  keyring: Keyring,
  loaded: LoadedCase,
  agency?: string,
): Promise<RequestRow[]> {
  const { caseId } = loaded;
  if (loaded.head === null) return [];
  const state = fold(loaded.facts, { id: loaded.head.regulationId, version: loaded.head.regulationVersion });
  const rows = await tx.request.findMany({ where: { caseId } });
  const dueOn = new Map(rows.map((row) => [row.id, row.dueOn?.toISOString().slice(0, 10) ?? null]));
  const requests = recordedRequests(caseId, state, []).filter(
    (request) => agency === undefined || request.asked.agency === agency,
  );
  const texts = await readTexts(tx, keyring, caseId, loaded.wrapped, requests);
  const agencies = new Map(
    (await tx.agency.findMany({ select: { code: true, name: true } })).map(({ code, name }) => [code, name]),
  );
  return requests.map((request) => ({
    id: request.id,
    caseId,
    entry: request.asked.entry,
    agency: { code: request.asked.agency, name: agencies.get(request.asked.agency) ?? request.asked.agency },
    kind: request.asked.kind,
    subject: request.asked.subject,
    what:
      request.asked.words === null ? null : (texts.get(request.asked.words.seq)?.[request.asked.words.path] ?? null),
    dueOn: dueOn.get(request.id) ?? null,
    state: request.state,
    sentAt: request.sentAt,
    answeredAt: request.answeredAt,
    answer: answerOf(request, texts),
  }));
}

function answerOf({ lastAnswer }: RecordedRequest, texts: Map<number, Record<string, string>>): RequestRow['answer'] {
  if (lastAnswer === null) return null;
  const { answer, until } = lastAnswer.data;
  if (answer !== 'done' && answer !== 'needTime' && answer !== 'cannot') return null;
  return { answer, until: typeof until === 'string' ? until : null, text: texts.get(lastAnswer.seq)?.['text'] ?? null };
}

async function readTexts(
  tx: Tx,
  keyring: Keyring,
  caseId: string,
  wrapped: Uint8Array | null,
  requests: readonly RecordedRequest[],
): Promise<Map<number, Record<string, string>>> {
  const wanted = requests.flatMap(({ asked, lastAnswer }) =>
    [asked.words?.seq, lastAnswer?.seq].filter((seq) => seq !== undefined),
  );
  if (wrapped === null || wanted.length === 0) return new Map();
  const key = keyring.unwrapCaseKey(caseId, wrapped);
  const rows = await tx.eventText.findMany({ where: { caseId, seq: { in: wanted } } });
  return new Map(rows.map((row) => [row.seq, openTexts(key, caseId, row.seq, row.sealed)]));
}
