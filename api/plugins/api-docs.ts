import fastifySwaggerUi from '@fastify/swagger-ui';
import type { Api, RouteAccess } from '../route.ts';

const routePrefix = '/api/docs';
const access: RouteAccess = { over: 'public' };

/**
 * A page to read and try the API, `/api/docs`: everything it needs comes from this origin, under the same policy as the
 * pages. It calls with the session of whoever is signed in, so it can do what he may and nothing else. Its routes
 * say that they are open to all before `enforce` asks them, like any other.
 */
export async function serveApiDocs(app: Api, enforce: () => void): Promise<void> {
  app.addHook('onRoute', (route) => {
    if (route.url === routePrefix || route.url.startsWith(`${routePrefix}/`))
      route.config = { access, ...route.config };
  });
  enforce();
  await app.register(fastifySwaggerUi, {
    routePrefix,
    // Its pictures carry style attributes; style elements and scripts are refused here as everywhere.
    transformStaticCSP: (policy) => policy.replace("style-src 'self'", "$&;style-src-attr 'unsafe-inline'"),
    theme: { title: 'Kurator API' },
    uiConfig: { deepLinking: true, docExpansion: 'none', filter: true, tryItOutEnabled: true, validatorUrl: null },
  });
}
