import fastifySwagger from '@fastify/swagger';
import fastify from 'fastify';
import { jsonSchemaTransform, serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { describeApi } from './document.ts';
import type { Api, Routes } from './route.ts';
import { caseRoutes } from './routes/cases.ts';
import { commandRoutes } from './routes/commands.ts';
import { directoryRoutes } from './routes/directory.ts';
import { healthRoutes } from './routes/health.ts';
import { mailboxRoutes } from './routes/mailbox.ts';
import { regulationRoutes } from './routes/regulations.ts';
import { requestRoutes } from './routes/requests.ts';
import { sessionRoutes } from './routes/session.ts';
import { supervisionRoutes } from './routes/supervision.ts';
import type { Services } from './services.ts';

const resources: Routes[] = [
  sessionRoutes,
  caseRoutes,
  commandRoutes,
  supervisionRoutes,
  requestRoutes,
  directoryRoutes,
  regulationRoutes,
  mailboxRoutes,
];

export interface AppOptions {
  services: Services;
}

/** The HTTP application; `main.ts` makes a process of it, tests call it by `inject`. */
export async function buildApp({ services }: AppOptions): Promise<Api> {
  const app: Api = fastify({ logger: false });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);

  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Kurator', version: '1', description: 'Accompanying families by a written regulation.' },
    },
    transform: jsonSchemaTransform,
    transformObject: describeApi,
  });

  await app.register(async (operations) => healthRoutes(operations.withTypeProvider(), services));
  await app.register(
    async (api) => {
      for (const routes of resources) routes(api.withTypeProvider(), services);
    },
    { prefix: '/api/v1' },
  );
  app.get('/openapi.json', { config: { access: { over: 'public' } }, schema: { hide: true } }, () => app.swagger());
  return app;
}
