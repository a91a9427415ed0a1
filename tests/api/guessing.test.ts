import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Api } from '../../api/route.ts';
import { createAttemptCounter } from '../../platform/auth/sign-in-attempts.ts';
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
        handle: () => Promise.resolve(Response.json({ message: 'wrong' }, { status: 401 })),
        countAttempt: createAttemptCounter(pool, 's'.repeat(32)),
      }),
    ),
  );
});
afterAll(async () => {
  await Promise.all([...doors, ...pools].map((one) => ('end' in one ? one.end() : one.close())));
  await database.drop();
});

const guess = (at: number, email: string) =>
  (doors[at % 2] as Api).inject({
    method: 'POST',
    url: '/api/auth/sign-in/email',
    payload: { email, password: 'some guess' },
  });
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
    expect(await attempts()).toMatchObject([{ count: 1 }]);
  });

  it('leaves no address behind', async () => {
    await guess(0, 'secret-typed-into-the-wrong-field@kurator.test');
    for (const { account } of (await attempts()) ?? []) expect(account).toHaveLength(32);
  });
});
