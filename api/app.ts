import { randomUUID } from 'node:crypto';
import fastifySwagger from '@fastify/swagger';
import fastify, { LogController, type FastifyBaseLogger, type RouteOptions } from 'fastify';
import { serializerCompiler, validatorCompiler } from 'fastify-type-provider-zod';
import { describeRoute } from './describe-route.ts';
import { describeApi } from './document.ts';
import { enforceAccess } from './plugins/access.ts';
import { serveApiDocs } from './plugins/api-docs.ts';
import { answerProblems, sendProblem } from './plugins/errors.ts';
import { limitAddresses, limitPeople, usualLimits, type Limits } from './plugins/limits.ts';
import { servePages } from './plugins/pages.ts';
import { guard } from './plugins/security.ts';
import { ApiProblem } from './problems.ts';
import type { Api, Routes } from './route.ts';
import { authRoutes, type SignInService } from './routes/auth.ts';
import { caseRoutes } from './routes/cases.ts';
import { commandRoutes } from './routes/commands.ts';
import { directoryRoutes } from './routes/directory.ts';
import { eventRoutes } from './routes/events.ts';
import { healthRoutes } from './routes/health.ts';
import { institutionRoutes } from './routes/institution.ts';
import { mailboxRoutes } from './routes/mailbox.ts';
import { regulationRoutes } from './routes/regulations.ts';
import { requestRoutes } from './routes/requests.ts';
import { sessionRoutes } from './routes/session.ts';
import { supervisionRoutes } from './routes/supervision.ts';
import { createStreams } from './streams.ts';
import type { Services } from './services/services.ts';

const resources: Routes[] = [
  sessionRoutes,
  caseRoutes,
  commandRoutes,
  supervisionRoutes,
  institutionRoutes,
  requestRoutes,
  directoryRoutes,
  regulationRoutes,
  mailboxRoutes,
];

export interface AppOptions {
  services: Services;
  signIn: SignInService;
  publicUrl: string;
  /** Addresses and networks of the reverse proxies before it; nobody else's `X-Forwarded-For` is believed. */
  trustedProxies?: readonly string[];
  /** Folder of the built pages. */
  pages: string;
  log?: FastifyBaseLogger;
  /** How often one may ask. */
  limits?: Limits;
  /** Called for each route as it is registered. */
  onRoute?: (route: RouteOptions) => void;
}

/** The HTTP application; `main.ts` makes a process of it, tests call it by `inject`. */
export async function buildApp({ trustedProxies = [], limits = usualLimits, ...options }: AppOptions): Promise<Api> {
  const { services, signIn, publicUrl, pages, log, onRoute } = options;
  const app: Api = fastify({
    ...(log ? { loggerInstance: log } : { logger: false }),
    genReqId: () => randomUUID(),
    requestIdHeader: false,
    // At the usual 10 s an api ends itself on a busy machine that starts several processes at once, and so again and again.
    pluginTimeout: 60_000,
    // The framework waits for ever; a sender who trickles a body would keep his connection, and with enough of them all.
    requestTimeout: 60_000,
    // Paths hold opaque ids only; queries can hold a family's name, so they are never logged.
    logController: new LogController({ disableRequestLogging: true }),
    routerOptions: { maxParamLength: 200 },
    // Whose word on the client's address counts: attempts to sign in and to guess links are counted by it.
    trustProxy: [...trustedProxies],
    // An address that cannot be read has no route, so no hook has run; it is answered like every other fault.
    frameworkErrors: (_error, request, reply) => void sendProblem(request, reply, new ApiProblem('request.invalid')),
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.removeContentTypeParser('text/plain');
  if (onRoute) app.addHook('onRoute', onRoute);
  answerProblems(app);

  app.addHook('onResponse', async (request, reply) => {
    request.log.info(
      {
        method: request.method,
        route: request.routeOptions.url,
        status: reply.statusCode,
        ms: Math.round(reply.elapsedTime),
        staffId: request.actor?.staffId,
      },
      'answered',
    );
  });

  await guard(app, publicUrl);
  await limitAddresses(app, limits);
  await app.register(fastifySwagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'Kurator', version: '1', description: 'Accompanying families by a written regulation.' },
    },
    transform: describeRoute,
    transformObject: describeApi,
  });
  await serveApiDocs(app, () => enforceAccess(app, services));
  limitPeople(app, limits);

  const streams = createStreams(services);
  // Before the connections are waited for: a stream never ends by itself.
  app.addHook('preClose', async () => streams.endAll());
  await app.register(
    async (auth) => authRoutes(auth.withTypeProvider(), signIn, (cookie) => streams.endSession(cookie)),
    {
      prefix: '/api/auth',
    },
  );
  await app.register(async (operations) => healthRoutes(operations.withTypeProvider(), services));
  await app.register(
    async (api) => {
      for (const routes of resources) routes(api.withTypeProvider(), services);
      eventRoutes(api.withTypeProvider(), streams);
    },
    { prefix: '/api/v1' },
  );
  app.get('/openapi.json', { config: { access: { over: 'public' } }, schema: { hide: true } }, () => app.swagger());
  await servePages(app, pages);
  return app;
}
