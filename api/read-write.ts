import type { FastifyRequest } from 'fastify';
import type { Actor } from '../domain/access/actor.ts';
import { getActor } from './actor.ts';
import { getKey } from './headers.ts';

/**
 * What every command says whatever it is about: who gives it, under which key, and its body.
 * @throws ApiProblem `command.key-missing`, `request.invalid`
 */
export function readWrite<Body>(request: { body: Body } & FastifyRequest): {
  actor: Actor;
  idempotencyKey: string;
  body: Body;
} {
  return { actor: getActor(request), idempotencyKey: getKey(request.headers), body: request.body };
}
