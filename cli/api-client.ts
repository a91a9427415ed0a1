import { setTimeout as sleep } from 'node:timers/promises';

/** An answer that is not a success, as the API says it. */
export class ApiRefusal extends Error {
  override readonly name = 'ApiRefusal';
  readonly status: number;
  readonly code: string;

  constructor(
    status: number,
    problem: { code?: string; detail?: string; errors?: { path: string; message: string }[] },
  ) {
    const faults = problem.errors?.map(({ path, message }) => `${path}: ${message}`).join('; ');
    super([problem.detail ?? `HTTP ${status}`, faults].filter(Boolean).join(' '));
    this.status = status;
    this.code = problem.code ?? 'unknown';
  }
}

export interface ApiClient {
  get<T>(path: string): Promise<T>;
  /** Repeats with the same key when asked to come back later: it is never done twice. */
  post<T>(path: string, body: unknown, idempotencyKey: string): Promise<T>;
}

const longestWaitMs = 60_000;

/** Somebody who has signed in to a running Kurator. @throws ApiRefusal */
export async function signIn(baseUrl: string, email: string, password: string): Promise<ApiClient> {
  const answer = await fetch(`${baseUrl}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw await refusalOf(answer);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  const send = async <T>(path: string, init: RequestInit & { headers: Record<string, string> }): Promise<T> => {
    const until = Date.now() + longestWaitMs;
    for (;;) {
      const answer = await fetch(`${baseUrl}/api/v1${path}`, init);
      const wait = Number(answer.headers.get('retry-after') ?? '0') * 1_000;
      // 202: under way; the same key asks again for its answer.
      const pending = answer.status === 202;
      if (answer.ok && !pending) return (await answer.json()) as T;
      if ((!pending && wait === 0) || Date.now() + wait > until) throw await refusalOf(answer);
      await answer.body?.cancel();
      await sleep(Math.max(wait, 200));
    }
  };
  return {
    get: (path) => send(path, { headers: { cookie } }),
    post: (path, body, idempotencyKey) =>
      send(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'idempotency-key': idempotencyKey },
        body: JSON.stringify(body),
      }),
  };
}

async function refusalOf(answer: Response): Promise<ApiRefusal> {
  const problem: unknown = await answer.json().catch(() => ({}));
  return new ApiRefusal(answer.status, problem as ConstructorParameters<typeof ApiRefusal>[1]);
}
