import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../api/route.ts';
import { createSignInAttempts, networkOf } from '../../platform/auth/sign-in-attempts.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { openDoor } from './support/door.ts';

let database: TestDatabase;
let pools: pg.Pool[];
/** Two api processes over one database, with a lock that opens for nobody: a real one takes half a second a guess. */
let doors: Api[];

beforeAll(async () => {
  database = await createTestDatabase();
  pools = [0, 1].map(() => new pg.Pool({ connectionString: database.authUrl, max: 5 }));
  doors = await Promise.all(
    pools.map((pool) =>
      openDoor({
        handle: async (request) => {
          const { email, password } = (await request.json()) as { email: string; password: string };
          return password === right
            ? Response.json({ user: { name: 'Придуманный человек', email } })
            : Response.json({ message: 'wrong' }, { status: 401 });
        },
        attempts: createSignInAttempts(pool, 's'.repeat(32)),
        trustedProxies: ['127.0.0.1'],
      }),
    ),
  );
});
afterAll(async () => {
  await Promise.all([...doors, ...pools].map((one) => ('end' in one ? one.end() : one.close())));
  await database.drop();
});

const right = 'the right password';

/** Through a proxy that is trusted, so that each test has an address of its own. */
const attempt = (at: number, email: string, password: string, from: string) =>
  (doors[at % 2] as Api).inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    headers: { 'x-forwarded-for': from },
    payload: { email, password },
  });
const guess = (at: number, email: string, from = '203.0.113.7') => attempt(at, email, 'some guess', from);
const attempts = async () =>
  (await pools[0]?.query<{ account: Buffer; count: number }>('SELECT * FROM "signInAttempts" ORDER BY "endsAt"'))?.rows;

describe('whoever guesses one person’s password', () => {
  it('gets twenty guesses of all api processes together, however many come at once, and nobody else is slowed', async () => {
    const answers = await Promise.all(Array.from({ length: 30 }, (_, at) => guess(at, 'guessed@kurator.test')));
    const statuses = answers.map(({ statusCode }) => statusCode);
    expect(statuses.filter((status) => status === 401)).toHaveLength(20);
    expect(statuses.filter((status) => status === 429)).toHaveLength(10);
    for (const at of [0, 1]) {
      const refused = await guess(at, 'Guessed@Kurator.test');
      expect(refused.json()).toMatchObject({ status: 429, code: 'request.too-many' });
      const wait = Number(refused.headers['retry-after']);
      expect(wait).toBeGreaterThan(200);
      expect(wait).toBeLessThanOrEqual(300);
    }
    expect((await guess(0, 'other@kurator.test')).statusCode).toBe(401);
  });

  it('begins anew when the time is over, and what has ended is swept up', async () => {
    await guess(0, 'late@kurator.test');
    await pools[0]?.query(`UPDATE "signInAttempts" SET "endsAt" = now(), "count" = 21`);
    expect((await guess(1, 'late@kurator.test')).statusCode).toBe(401);
    // His, and that of the address he guesses from.
    expect(await attempts()).toMatchObject([{ count: 1 }, { count: 1 }]);
  });

  it('leaves no address behind', async () => {
    await guess(0, 'secret-typed-into-the-wrong-field@kurator.test');
    for (const { account } of (await attempts()) ?? []) expect(account).toHaveLength(32);
  });
});

describe('an office behind one address', () => {
  const office = Array.from({ length: 60 }, (_, at) => `worker-${at}@kurator.test`);

  it('signs in as one on a Monday morning, everybody mistyping once', async () => {
    const from = '198.51.100.1';
    const mistyped = await Promise.all(office.map((email, at) => guess(at, email, from)));
    expect(new Set(mistyped.map(({ statusCode }) => statusCode))).toEqual(new Set([401]));
    const signedIn = await Promise.all(office.map((email, at) => attempt(at, email, right, from)));
    expect(new Set(signedIn.map(({ statusCode }) => statusCode))).toEqual(new Set([200]));
    // What is right counts for nothing, however often.
    for (const email of [...office, ...office]) expect((await attempt(0, email, right, from)).statusCode).toBe(200);
  });

  it('is slowed down once a hundred attempts were wrong, on whatever accounts, and shuts nobody’s account by it', async () => {
    const from = '198.51.100.2';
    for (let at = 0; at < 100; at++) expect((await guess(at, `sprayed-${at}@kurator.test`, from)).statusCode).toBe(401);
    for (let at = 0; at < 30; at++) {
      const refused = await guess(at, 'chosen@kurator.test', from);
      expect(refused.json()).toMatchObject({ status: 429, code: 'request.too-many' });
      expect(Number(refused.headers['retry-after'])).toBeGreaterThan(200);
    }
    expect((await attempt(0, 'chosen@kurator.test', right, '198.51.100.3')).statusCode).toBe(200);
  });

  it('is told by no word of the asker’s own, and by an IPv6 network as a whole', async () => {
    const inNetwork = (host: number): string => `2001:db8:0:7::${host.toString(16)}`;
    for (let at = 0; at < 100; at++) await guess(at, `six-${at}@kurator.test`, inNetwork(at + 1));
    expect((await guess(0, 'six@kurator.test', inNetwork(4_000))).statusCode).toBe(429);
    expect((await guess(0, 'six@kurator.test', `198.51.100.77, ${inNetwork(5_000)}`)).statusCode).toBe(429);
    expect((await guess(0, 'six@kurator.test', '2001:db8:0:8::1')).statusCode).toBe(401);
  });

  it.each([
    ['::ffff:203.0.113.7', '203.0.113.7'],
    ['203.0.113.7', '203.0.113.7'],
    ['2001:0DB8::1', '2001:db8:0:0'],
    ['2001:db8:0:7:1:2:3:4', '2001:db8:0:7'],
    ['::1', '0:0:0:0'],
    ['fe80::', 'fe80:0:0:0'],
  ])('%s counts as %s', (address, network) => expect(networkOf(address)).toBe(network));
});

it('an attempt that is right forgets the wrong ones before it', async () => {
  const email = 'forgetful@kurator.test';
  for (let at = 0; at < 19; at++) expect((await guess(at, email, '198.51.100.9')).statusCode).toBe(401);
  expect((await attempt(0, email, right, '198.51.100.9')).statusCode).toBe(200);
  for (let at = 0; at < 19; at++) expect((await guess(at, email, '198.51.100.9')).statusCode).toBe(401);
});
