import fastifyRateLimit from '@fastify/rate-limit';
import { ApiProblem } from '../problems.ts';
import type { Api } from '../route.ts';

/** Requests a minute. Counted by each api process for itself; what must not be multiplied (signing in) is counted in the records. */
export interface Limits {
  /** Of one address: an office behind one router is many people. An IPv6 address counts as its network of 64 bits. */
  address: number;
  /** Of one person, from wherever he has signed in. */
  person: number;
}

/** Far above what people and careful programs do, and below what keeps others from being served. */
export const usualLimits: Limits = { address: 12_000, person: 3_000 };

const timeWindow = '1 minute';
/** Whatever watches over the process asks as often as it likes. */
export const watched: readonly string[] = ['/health', '/ready'];

/** Registered before anybody is asked who he is: a flood of wrong cookies must not reach the records. */
export async function limitAddresses(app: Api, { address }: Limits): Promise<void> {
  await app.register(fastifyRateLimit, {
    global: false,
    errorResponseBuilder: (_request, { ttl }) => tooMany(Math.ceil(ttl / 1000)),
  });
  const count = app.createRateLimit({ max: address, timeWindow });
  app.addHook('onRequest', async (request) => {
    if (watched.includes(request.routeOptions.url ?? '')) return;
    const state = await count(request);
    if (!state.isAllowed && state.isExceeded) throw tooMany(state.ttlInSeconds);
  });
}

/** Registered after the check of who asks. */
export function limitPeople(app: Api, { person }: Limits): void {
  const count = app.createRateLimit({
    max: person,
    timeWindow,
    keyGenerator: (request) => `person:${request.actor?.staffId ?? ''}`,
  });
  app.addHook('onRequest', async (request) => {
    if (!request.actor) return;
    const state = await count(request);
    if (!state.isAllowed && state.isExceeded) throw tooMany(state.ttlInSeconds);
  });
}

const tooMany = (retryAfter: number): ApiProblem => new ApiProblem('request.too-many', { retryAfter });
