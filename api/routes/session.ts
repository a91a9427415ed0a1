import { getActor } from '../actor.ts';
import type { Routes } from '../route.ts';
import { Me, MyDay } from '../schemas/session.ts';

export const sessionRoutes: Routes = (app, services) => {
  app.get(
    '/me',
    {
      config: { access: { over: 'institution', action: 'readSelf' } },
      schema: { summary: 'Who I am', tags: ['me'], response: { 200: Me } },
    },
    (request) => services.readMe(getActor(request)),
  );

  app.get(
    '/my-day',
    {
      config: { access: { over: 'institution', action: 'readSelf' } },
      schema: { summary: 'My duties of today and this week', tags: ['me'], response: { 200: MyDay } },
    },
    (request) => services.readMyDay(getActor(request)),
  );
};
