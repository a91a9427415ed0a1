import type { FastifyRequest } from 'fastify';
import { z } from 'zod';
import type { SignInAttempts } from '../../platform/auth/sign-in-attempts.ts';
import { ApiProblem } from '../problems.ts';
import type { Api, RouteAccess } from '../route.ts';
import { Session, SetPassword, SignIn, SignedIn } from '../schemas/session.ts';

/** The sign-in library behind an HTTP request; `clientAddressHeader` is the name by which it takes the client's address. */
export interface SignInService {
  handle(request: Request): Promise<Response>;
  attempts: SignInAttempts;
  origin: string;
  clientAddressHeader: string;
}

const config = { access: { over: 'public' } satisfies RouteAccess };
const tags = ['sign-in'];

/** Each looks at a password, which takes the processor long: this keeps a process serving, guessing is counted elsewhere. */
const hashing = { max: 300, timeWindow: '1 minute' };

/**
 * Only these of the library's many addresses exist. The session's token is in an httpOnly cookie and in no body, so
 * that no script can read it. `signedOut` is told of each sign-out before its answer goes out.
 */
export function authRoutes(app: Api, signIn: SignInService, signedOut: (cookie: string | undefined) => void): void {
  app.post(
    '/sign-in/email',
    {
      config: { ...config, rateLimit: hashing, problems: ['auth.failed'] as const },
      schema: { summary: 'Sign in by password', tags, body: SignIn, response: { 200: SignedIn } },
    },
    async (request, reply) => {
      // By account and by address: one person's password is guessed from many addresses, one password on many people.
      const attempt = { email: request.body.email, address: request.ip };
      const begun = await signIn.attempts.begin(attempt);
      if (!begun.allowed) throw new ApiProblem('request.too-many', { retryAfter: begun.retryAfter });
      const answer = await forward(signIn, request).catch(async (error: unknown) => {
        if (error instanceof ApiProblem && error.code === 'auth.failed') await signIn.attempts.end(attempt, 'wrong');
        throw error;
      });
      await signIn.attempts.end(attempt, 'right');
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      const { user } = (await answer.json()) as { user: { name: string; email: string } };
      return { user: { name: user.name, email: user.email } };
    },
  );

  app.post(
    '/reset-password',
    {
      config: { ...config, rateLimit: hashing, problems: ['password.link-invalid'] as const },
      schema: {
        summary: 'Set a password by a one-time link; every session of the account ends',
        tags,
        body: SetPassword,
        response: { 200: z.object({ success: z.boolean() }) },
      },
    },
    async (request) => {
      await forward(signIn, request, 'password.link-invalid');
      return { success: true };
    },
  );

  app.post(
    '/sign-out',
    { config, schema: { summary: 'Sign out', tags, response: { 200: z.object({ success: z.boolean() }) } } },
    async (request, reply) => {
      const answer = await forward(signIn, request);
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      signedOut(request.headers.cookie);
      return { success: true };
    },
  );

  app.get(
    '/get-session',
    { config, schema: { summary: 'The session, or null', tags, response: { 200: Session.nullable() } } },
    async (request, reply) => {
      const answer = await forward(signIn, request);
      for (const cookie of answer.headers.getSetCookie()) reply.header('set-cookie', cookie);
      const found = (await answer.json()) as {
        user: { name: string; email: string };
        session: { expiresAt: string };
      } | null;
      return (
        found && {
          user: { name: found.user.name, email: found.user.email },
          expiresAt: new Date(found.session.expiresAt).toISOString(),
        }
      );
    },
  );
}

/** @param refused what the library's own refusal means here */
async function forward(
  signIn: SignInService,
  request: FastifyRequest,
  refused: 'auth.failed' | 'password.link-invalid' = 'auth.failed',
): Promise<Response> {
  const headers = new Headers({
    'content-type': 'application/json',
    // The request has passed our own check of origins, which knows every name of this address.
    origin: signIn.origin,
    [signIn.clientAddressHeader]: request.ip,
  });
  for (const name of ['cookie', 'user-agent'] as const) {
    const value = request.headers[name];
    if (value !== undefined) headers.set(name, value);
  }
  const answer = await signIn.handle(
    new Request(new URL(request.url.split('?')[0] ?? '', signIn.origin), {
      method: request.method,
      headers,
      ...(request.method === 'POST' && { body: JSON.stringify(request.body ?? {}) }),
    }),
  );
  if (answer.ok) return answer;
  if (answer.status < 500) throw new ApiProblem(refused);
  throw new ApiProblem('records.unavailable', { cause: new Error(`sign-in answered ${answer.status}`) });
}
