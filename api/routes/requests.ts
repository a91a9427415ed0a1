import { z } from 'zod';
import { getActor } from '../actor.ts';
import { ApiProblem } from '../problems.ts';
import { problemsOfAnswer } from '../route-problems.ts';
import type { Routes } from '../route.ts';
import {
  AgencyAnswerBody,
  AgencyRequest,
  AgencyToken,
  LinkIssued,
  NewLinkAsked,
  Receipt,
  RequestView,
} from '../schemas/agency.ts';
import { CaseParams, Page, listOf } from '../schemas/common.ts';

const tags = ['requests'];

/** A link is guessed at most this often from one address; an agency answers a few requests a day. */
const linkLimit = { max: 30, timeWindow: '1 minute' };

export const requestRoutes: Routes = (app, services) => {
  app.get(
    '/cases/:id/requests',
    {
      config: { access: { over: 'case', action: 'readRequests' } },
      schema: {
        summary: 'Requests to agencies; an agency’s officer sees his own agency’s',
        tags,
        params: CaseParams,
        querystring: Page,
        response: { 200: listOf(RequestView) },
      },
    },
    (request) => services.readRequests(getActor(request), request.params.id, request.query),
  );

  app.post(
    '/cases/:id/requests/:requestId/link',
    {
      config: { access: { over: 'case', action: 'issueLink' }, problems: ['request.unknown'] },
      schema: {
        summary: 'Send the agency a new link; the one before dies',
        tags,
        params: CaseParams.extend({ requestId: z.uuid() }),
        response: { 201: LinkIssued },
      },
    },
    async (request, reply) => {
      const issued = await services.issueLink(getActor(request), request.params.id, request.params.requestId);
      if (!issued) throw new ApiProblem('request.unknown');
      return reply.code(201).send(issued);
    },
  );

  app.post(
    '/agency/request',
    {
      config: { access: { over: 'link' }, rateLimit: linkLimit },
      schema: {
        summary: 'What the holder of a link is asked',
        tags,
        body: AgencyToken,
        response: { 200: AgencyRequest },
      },
    },
    (request) => services.readAgencyRequest(request.body.token),
  );

  app.post(
    '/agency/answer',
    {
      config: { access: { over: 'link' }, rateLimit: linkLimit, problems: problemsOfAnswer },
      schema: { summary: 'Answer by a link', tags, body: AgencyAnswerBody, response: { 200: Receipt } },
    },
    (request) => services.answerAgencyRequest(request.body),
  );

  app.post(
    '/agency/link',
    {
      config: {
        access: { over: 'link' },
        rateLimit: { max: 10, timeWindow: '1 minute' },
        problems: ['link.withdrawn', 'request.answered'],
      },
      schema: {
        summary: 'Send me a new link: it goes to the agency’s own address',
        tags,
        body: AgencyToken,
        response: { 200: NewLinkAsked },
      },
    },
    (request) => services.askNewLink(request.body.token),
  );
};
