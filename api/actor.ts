import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/access/actor.ts';
import type { CommandCheck } from './services/services.ts';

/**
 * The person behind a request that has passed the access check.
 * @throws Error on a public route, where nobody was asked for.
 */
export function getActor(request: FastifyRequest): Actor {
  if (!request.actor) throw new Error(`no actor on ${request.routeOptions.url ?? request.url}`);
  return request.actor;
}

/**
 * The access check of the command in the body.
 * @throws Error on a route whose access does not hang on a command.
 */
export function getCommandCheck(request: FastifyRequest): CommandCheck {
  if (!request.commandCheck) throw new Error(`no command's check on ${request.routeOptions.url ?? request.url}`);
  return request.commandCheck;
}
