import { getActor } from '../actor.ts';
import type { Routes } from '../route.ts';
import { Page, listOf } from '../schemas/common.ts';
import { DutyList, DutyQuery, Late, NoticeQuery, NoticeRow } from '../schemas/supervision.ts';

const tags = ['supervision'];

export const supervisionRoutes: Routes = (app, services) => {
  app.get(
    '/late',
    {
      config: { access: { over: 'institution', action: 'readLate' } },
      schema: { summary: 'What is late and whose', tags, querystring: Page, response: { 200: Late } },
    },
    (request) => services.readLate(getActor(request), request.query),
  );

  app.get(
    '/duties',
    {
      config: { access: { over: 'institution', action: 'readCase' } },
      schema: {
        summary: 'Duties of every case I may see, soonest first',
        tags,
        querystring: DutyQuery,
        response: { 200: DutyList },
      },
    },
    (request) => services.listDuties(getActor(request), request.query),
  );

  app.get(
    '/notices',
    {
      config: { access: { over: 'institution', action: 'readCase' } },
      schema: {
        summary: 'Mails of every case I may see and of the institution’s own reports, planned and gone, newest first',
        tags,
        querystring: NoticeQuery,
        response: { 200: listOf(NoticeRow) },
      },
    },
    (request) => services.listNotices(getActor(request), request.query),
  );
};
