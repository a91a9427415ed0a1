import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import fastifyStatic from '@fastify/static';
import { ApiProblem } from '../problems.ts';
import type { Api } from '../route.ts';

/** A year: a built file's name holds the hash of its content. */
const immutableMs = 365 * 24 * 60 * 60 * 1000;

/**
 * The built pages: a file where there is one, the application's page for every other address, `/a` its own page when
 * the build has one. Without a build only the API answers.
 */
export async function servePages(app: Api, folder: string): Promise<void> {
  const files = existsSync(path.join(folder, 'index.html')) ? new Set(listFiles(folder)) : new Set<string>();
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
      const agency = wanted === 'a' && files.has('a.html');
      // The page names the hashed files of its build: an old copy would ask for files that are gone.
      return reply
        .header('cache-control', 'no-cache')
        .sendFile(agency ? 'a.html' : 'index.html', { cacheControl: false });
    },
  );
}

const listFiles = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)).split(path.sep).join('/'));
