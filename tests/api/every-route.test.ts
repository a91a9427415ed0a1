import fastify from 'fastify';
import { describe, expect, it } from 'vitest';
import { enforceAccess } from '../../api/plugins/access.ts';
import { commandWords } from '../../domain/commands/command.ts';
import { problemKinds } from '../../api/problems.ts';
import { refusalStatuses } from '../../api/refusals.ts';
import type { Api } from '../../api/route.ts';
import type { Services } from '../../api/services/services.ts';
import { openDoor } from './support/door.ts';

describe('a route', () => {
  it('that does not say who may call it stops the start', () => {
    const app = fastify() as unknown as Api;
    enforceAccess(app, {} as Services);
    expect(() => app.get('/forgotten', () => 'open to all')).toThrow('GET /forgotten does not say who may call it');
  });

  it('is in the document with a summary, or is a page', async () => {
    const app = await openDoor();
    await app.ready();
    const document = app.swagger() as unknown as {
      openapi: string;
      paths: Record<string, Record<string, { summary?: string }>>;
    };
    expect(document.openapi).toBe('3.1.0');
    const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, { summary }]) => ({ path: `${method} ${path}`, summary })),
    );
    expect(operations.length).toBeGreaterThan(30);
    expect(operations.filter(({ summary }) => !summary)).toEqual([]);
    await app.close();
  });

  it('for commands documents every command with its fields', async () => {
    const app = await openDoor();
    await app.ready();
    const { components } = app.swagger() as unknown as {
      components: { schemas: Record<string, { properties?: object }> };
    };
    for (const word of commandWords.filter((one) => !['openCase', 'adoptCase', 'submitReport'].includes(one))) {
      const schema = components.schemas[`${word.charAt(0).toUpperCase()}${word.slice(1)}Command`];
      expect(schema?.properties, word).toHaveProperty('on');
      expect(schema?.properties, word).not.toHaveProperty('recordedOn');
    }
    await app.close();
  });

  it('of the API that asks for no sign-in is one of these', async () => {
    const open: string[] = [];
    // Asked of the routes themselves: the hook that enforces access reads the same word.
    const app = await openDoor({
      onRoute: (route) => {
        const over = route.config?.access?.over;
        if (over === 'public' || over === 'link') open.push(`${String(route.method)} ${route.url}`);
      },
    });
    await app.close();
    const routes = open.filter((route) => !route.startsWith('HEAD') && !route.startsWith('GET /api/docs'));
    expect(routes.sort()).toEqual([
      'GET /*',
      'GET /api/auth/get-session',
      'GET /health',
      'GET /openapi.json',
      'GET /ready',
      'POST /api/auth/reset-password',
      'POST /api/auth/sign-in/email',
      'POST /api/auth/sign-out',
      'POST /api/v1/agency/answer',
      'POST /api/v1/agency/link',
      'POST /api/v1/agency/request',
    ]);
  });
});

describe('the page to try the API', () => {
  it('comes whole from this origin, without a script of its own in it, under the policy of all pages', async () => {
    const app = await openDoor();
    const page = await app.inject({ url: '/api/docs/' });
    expect(page.statusCode).toBe(200);
    expect(page.headers['content-security-policy']).toContain(
      "script-src 'self';style-src 'self';style-src-attr 'unsafe-inline';",
    );
    const scripts = [...page.body.matchAll(/<script([^>]*)>([^<]*)<\/script>/g)];
    expect(scripts).toHaveLength(3);
    for (const [, attributes = '', own = ''] of scripts) {
      expect(own.trim()).toBe('');
      const source = /src="(\.[^"]+|\/[^"]+)"/.exec(attributes)?.[1] ?? '';
      const url = new URL(source, 'http://kurator.test/api/docs/').pathname;
      expect((await app.inject({ url })).statusCode, url).toBe(200);
    }
    expect((await app.inject({ url: '/api/docs/json' })).json()).toHaveProperty('paths');
    await app.close();
  });
});

describe('the refusals of a route', () => {
  type Responses = Record<string, { headers?: object; content: Record<string, { schema: unknown }> }>;
  const responsesOf = async (): Promise<(operation: string) => Responses> => {
    const app = await openDoor();
    await app.ready();
    const { paths } = app.swagger() as unknown as { paths: Record<string, Record<string, { responses: Responses }>> };
    await app.close();
    return (operation) => {
      const [method = '', path = ''] = operation.split(' ');
      return paths[path]?.[method]?.responses ?? {};
    };
  };

  it('are told by exact statuses, from what the route is', async () => {
    const responses = await responsesOf();
    const statuses = (operation: string): string => Object.keys(responses(operation)).join(' ');
    expect(statuses('get /health')).toBe('200 500');
    // Open to every role: nobody who has signed in is denied.
    expect(statuses('get /api/v1/me')).toBe('200 401 429 500 503');
    expect(statuses('get /api/v1/cases/{id}')).toBe('200 400 401 403 404 429 500 503');
    expect(statuses('post /api/v1/cases/{id}/commands')).toBe(
      '200 202 400 401 403 404 409 412 413 415 422 429 500 503',
    );
    expect(statuses('post /api/v1/agency/answer')).toBe('200 400 403 404 409 410 413 415 422 429 500 503');
  });

  it('name their stable codes, and whether to come back', async () => {
    const { 412: stale, 429: busy } = (await responsesOf())('post /api/v1/cases/{id}/commands');
    const codes = (enumerated: string[]) => ({
      allOf: [{ $ref: '#/components/schemas/Problem' }, { type: 'object', properties: { code: { enum: enumerated } } }],
    });
    expect(stale?.content['application/problem+json']?.schema).toEqual(codes(['state.stale']));
    expect(busy?.content['application/problem+json']?.schema).toEqual(codes(['request.too-many', 'case.busy']));
    expect([stale?.headers, busy?.headers]).toEqual([undefined, { 'Retry-After': expect.anything() }]);
  });

  it('have one status each, whether the API or the rules say them', () => {
    const both = Object.entries(problemKinds).filter(([code]) => code in refusalStatuses);
    expect(both.length).toBeGreaterThan(0);
    for (const [code, { status }] of both)
      expect(refusalStatuses[code as keyof typeof refusalStatuses], code).toBe(status);
  });
});
