import type {
  FastifyBaseLogger,
  FastifyInstance,
  RawReplyDefaultExpression,
  RawRequestDefaultExpression,
  RawServerDefault,
} from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import type { Actor } from '../domain/access/actor.ts';
import type { OtherAction } from '../domain/access/action.ts';
import type { Relation } from '../domain/access/relation.ts';
import type { AnswerCode } from './answer-code.ts';
import type { CommandCheck, Services } from './services/services.ts';

export type Api = FastifyInstance<
  RawServerDefault,
  RawRequestDefaultExpression,
  RawReplyDefaultExpression,
  FastifyBaseLogger,
  ZodTypeProvider
>;

/** A group of routes: registered in `app.ts`, one file a resource. */
export type Routes = (app: Api, services: Services) => void;

/**
 * What a route's caller must be allowed to do. `case`: on the case in the path; `command`: the word in the body, on
 * the case in the path; `openCase`, `adoptCase`: that word, in the institution; `ownCommand`: a command of one's own, or of a case
 * one may read; `institutionCommand`: the word in the body, in the institution; `institution`: anywhere in it (a list narrows itself to what the actor may see). `public` is open to
 * all; `link` is guarded by the token in the body.
 */
export type RouteAccess =
  | { over: 'public' | 'link' | 'openCase' | 'adoptCase' | 'ownCommand' | 'institutionCommand' }
  | { over: 'command' }
  | { over: 'case' | 'institution'; action: OtherAction };

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
    /** Codes by which it may refuse beside those that follow from what it is (`route-problems.ts`). */
    problems?: readonly AnswerCode[];
  }
  interface FastifyRequest {
    /** Set by the access check on every route that is not public. */
    actor: Actor | null;
    relations: ReadonlySet<Relation>;
    /** Set where the word in the body decides; `null` elsewhere, and once it has been asked. */
    commandCheck: CommandCheck | null;
  }
}
