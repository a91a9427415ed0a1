import type { Routes } from '../route.ts';
import { Health, Ready } from '../schemas/health.ts';

const open = { access: { over: 'public' } } as const;

export const healthRoutes: Routes = (app, services) => {
  app.get(
    '/health',
    {
      config: open,
      logLevel: 'warn',
      schema: { summary: 'The process answers', tags: ['operations'], response: { 200: Health } },
    },
    () => ({ status: 'ok' as const }),
  );

  app.get(
    '/ready',
    {
      config: open,
      logLevel: 'warn',
      schema: { summary: 'Everything it needs serves', tags: ['operations'], response: { 200: Ready, 503: Ready } },
    },
    async (_request, reply) => {
      const state = await services.checkReady();
      return reply.code(state.ready ? 200 : 503).send(state);
    },
  );
};
