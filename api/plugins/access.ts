import type { FastifyRequest } from 'fastify';
import type { Action, CommandAction } from '../../domain/access/action.ts';
import { mayDoInAny, relationsAllowing, type Permission } from '../../domain/access/may-do.ts';
import { commandWords } from '../../domain/commands/command.ts';
import type { Actor } from '../../domain/access/actor.ts';
import type { Relation } from '../../domain/access/relation.ts';
import { elsewhere } from '../elsewhere.ts';
import { ApiProblem } from '../problems.ts';
import type { Api, RouteAccess } from '../route.ts';
import type { CommandCheck, Services } from '../services/services.ts';
import { whoMaySentence } from '../who-may.ts';

/**
 * The one place where access is enforced. Every route says in its `config.access` what its caller must be allowed to
 * do; one that says nothing stops the start. Nothing is decided in handlers: they only narrow lists to the actor.
 */
export function enforceAccess(app: Api, services: Services): void {
  app.decorateRequest('actor', null);
  // A getter would be shared; each request gets its own set in the hook below.
  app.decorateRequest('relations');
  app.decorateRequest('commandCheck', null);

  app.addHook('onRoute', (route) => {
    if (!route.config?.access) throw new Error(`${String(route.method)} ${route.url} does not say who may call it`);
  });

  app.addHook('onRequest', async (request) => {
    request.relations = new Set();
    const access = request.routeOptions.config.access;
    // Unknown addresses have no route: they answer 404 to anybody and reveal nothing.
    if (!access || access.over === 'public' || access.over === 'link') return;
    const actor = await services.findActor(request.headers.cookie);
    if (!actor) throw new ApiProblem('auth.required');
    request.actor = actor;
  });

  // After validation: ids in paths are ids, and the body has its command word.
  app.addHook('preHandler', async (request) => {
    const access = request.routeOptions.config.access;
    if (!access || !request.actor) return;
    if (access.over === 'command') request.commandCheck = createCommandCheck(request, request.actor);
    else request.relations = await check(services, request, request.actor, access);
  });

  app.addHook('preSerialization', async (request, reply, payload) => {
    if (request.commandCheck && reply.statusCode < 400)
      throw new Error('a command was answered without its access check');
    return payload;
  });
}

async function check(
  services: Services,
  request: FastifyRequest,
  actor: Actor,
  access: Exclude<RouteAccess, { over: 'command' }>,
): Promise<ReadonlySet<Relation>> {
  switch (access.over) {
    case 'public':
    case 'link':
      return new Set();
    case 'institution': {
      // A list is open to whoever may see any row of it; its reading function shows him those rows only.
      if (relationsAllowing(actor.role, access.action).length === 0) throw denied(actor, access.action);
      return new Set(['institution']);
    }
    case 'openCase':
    case 'adoptCase':
      return require(actor, access.over, new Set(['institution']));
    case 'institutionCommand': {
      const body = request.body as { command: 'submitReport' | 'annulEntry' } & Record<string, unknown>;
      return require(actor, body.command, await services.findInstitutionRelations(actor, body));
    }
    case 'case': {
      const held = await services.findRelations(actor, idOf(request));
      if (!held) throw new ApiProblem('case.unknown');
      return require(actor, access.action, held);
    }
    case 'ownCommand': {
      const command = await services.findCommandCase(actor, idOf(request));
      if (!command) throw new ApiProblem('resource.unknown');
      if (command.own) return new Set();
      const held = await services.findRelations(actor, command.caseId);
      return require(actor, 'readCase', held ?? new Set());
    }
  }
}

function createCommandCheck(request: FastifyRequest, actor: Actor): CommandCheck {
  const body = request.body as { command: string } & Record<string, unknown>;
  const word = wordOf(body.command);
  const replacement = replacementIn(body);
  return (held) => {
    if (!held) throw new ApiProblem('case.unknown');
    // What takes an entry's place is a command like any other: correcting gives nobody a right he has not got.
    if (replacement) require(actor, replacement, held);
    require(actor, word, held);
    request.commandCheck = null;
  };
}

function require(actor: Actor, action: Action, held: ReadonlySet<Relation>): ReadonlySet<Relation> {
  const permission = mayDoInAny(actor.role, action, held);
  if (!permission.allowed) throw denied(actor, action, permission);
  return held;
}

function denied(
  actor: Actor,
  action: Action,
  permission: Permission = mayDoInAny(actor.role, action, new Set()),
): ApiProblem {
  if (permission.allowed) throw new Error('denied what is allowed');
  // His role may, but not here: it is somebody else's case, or an older entry.
  if (permission.whoMay.includes(actor.role)) {
    return new ApiProblem('access.denied', {
      detail: {
        ru: 'Ваша роль это может, но не в этом деле или не с этой записью.',
        en: 'Your role may do this, but not in this case or not with this entry.',
      },
    });
  }
  return new ApiProblem('access.denied', { detail: whoMaySentence(permission) });
}

function wordOf(word: string): CommandAction {
  const known = commandWords.find((one) => one === word);
  if (!known || known in elsewhere) {
    const message = known ? elsewhere[known as keyof typeof elsewhere] : `unknown command: ${word}`;
    throw new ApiProblem('request.invalid', {
      errors: [{ path: 'command', message }],
    });
  }
  return known;
}

/** The word that is to take the place of an entry; whatever is no word is named by the table of commands. */
function replacementIn({ command, replacement }: Record<string, unknown>): CommandAction | undefined {
  if (command !== 'correctEntry') return undefined;
  const word = (replacement as { command?: unknown } | null | undefined)?.command;
  return commandWords.find((one) => one === word);
}

const idOf = (request: FastifyRequest): string => (request.params as { id: string }).id;
