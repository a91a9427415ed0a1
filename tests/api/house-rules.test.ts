import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { problemKinds, type Kind } from '../../api/problems.ts';
import { refusalStatuses } from '../../api/refusals.ts';
import { refusalCodes } from '../../domain/case/refusal-codes.ts';
import { recordsRefusalCodes, refuse } from '../../platform/records/refusals.ts';
import type { Answers } from './support/answers.ts';
import { openHouse, type House, type Person } from './support/house.ts';

let house: House;
let curator: Person;

beforeAll(async () => {
  house = await openHouse();
  curator = await house.hire('curator');
});
afterAll(() => house.close());

describe('problems', () => {
  it.each(Object.entries(problemKinds) as [string, Kind][])(
    '%s has a status and a sentence in both languages',
    (code, kind) => {
      expect(code).toMatch(/^[a-z]+(\.[a-z-]+)?$/);
      expect(kind.status).toBeGreaterThanOrEqual(400);
      expect(kind.title.ru).toMatch(/^[А-ЯЁ].*[.)]$/u);
      expect(kind.title.ru).toMatch(/[а-яё]{3}/);
      expect(kind.title.en).toMatch(/^[A-Z][\x20-\x7e’]*\.$/);
      // Whoever is told to come back is told when.
      expect(kind.retryAfter !== undefined).toBe(kind.status === 429 || kind.status === 503);
    },
  );
});

const refusals = {
  ...Object.fromEntries(recordsRefusalCodes.map((code) => [code, refuse(code).text])),
  ...Object.fromEntries(Object.entries(refusalCodes).map(([code, { text }]) => [code, text])),
};

describe('refusals', () => {
  it.each(Object.entries(refusals))('%s has a status and a sentence in both languages', (code, text) => {
    expect(refusalStatuses).toHaveProperty([code], expect.toBeOneOf([403, 404, 409, 412, 422]));
    expect(text.ru).toMatch(/[а-яё]{3}.*\.$/u);
    expect(text.en).toMatch(/^[A-Z].*[a-z]{3}.*\.$/);
  });

  it('are all known to their statuses, and no other', () => {
    expect(Object.keys(refusalStatuses).sort()).toEqual(Object.keys(refusals).sort());
  });
});

const call = (options: {
  method?: 'GET' | 'POST';
  url: string;
  headers?: Record<string, string>;
  payload?: string | object;
}) => house.app.inject({ method: 'GET', ...options, headers: { cookie: curator.cookie, ...options.headers } });

describe('every answer', () => {
  it.each([
    ['an unknown address', { url: '/api/v1/nothing' }, 404, 'resource.unknown'],
    ['an id that is none', { url: '/api/v1/cases/12' }, 400, 'request.invalid'],
    ['a wrong query', { url: '/api/v1/cases?limit=0' }, 400, 'request.invalid'],
    [
      'broken JSON',
      { method: 'POST', url: '/api/v1/simulate', headers: { 'content-type': 'application/json' }, payload: '{' },
      400,
      'request.invalid',
    ],
    [
      'another format',
      { method: 'POST', url: '/api/v1/simulate', headers: { 'content-type': 'text/plain' }, payload: 'x' },
      415,
      'request.media-type',
    ],
    [
      'a body too large',
      { method: 'POST', url: '/api/v1/simulate', payload: { x: 'x'.repeat(1_100_000) } },
      413,
      'request.too-large',
    ],
    ['an unknown case', { url: '/api/v1/cases/019a0000-0000-7000-8000-000000000000' }, 404, 'case.unknown'],
    ['a mailbox that is not kept', { url: '/api/v1/mailbox' }, 404, 'resource.unknown'],
  ] as const)('to %s is problem+json', async (_what, request, status, code) => {
    const answer = await call(request);
    expect(answer.statusCode).toBe(status);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({
      type: `urn:kurator:problem:${code}`,
      status,
      code,
      requestId: answer.headers['x-request-id'],
    });
  });

  it('names each fault of the input in the asked language', async () => {
    const faulty = { url: '/api/v1/cases?limit=0&stage=summer' };
    expect((await call(faulty)).json<Answers['problem']>().errors).toEqual([
      { path: 'query.limit', message: expect.stringMatching(/[а-яё]/) },
      { path: 'query.stage', message: expect.stringMatching(/[а-яё]/) },
    ]);
    const english = (await call({ ...faulty, headers: { 'accept-language': 'en-GB,en;q=0.9,ru;q=0.1' } })).json<
      Answers['problem']
    >();
    expect(english.errors[0]?.message).not.toMatch(/[а-яё]/);
  });

  it('says nothing of what went wrong inside', async () => {
    await house.testDatabase.drop();
    const answer = await call({ url: '/api/v1/cases' });
    expect(answer.statusCode).toBe(503);
    expect(answer.headers['retry-after']).toBe('5');
    expect(answer.json()).toMatchObject({ code: 'records.unavailable' });
    expect(answer.body).not.toMatch(/postgres|prisma|kurator_test|127\.0\.0\.1/i);
  });
});

describe('every page', () => {
  it('stands under a strict policy and sends no referrer', async () => {
    const { headers } = await house.app.inject({ url: '/health' });
    expect(headers['content-security-policy']).toContain("default-src 'none'");
    expect(headers['content-security-policy']).toContain("script-src 'self'");
    expect(headers['content-security-policy']).toContain("style-src 'self'");
    expect(headers['content-security-policy']).not.toContain('unsafe');
    expect(headers['content-security-policy']).toContain("frame-ancestors 'none'");
    expect(headers['referrer-policy']).toBe('no-referrer');
    expect(headers['x-content-type-options']).toBe('nosniff');
  });
});
