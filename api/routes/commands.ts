import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { getActor, getCommandCheck } from '../actor.ts';
import { findExpectedSeq, getKey } from '../headers.ts';
import { ApiProblem } from '../problems.ts';
import { readWrite } from '../read-write.ts';
import type { Routes } from '../route.ts';
import {
  AdvanceBody,
  Advanced,
  CommandAnswer,
  CommandBody,
  CommandPending,
  CommandView,
  PossibleAction,
  Preview,
} from '../schemas/command.ts';
import { CaseParams } from '../schemas/common.ts';
import { AdvanceHeaders, CommandHeaders, PreviewHeaders } from '../schemas/headers.ts';
import { sendOutcome } from '../send-outcome.ts';

const tags = ['commands'];

export const commandRoutes: Routes = (app, services) => {
  app.get(
    '/cases/:id/actions',
    {
      config: { access: { over: 'case', action: 'readCase' } },
      schema: {
        summary: 'Every command: may I give it now, or what is missing',
        tags,
        params: CaseParams,
        response: { 200: z.object({ items: z.array(PossibleAction) }) },
      },
    },
    (request) => services.readActions(getActor(request), request.params.id, request.relations),
  );

  app.post(
    '/cases/:id/commands',
    {
      config: { access: { over: 'command' } },
      schema: {
        summary: 'Perform a command',
        tags,
        params: CaseParams,
        headers: CommandHeaders,
        body: CommandBody,
        response: { 200: CommandAnswer, 202: CommandPending },
      },
    },
    async (request, reply) => {
      const outcome = await services.performCommand({
        ...readWrite(request),
        check: getCommandCheck(request),
        caseId: request.params.id,
        expectedSeq: findExpectedSeq(request.headers),
      });
      return sendOutcome(reply, outcome, 200);
    },
  );

  app.post(
    '/cases/:id/preview',
    {
      config: { access: { over: 'command' } },
      schema: {
        summary: 'What a command would change; nothing is written',
        tags,
        params: CaseParams,
        headers: PreviewHeaders,
        body: CommandBody,
        response: { 200: Preview },
      },
    },
    (request) =>
      services.previewCommand({
        actor: getActor(request),
        check: getCommandCheck(request),
        caseId: request.params.id,
        expectedSeq: findExpectedSeq(request.headers),
        body: request.body,
      }),
  );

  app.post(
    '/cases/:id/advance',
    {
      config: { access: { over: 'case', action: 'advanceTraining' } },
      schema: {
        summary: 'Move a training case’s clock to a day, or to its next event',
        tags,
        params: CaseParams,
        headers: AdvanceHeaders,
        body: AdvanceBody,
        response: { 200: Advanced },
      },
    },
    (request) =>
      services.advance(
        getActor(request),
        request.params.id,
        request.body.to,
        // Repeating a move to a day changes nothing; each press of "next event" is a new one unless the client says not.
        request.headers['idempotency-key'] === undefined ? randomUUID() : getKey(request.headers),
      ),
  );

  app.get(
    '/commands/:id',
    {
      config: { access: { over: 'ownCommand' } },
      schema: {
        summary: 'A command’s state and answer',
        tags,
        params: CaseParams,
        response: { 200: CommandView },
      },
    },
    async (request) => {
      const command = await services.findCommand(getActor(request), request.params.id);
      if (!command) throw new ApiProblem('resource.unknown');
      return command;
    },
  );
};
