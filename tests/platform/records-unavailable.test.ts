import { once } from 'node:events';
import { connect, createServer, type AddressInfo, type Socket } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isRecordsUnavailable } from '../../platform/database/records-unavailable.ts';
import { createDatabase } from '../../platform/database/scope.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';

let database: TestDatabase;
beforeAll(async () => {
  database = await createTestDatabase();
});
afterAll(() => database.drop());

/** The records behind a line that can be cut, as it is when PostgreSQL's machine dies. */
async function behindLine() {
  const target = new URL(database.appUrl);
  const sockets = new Set<Socket>();
  const line = createServer((near) => {
    const far = connect(Number(target.port), target.hostname);
    for (const socket of [near, far]) socket.on('error', () => undefined);
    sockets.add(near);
    near.pipe(far).pipe(near);
  }).listen(0, '127.0.0.1');
  await once(line, 'listening');
  const { port } = line.address() as AddressInfo;
  const through = (url: string): string => Object.assign(new URL(url), { host: `127.0.0.1:${port}` }).href;
  const db = createDatabase({ appUrl: through(database.appUrl), systemUrl: through(database.systemUrl) });
  return {
    db,
    cut: () => sockets.forEach((socket) => socket.resetAndDestroy()),
    close: async () => {
      await db.close();
      line.close();
    },
  };
}

describe('a connection that breaks under a statement', () => {
  it.each(['written by hand', 'made by Prisma'])('%s is an outage, not a fault of ours', async (kind) => {
    const { db, cut, close } = await behindLine();
    try {
      const asked = db.inSystemScope(async (tx) => {
        await tx.$queryRaw`SELECT 1`;
        const answer = kind === 'made by Prisma' ? tx.institution.findMany() : tx.$queryRaw`SELECT pg_sleep(20)::text`;
        setTimeout(cut, kind === 'made by Prisma' ? 0 : 300);
        await answer;
        await tx.$queryRaw`SELECT pg_sleep(20)::text`;
      });
      const error: unknown = await asked.then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
      expect(error).toBeInstanceOf(Error);
      expect(isRecordsUnavailable(error), String(error)).toBe(true);
    } finally {
      await close();
    }
  });

  it.each(['53100', '53200', '53300', '58030'])('a server that answers %s has no room or no disk', async (code) => {
    const { db, close } = await behindLine();
    const raised = (statement: string): Promise<unknown> =>
      db
        .inSystemScope((tx) => tx.$executeRawUnsafe(statement))
        .then(
          () => undefined,
          (thrown: unknown) => thrown,
        );
    const error = await raised(`DO $$ BEGIN RAISE EXCEPTION 'no room' USING ERRCODE = '${code}'; END $$`);
    expect(isRecordsUnavailable(error), String(error)).toBe(true);
    await close();
  });

  it('a statement that is wrong stays a fault of ours', async () => {
    const { db, close } = await behindLine();
    const error: unknown = await db
      .inSystemScope((tx) => tx.$queryRaw`SELECT nothing FROM nowhere`)
      .then(
        () => undefined,
        (thrown: unknown) => thrown,
      );
    expect(isRecordsUnavailable(error)).toBe(false);
    await close();
  });
});
