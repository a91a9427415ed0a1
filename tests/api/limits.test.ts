import { afterAll, describe, expect, it } from 'vitest';
import { ApiProblem } from '../../api/problems.ts';
import type { Api } from '../../api/route.ts';
import { simulateService } from '../../api/services/simulate.ts';
import { openDoor } from './support/door.ts';

const apps: Api[] = [];
afterAll(() => Promise.all(apps.map((app) => app.close())));

/** The door alone: whoever brings a cookie is the person it names. */
async function door(limits: { address: number; person: number }): Promise<Api> {
  const app = await openDoor({
    services: {
      findActor: (cookie) =>
        Promise.resolve(
          cookie === undefined
            ? undefined
            : { staffId: cookie, institutionId: 'i', role: 'curator', body: null, department: null, agency: null },
        ),
      listRegulations: () => Promise.resolve({ items: [], nextCursor: null }),
      readAgencyRequest: () => Promise.reject(new ApiProblem('link.unknown')),
    },
    attempts: {
      begin: () => Promise.resolve({ allowed: false, retryAfter: 17 }),
      end: () => Promise.resolve(),
    },
    trustedProxies: ['127.0.0.1'],
    limits,
  });
  apps.push(app);
  return app;
}

const ask = (
  app: Api,
  { cookie, from = '203.0.113.7', url = '/api/v1/regulations' }: { cookie?: string; from?: string; url?: string },
) => app.inject({ url, headers: { 'x-forwarded-for': from, ...(cookie && { cookie }) } });

const statuses = async (count: number, send: () => Promise<{ statusCode: number }>) => {
  const found: number[] = [];
  for (let at = 0; at < count; at++) found.push((await send()).statusCode);
  return found;
};

describe('who asks too often', () => {
  it('is slowed down as a person, wherever he asks from, and nobody else is', async () => {
    const app = await door({ address: 100, person: 3 });
    expect(await statuses(3, () => ask(app, { cookie: 'anna' }))).toEqual([200, 200, 200]);
    const refused = await ask(app, { cookie: 'anna', from: '198.51.100.9' });
    expect(refused.json()).toMatchObject({ status: 429, code: 'request.too-many' });
    expect(refused.headers['content-type']).toMatch(/^application\/problem\+json/);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
    expect(Number(refused.headers['retry-after'])).toBeLessThanOrEqual(60);
    expect((await ask(app, { cookie: 'boris' })).statusCode).toBe(200);
  });

  it('cannot keep a connection by sending his request drop by drop', async () => {
    const { server } = await door({ address: 100, person: 100 });
    expect([server.requestTimeout, server.headersTimeout]).toEqual([60_000, 60_000]);
  });

  it('is slowed down by address before anybody asks who he is, as a trusted proxy names it', async () => {
    const app = await door({ address: 3, person: 100 });
    expect(await statuses(4, () => ask(app, {}))).toEqual([401, 401, 401, 429]);
    // The limit is the address's: other cookies help nothing, another address is free.
    expect((await ask(app, { cookie: 'anna' })).statusCode).toBe(429);
    expect((await ask(app, { cookie: 'anna', from: '198.51.100.9' })).statusCode).toBe(200);
    // Whatever watches over the process is always answered.
    expect((await ask(app, { url: '/health' })).statusCode).toBe(200);
  });

  it('is slowed down when he guesses links', async () => {
    const app = await door({ address: 1_000, person: 1_000 });
    const guess = () =>
      app.inject({ method: 'POST', url: '/api/v1/agency/request', payload: { token: 'a'.repeat(43) } });
    expect(await statuses(30, guess)).toEqual(Array.from({ length: 30 }, () => 404));
    const refused = await guess();
    expect(refused.statusCode).toBe(429);
    expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0);
  });

  it('is told by the sign-in how long to wait', async () => {
    const app = await door({ address: 1_000, person: 1_000 });
    const refused = await app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: 'anna@kurator.test', password: 'some guess' },
    });
    expect(refused.statusCode).toBe(429);
    expect(refused.headers['retry-after']).toBe('17');
  });
});

describe('a simulation', () => {
  const until = '2026-12-31';
  const scenario = (count: number) => [
    {
      regulation: 'borovichi',
      zone: 'Europe/Moscow',
      until,
      commands: [
        { command: 'openCase', on: '2026-03-02', ground: 'application', category: 'sop', form: 'group' },
        ...Array.from({ length: count }, () => ({ command: 'recordVisit', on: '2026-04-02' })),
      ],
    },
  ];

  it('that takes too long is ended and told so; the process answers meanwhile, and the next one is played', async () => {
    const { simulate } = simulateService(2_500);
    // The first one pays for the thread's start.
    await simulate(scenario(1)).catch(() => undefined);
    const app = await door({ address: 1_000, person: 1_000 });
    const long = Array.from({ length: 60 }, () => scenario(900)).flat();
    const ended = simulate(long).catch((error: unknown) => error);
    const first = await Promise.race([ended, ask(app, { url: '/health' })]);
    expect(first).toMatchObject({ statusCode: 200 });
    expect(await ended).toMatchObject({ code: 'simulation.too-long' });
    const [played] = await simulateService()
      .simulate(scenario(1))
      .then((items) => items);
    expect(played?.stages[0]?.stage).toBe('diagnostic');
  });

  it('that takes too much memory ends its thread alone, and the next one is played', async () => {
    // Only the memory can end it: too much of either is told by the same code.
    const { simulate } = simulateService(600_000, 100);
    const [{ commands, ...one }] = scenario(400) as [ReturnType<typeof scenario>[number]];
    const wide = commands.map((command, at) => ({ ...command, note: String(at % 10).repeat(400_000) }));
    await expect(simulate([{ ...one, commands: wide }])).rejects.toMatchObject({ code: 'simulation.too-long' });
    expect((await simulate(scenario(1)))[0]?.stages[0]?.stage).toBe('diagnostic');
  });

  it('of too many at once is asked to come back', async () => {
    const { simulate } = simulateService();
    const all = await Promise.allSettled(Array.from({ length: 6 }, () => simulate(scenario(1))));
    expect(all.map(({ status }) => status)).toEqual([
      ...Array.from({ length: 4 }, () => 'fulfilled'),
      'rejected',
      'rejected',
    ]);
    expect(all.at(-1)).toMatchObject({ reason: { code: 'simulation.busy' } });
  });
});
