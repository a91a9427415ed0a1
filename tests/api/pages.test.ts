import { mkdtemp, mkdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../api/route.ts';
import { openDoor } from './support/door.ts';

let own: string;
let app: Api;

beforeAll(async () => {
  own = await mkdtemp(path.join(tmpdir(), 'kurator-pages-'));
  const folder = path.join(own, 'pages');
  await mkdir(path.join(folder, 'assets'), { recursive: true });
  await writeFile(
    path.join(folder, 'index.html'),
    '<title>Kurator</title><meta property="csp-nonce" nonce="NONCE-OF-THIS-PAGE">',
  );
  await writeFile(path.join(folder, 'a.html'), '<title>Agency</title>');
  await writeFile(path.join(folder, 'assets', 'app-1a2b.js'), 'export {};');
  await writeFile(path.join(own, 'outside-of-kurator-pages'), 'secret');
  app = await openDoor({ pages: folder });
});
afterAll(async () => {
  await app.close();
  await rm(own, { recursive: true });
});

const get = (url: string) => app.inject({ method: 'GET', url });

describe('the pages', () => {
  it.each(['/', '/my-day', '/cases/019a0000-0000-7000-8000-000000000000', '/index.html'])(
    '%s is the application',
    async (url) => {
      const answer = await get(url);
      expect(answer.statusCode).toBe(200);
      expect(answer.body).toContain('<title>Kurator</title>');
      expect(answer.headers['content-type']).toContain('text/html');
      expect(answer.headers['cache-control']).toBe('no-store');
      expect(answer.headers).not.toHaveProperty('etag');
    },
  );

  it('let in style elements by a nonce of their own, anew each time, and no other inline style', async () => {
    const [first, second] = [await get('/my-day'), await get('/my-day')].map(({ body, headers }) => {
      const nonce = /nonce="([^"]+)"/.exec(body)?.[1] ?? '';
      expect(nonce).toMatch(/^[\w+/]{22}==$/);
      expect(headers['content-security-policy']).toContain(`style-src 'self' 'nonce-${nonce}';`);
      expect(headers['content-security-policy']).not.toContain('unsafe');
      return nonce;
    });
    expect(first).not.toBe(second);
  });

  it('/a is the agency’s own page', async () => {
    expect((await get('/a')).body).toBe('<title>Agency</title>');
  });

  it('files named by their content are kept for a year', async () => {
    const answer = await get('/assets/app-1a2b.js');
    expect(answer.headers['content-type']).toContain('javascript');
    expect(answer.headers['cache-control']).toBe('public, max-age=31536000, immutable');
  });

  it.each(['/assets/gone.js', '/api/v1/nothing', '/api'])('%s is no page', async (url) => {
    const answer = await get(url);
    expect(answer.statusCode).toBe(404);
    expect(answer.json()).toMatchObject({ code: 'resource.unknown' });
  });

  it.each(['/../outside-of-kurator-pages', '/%2e%2e/outside-of-kurator-pages', '/..%2foutside-of-kurator-pages'])(
    '%s does not leave the folder',
    async (url) => {
      expect((await get(url)).body).not.toContain('secret');
    },
  );
});
