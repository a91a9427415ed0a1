import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { ApiProblem } from '../problems.ts';
import type { Api } from '../route.ts';

/** What the build writes where a page has its nonce (`html.cspNonce` of `web/vite.config.ts`). */
const nonceMark = 'NONCE-OF-THIS-PAGE';

/** A year: a built file's name holds the hash of its content. */
const immutableMs = 365 * 24 * 60 * 60 * 1000;

/**
 * The built pages: a file where there is one, the application's page for every other address, `/a` its own page when
 * the build has one. Without a build only the API answers.
 */
export async function servePages(app: Api, folder: string): Promise<void> {
  const files = existsSync(path.join(folder, 'index.html')) ? new Set(listFiles(folder)) : new Set<string>();
  const pages = new Map(
    [...files]
      .filter((file) => file.endsWith('.html'))
      .map((file) => [file, readFileSync(path.join(folder, file), 'utf8')]),
  );
  await app.register(fastifyStatic, { root: folder, serve: false, index: false });

  app.get(
    '/*',
    { config: { access: { over: 'public' } }, logLevel: 'warn', schema: { hide: true } },
    (request, reply) => {
      const wanted = (request.params as { '*': string })['*'];
      if (files.has(wanted) && !wanted.endsWith('.html')) {
        const hashed = wanted.startsWith('assets/');
        return reply.sendFile(wanted, { maxAge: hashed ? immutableMs : 0, immutable: hashed });
      }
      if (files.size === 0 || wanted === 'api' || wanted.startsWith('api/') || wanted.startsWith('assets/')) {
        throw new ApiProblem('resource.unknown');
      }
      const page = wanted === 'a' && files.has('a.html') ? 'a.html' : 'index.html';
      const nonce = randomBytes(16).toString('base64');
      const policy = String(reply.getHeader('content-security-policy'));
      // Never kept: the page names the hashed files of its build, and an old copy would have another nonce than its header.
      return reply
        .header('cache-control', 'no-store')
        .header('content-security-policy', policy.replace("style-src 'self'", `$& 'nonce-${nonce}'`))
        .type('text/html; charset=utf-8')
        .send(pages.get(page)?.replaceAll(nonceMark, nonce));
    },
  );
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
