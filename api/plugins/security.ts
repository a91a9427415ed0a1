import fastifyHelmet from '@fastify/helmet';
import { ApiProblem } from '../problems.ts';
import type { Api } from '../route.ts';

/** Headers and the refusal of foreign pages, for every answer of the process. */
export async function guard(app: Api, publicUrl: string): Promise<void> {
  const secure = publicUrl.startsWith('https:');
  await app.register(fastifyHelmet, {
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        'default-src': ["'none'"],
        'script-src': ["'self'"],
        // The pages' own style elements are let in by a nonce of each page served (`pages.ts`).
        'style-src': ["'self'"],
        'img-src': ["'self'", 'data:'],
        'font-src': ["'self'"],
        'connect-src': ["'self'"],
        'manifest-src': ["'self'"],
        'base-uri': ["'none'"],
        'form-action': ["'self'"],
        'frame-ancestors': ["'none'"],
        ...(secure && { 'upgrade-insecure-requests': [] }),
      },
    },
    // The agency's link has its token in the fragment, which no referrer carries; the path is nobody's business either.
    referrerPolicy: { policy: 'no-referrer' },
    hsts: secure ? { maxAge: 63_072_000, includeSubDomains: false } : false,
    crossOriginEmbedderPolicy: false,
    // The older header says the same as `frame-ancestors`.
    frameguard: { action: 'deny' },
  });

  const origin = new URL(publicUrl).origin;
  app.addHook('onRequest', async (request, reply) => {
    reply.header('x-request-id', request.id);
    if (request.url.startsWith('/api/')) reply.header('cache-control', 'no-store');
    if (request.method === 'GET' || request.method === 'HEAD' || request.method === 'OPTIONS') return;
    // Cookies are SameSite=Lax already; this refuses what an old browser or a page on a sibling domain would still send.
    const given = request.headers.origin;
    if (given !== undefined && given !== origin && !isThisMachine(given, origin))
      throw new ApiProblem('origin.foreign');
    const site = request.headers['sec-fetch-site'];
    if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new ApiProblem('origin.foreign');
  });
}

/**
 * This machine under another of its own names and the same port. Only names that no foreign name server can give out:
 * a page whose name is made to lead here (DNS rebinding) would otherwise sign in with the demo logins, known to all.
 */
function isThisMachine(given: string, origin: string): boolean {
  const [page, own] = [findUrl(given), findUrl(origin)];
  return page?.protocol === own?.protocol && page?.port === own?.port && isLoopback(page) && isLoopback(own);
}

const findUrl = (text: string): URL | undefined => (URL.canParse(text) ? new URL(text) : undefined);
const isLoopback = (url: URL | undefined): boolean => url !== undefined && loopback.has(url.hostname);
const loopback = new Set(['localhost', '127.0.0.1', '[::1]']);
