import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../platform/database/scope.ts';
import { acceptCommand } from '../../platform/records/accept-command.ts';
import { createTestOffice, createTestRecords, type TestOffice, type TestRecords } from './support.ts';

let records: TestRecords;
let ours: TestOffice;
let theirs: TestOffice;

beforeAll(async () => {
  records = await createTestRecords();
  ours = await createTestOffice(records.db);
  theirs = await createTestOffice(records.db);
});

afterAll(() => records.close());

const tables = ['institutions', 'staff', 'agencies'];

async function asApp<T>(work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: records.database.appUrl });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe('a scope', () => {
  it.each(tables)('shows no row of %s without an institution, though rows are there', async (table) => {
    const { rows } = await records.owner.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${table}`);
    expect(rows[0]?.n).toBeGreaterThan(0);
    await asApp(async (client) => expect((await client.query(`SELECT * FROM ${table}`)).rows).toEqual([]));
  });

  it("shows its own institution's rows and no others", async () => {
    const seen = await records.db.inScope(ours, (tx) => tx.staff.findMany());
    expect(seen.map((person) => person.institutionId)).toEqual([ours.institutionId, ours.institutionId]);
    expect(await records.db.inScope(ours, (tx) => tx.staff.findUnique({ where: { id: theirs.curatorId } }))).toBeNull();
  });

  it("neither writes another institution's rows nor changes them", async () => {
    const foreign = { id: randomUUID(), institutionId: theirs.institutionId, code: 'x', name: 'x', email: 'x' };
    await expect(records.db.inScope(ours, (tx) => tx.agency.create({ data: foreign }))).rejects.toThrow(
      /row-level security/,
    );
    const changed = await records.db.inScope(ours, (tx) =>
      tx.staff.updateMany({ where: { id: theirs.curatorId }, data: { name: 'x' } }),
    );
    expect(changed.count).toBe(0);
  });

  it('does not leak to the next transaction of the same connection', async () => {
    await asApp(async (client) => {
      await client.query('BEGIN');
      await client.query(`SELECT set_config('kurator.institution_id', $1, true)`, [ours.institutionId]);
      expect((await client.query('SELECT id FROM institutions')).rows).toHaveLength(1);
      await client.query('COMMIT');
      expect((await client.query('SELECT id FROM institutions')).rows).toEqual([]);
    });
    const both = await Promise.all(
      Array.from({ length: 40 }, (_, n) => {
        const office = n % 2 === 0 ? ours : theirs;
        return records.db.inScope(
          office,
          async (tx) => (await tx.institution.findMany()).map((row) => row.id).join() === office.institutionId,
        );
      }),
    );
    expect(both.every(Boolean)).toBe(true);
  });

  it('of the system reads across institutions what it is granted, and nothing else', async () => {
    const seen = await records.db.inSystemScope((tx) => tx.institution.findMany({ select: { id: true } }));
    expect(seen).toHaveLength(2);
    await expect(records.db.inSystemScope((tx) => tx.staff.findMany({ select: { name: true } }))).rejects.toThrow(
      /permission denied/,
    );
    await expect(records.db.inSystemScope((tx) => tx.institution.updateMany({ data: { name: 'x' } }))).rejects.toThrow(
      /permission denied/,
    );
    await expect(records.db.inSystemScope((tx) => tx.event.findMany())).rejects.toThrow(/permission denied/);
  });

  it('survives the death of its connection: the transaction fails whole, the next one works', async () => {
    const pending = records.db.inScope(ours, async (tx) => {
      await tx.agency.create({
        data: { id: randomUUID(), institutionId: ours.institutionId, code: 'lost', name: 'lost', email: 'lost' },
      });
      const [backend] = await tx.$queryRaw<{ pid: number }[]>`SELECT pg_backend_pid() AS pid`;
      await records.owner.query('SELECT pg_terminate_backend($1)', [backend?.pid]);
      await tx.agency.findMany();
    });
    await expect(pending).rejects.toThrow();
    expect(await records.db.inScope(ours, (tx) => tx.agency.count({ where: { code: 'lost' } }))).toBe(0);
  });
});

describe('a server with a zone of its own', () => {
  it('gives back the instants and days that were written', async () => {
    await records.owner.query(`ALTER DATABASE ${records.database.name} SET timezone = 'Asia/Kamchatka'`);
    const db = createDatabase(records.database);
    try {
      const read = await db.inScope(
        ours,
        (tx) =>
          tx.$queryRaw<
            object[]
          >`SELECT '2026-03-02T21:30:00Z'::timestamptz AS at, '2026-03-02'::date AS day, current_setting('TimeZone') AS zone`,
      );
      expect(read).toEqual([
        { at: new Date('2026-03-02T21:30:00Z'), day: new Date('2026-03-02T00:00:00Z'), zone: 'UTC' },
      ]);
    } finally {
      await db.close();
      await records.owner.query(`ALTER DATABASE ${records.database.name} RESET timezone`);
    }
  });
});

describe('accepting a command', () => {
  const deps = () => ({ db: records.db, keyring: records.keyring, now: () => new Date() });
  const opening = (key: string, address = 'Примерная улица, 1') => ({
    institutionId: ours.institutionId,
    caseId: null,
    actor: { kind: 'user' as const, id: ours.curatorId },
    idempotencyKey: key,
    expectedSeq: null,
    body: { command: 'openCase', on: '2026-03-02', ground: 'application' },
    opening: { family: { name: 'Тестовы', address, members: [] }, training: false, regulation: null },
  });
  const accept = (command: Parameters<typeof acceptCommand>[1]) => acceptCommand(deps(), command);

  it('keeps one row for five equal attempts at once', async () => {
    const key = randomUUID();
    const answers = await Promise.all(Array.from({ length: 5 }, () => accept(opening(key))));
    expect(
      new Set(
        answers.map((answer) =>
          answer.outcome === 'accepted' ? `${answer.commandId} ${answer.caseId}` : answer.outcome,
        ),
      ).size,
    ).toBe(1);
    expect(answers.filter((answer) => answer.outcome === 'accepted' && !answer.repeated)).toHaveLength(1);
    const { rows } = await records.owner.query('SELECT state FROM commands WHERE idempotency_key = $1', [key]);
    expect(rows).toEqual([{ state: 'pending' }]);
  });

  it('tells another body under the same key, and leaves the key to every other actor', async () => {
    const key = randomUUID();
    await accept(opening(key));
    expect(await accept(opening(key, 'Другая улица, 2'))).toEqual({ outcome: 'keyReused' });
    expect(
      await accept({ ...opening(key, 'Другая улица, 2'), actor: { kind: 'user', id: ours.otherCuratorId } }),
    ).toMatchObject({ outcome: 'accepted', repeated: false });
  });

  it('keeps nothing readable of what was typed', async () => {
    const key = randomUUID();
    await accept(opening(key));
    const { rows } = await records.owner.query<{ row: string }>(
      'SELECT commands::text AS row FROM commands WHERE idempotency_key = $1',
      [key],
    );
    expect(rows[0]?.row).not.toMatch(/Тестовы|Примерная/);
    const { rows: bytes } = await records.owner.query<{ found: number }>(
      `SELECT position($1::bytea IN body) AS found FROM commands WHERE idempotency_key = $2`,
      [Buffer.from('Тестовы'), key],
    );
    expect(bytes[0]?.found).toBe(0);
  });

  it('knows no case that was never opened', async () => {
    const caseId = randomUUID();
    expect(
      await accept({ ...opening(randomUUID()), caseId, body: { command: 'recordVisit', on: '2026-03-02' } }),
    ).toEqual({ outcome: 'unknownCase' });
  });
});
