import { password } from '../api/support/house.ts';

export interface RetryingClient {
  get<T>(path: string): Promise<T>;
  /** Repeats with the same key, at whichever api answers, until the command is answered for good. */
  post<T>(path: string, body: unknown, key: string): Promise<T>;
  /** Requests that had to be repeated. */
  repeated(): number;
}

/**
 * A client before several apis of one Kurator, as a browser behind a reverse proxy is: what breaks, is refused for now
 * or is still under way it repeats with the same key.
 */
export async function signInAt(urls: () => readonly string[], email: string): Promise<RetryingClient> {
  let turn = 0;
  let repeated = 0;
  const next = (): string => {
    const all = urls();
    return all[turn++ % all.length] as string;
  };
  const answer = await fetch(`${next()}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  if (!answer.ok) throw new Error(`sign-in answered ${answer.status}: ${await answer.text()}`);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');

  const send = async <T>(path: string, init: RequestInit): Promise<T> => {
    for (const deadline = Date.now() + 90_000; ; repeated += 1) {
      const said = await fetch(`${next()}/api/v1${path}`, { ...init, signal: AbortSignal.timeout(20_000) }).then(
        async (got) => ({ status: got.status, text: await got.text() }),
        (error: unknown) => ({ status: 0, text: String(error) }),
      );
      if (said.status === 200 || said.status === 201) return JSON.parse(said.text) as T;
      const mayComeRight = [0, 202, 429, 502, 503].includes(said.status);
      if (!mayComeRight || Date.now() > deadline) throw new Error(`${path} answered ${said.status}: ${said.text}`);
      await new Promise((resolve) => setTimeout(resolve, 250));
    }
  };
  return {
    get: (path) => send(path, { headers: { cookie } }),
    post: (path, body, key) =>
      send(path, {
        method: 'POST',
        headers: { cookie, 'content-type': 'application/json', 'idempotency-key': key },
        body: JSON.stringify(body),
      }),
    repeated: () => repeated,
  };
}
