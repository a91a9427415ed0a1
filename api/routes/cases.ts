import { getActor } from '../actor.ts';
import { readWrite } from '../read-write.ts';
import type { Routes } from '../route.ts';
import { CaseDuties, CaseList, CaseQuery, CaseView, EventView, NoticeView } from '../schemas/case.ts';
import { AdoptCaseBody, AdoptionPreview, CommandAnswer, CommandPending, OpenCaseBody } from '../schemas/command.ts';
import { ExplainView } from '../schemas/explain.ts';
import { CaseParams, Page, listOf } from '../schemas/common.ts';
import { sendOutcome } from '../send-outcome.ts';
import { WriteHeaders } from '../schemas/headers.ts';

const tags = ['cases'];
/** A command that makes a case answers like any other, with the address of what it made. */
const opening = { tags, headers: WriteHeaders, response: { 201: CommandAnswer, 202: CommandPending } };
const reading = { access: { over: 'case', action: 'readCase' } } as const;

export const caseRoutes: Routes = (app, services) => {
  app.get(
    '/cases',
    {
      config: { access: { over: 'institution', action: 'readCase' } },
      schema: { summary: 'Cases I may see', tags, querystring: CaseQuery, response: { 200: CaseList } },
    },
    (request) => services.listCases(getActor(request), request.query),
  );

  app.post(
    '/cases',
    {
      config: { access: { over: 'openCase' } },
      schema: { ...opening, summary: 'Open a case (the command openCase)', body: OpenCaseBody },
    },
    async (request, reply) => sendOutcome(reply, await services.openCase(readWrite(request)), 201),
  );

  app.post(
    '/cases/adopt',
    {
      config: { access: { over: 'adoptCase' } },
      schema: {
        ...opening,
        summary: 'Adopt a case already under way, with its past (the command adoptCase); nothing of the past is mailed',
        body: AdoptCaseBody,
      },
    },
    async (request, reply) => sendOutcome(reply, await services.adoptCase(readWrite(request)), 201),
  );

  app.post(
    '/cases/adopt/preview',
    {
      config: { access: { over: 'adoptCase' } },
      schema: {
        summary: 'What an adoption would bring and what would be late today; nothing is written',
        tags,
        body: AdoptCaseBody,
        response: { 200: AdoptionPreview },
      },
    },
    (request) => services.previewAdoption({ actor: getActor(request), body: request.body }),
  );

  app.get(
    '/cases/:id',
    {
      config: reading,
      schema: {
        summary: 'One case; its ETag is the state’s version',
        tags,
        params: CaseParams,
        response: { 200: CaseView },
      },
    },
    async (request, reply) => {
      const view = await services.readCase(getActor(request), request.params.id);
      return reply.header('etag', `"${view.seq}"`).send(view);
    },
  );

  app.get(
    '/cases/:id/explain',
    {
      config: { access: { over: 'case', action: 'explainCase' } },
      schema: {
        summary: 'Where it stands and why, what it waits for, what happens next, what unblocks it, every notice',
        tags,
        params: CaseParams,
        response: { 200: ExplainView },
      },
    },
    (request) => services.explain(getActor(request), request.params.id),
  );

  app.get(
    '/cases/:id/duties',
    {
      config: reading,
      schema: {
        summary: 'Its duties, each with why that day',
        tags,
        params: CaseParams,
        response: { 200: CaseDuties },
      },
    },
    (request) => services.readDuties(getActor(request), request.params.id),
  );

  app.get(
    '/cases/:id/events',
    {
      config: reading,
      schema: {
        summary: 'Its entries, newest first',
        tags,
        params: CaseParams,
        querystring: Page,
        response: { 200: listOf(EventView) },
      },
    },
    (request) => services.readEvents(getActor(request), request.params.id, request.query),
  );

  app.get(
    '/cases/:id/notices',
    {
      config: reading,
      schema: {
        summary: 'Mails planned and gone, newest first',
        tags,
        params: CaseParams,
        querystring: Page,
        response: { 200: listOf(NoticeView) },
      },
    },
    (request) => services.readNotices(getActor(request), request.params.id, request.query),
  );
};
