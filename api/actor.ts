import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/access/actor.ts';

/**
 * The person behind a request that has passed the access check.
 * @throws Error on a public route, where nobody was asked for.
 */
export function getActor(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error(`no actor on ${request.routeOptions.url ?? request.url}`);
  return request.actor;
}
