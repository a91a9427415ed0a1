import createClient from 'openapi-fetch';
import { noteAnswer } from './connection.ts';
import { sessionLost } from './session-lost.ts';
import type { paths } from './api-types.ts';
import type { ProblemBody, Sentence } from './shapes.ts';

/** A refusal or a fault as the API tells it (RFC 9457), or the lack of any answer (`code: 'offline'`). */
export class ApiProblem extends Error {
  readonly status: number;
  readonly code: string;
  readonly clause: string | null;
  readonly missing: readonly Sentence[];
  /** Fields by which the missing would be named. */
  readonly fields: readonly string[];
  readonly errors: readonly { path: string; message: string }[];
  readonly requestId: string | null;
  /** Seconds after which to try again, as the API asks. */
  readonly retryAfter: number | null;

  constructor(status: number, body: Partial<ProblemBody>, retryAfter: number | null = null) {
    super(body.detail ?? body.title ?? body.code ?? String(status));
    this.status = status;
    this.code = body.code ?? (status === 0 ? 'offline' : `http${status}`);
    this.clause = body.clause ?? null;
    this.missing = body.missing ?? [];
    this.fields = body.fields ?? [];
    this.errors = body.errors ?? [];
    this.requestId = body.requestId ?? null;
    this.retryAfter = retryAfter;
  }
}

const noAnswer = (): ApiProblem => new ApiProblem(0, { code: 'offline' });

/** What went wrong, as a problem: whatever is not the API's own word is the lack of one. */
export const problemOf = (error: unknown): ApiProblem => (error instanceof ApiProblem ? error : noAnswer());

export const api = createClient<paths>({
  baseUrl: '',
  credentials: 'same-origin',
  // Looked up at each call, so that a test can stand in for the network.
  fetch: (request) => globalThis.fetch(request),
});
api.use({
  onRequest: ({ request }) => {
    request.headers.set('accept-language', document.documentElement.lang || 'ru');
    return request;
  },
  onResponse: ({ response }) => {
    noteAnswer(response.status);
    if (response.status === 401) sessionLost();
    return response;
  },
  onError: () => {
    noteAnswer(0);
    return noAnswer();
  },
});

interface Outcome<Data> {
  data?: Data;
  error?: unknown;
  response: Response;
}

/** The answer's data; a problem is thrown as `ApiProblem`. */
export async function answerOf<Data>(outcome: Promise<Outcome<Data>>): Promise<Data> {
  const { data, error, response } = await outcome;
  if (response.ok && data !== undefined) return data;
  const wait = Number(response.headers.get('retry-after'));
  throw new ApiProblem(
    response.status,
    typeof error === 'object' && error !== null ? error : {},
    Number.isFinite(wait) && wait > 0 ? wait : null,
  );
}

/** The thing was changed after it was read. */
export const isConflict = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.status === 412 || error.code === 'staleVersion');

/** Asking again helps only where the answer may change by itself: never after a refusal or a missing right. */
export const worthRetrying = (failures: number, error: unknown): boolean =>
  failures < 2 && (!(error instanceof ApiProblem) || error.status === 0 || error.status >= 500);
