import { randomBytes, randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterAll, beforeAll } from 'vitest';
import { createKeyring, type Keyring } from '../../platform/crypto/keyring.ts';
import { createRules } from '../../platform/records/rules.ts';
import { loadCalendar } from '../../platform/regulations/load.ts';
import { createDatabase, type Database } from '../../platform/database/scope.ts';
import { acceptCommand, findCommand } from '../../platform/records/accept-command.ts';
import type { CommandAnswer, NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { runCommand } from '../../platform/records/run-command.ts';
import { createTestDatabase, type TestDatabase } from '../support/database.ts';
import { smallRegulation } from './small-regulation.ts';

/** A database with offices to try the records in. */
export interface TestRecords {
  database: TestDatabase;
  db: Database;
  keyring: Keyring;
  /** What `KURATOR_KEY` holds here. */
  secret: Buffer;
  owner: pg.Client;
  deps: RecordsDeps;
  close(): Promise<void>;
}

export async function createTestRecords(): Promise<TestRecords> {
  const database = await createTestDatabase();
  const db = createDatabase(database);
  const owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
  const secret = randomBytes(32);
  const keyring = createKeyring([secret]);
  const rules = createRules(new Map([['small@1', smallRegulation]]), loadCalendar());
  return {
    database,
    db,
    keyring,
    secret,
    owner,
    deps: { db, keyring, rules, now: () => new Date() },
    async close() {
      await Promise.all([db.close(), owner.end()]);
      await database.drop();
    },
  };
}

export interface TestOffice {
  institutionId: string;
  curatorId: string;
  otherCuratorId: string;
}

/** An invented office with two curators and the agencies that tests speak of. */
export async function createTestOffice(db: Database, regulation = 'small'): Promise<TestOffice> {
  const institutionId = randomUUID();
  const [curatorId, otherCuratorId] = [randomUUID(), randomUUID()];
  await db.inScope({ institutionId }, async (tx) => {
    const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
    await tx.institution.create({
      data: { id: institutionId, name: 'Пример', zone: 'Europe/Moscow', regulation, hours },
    });
    await tx.agency.createMany({
      data: ['school', 'clinic', 'police'].map((code) => ({
        id: randomUUID(),
        institutionId,
        code,
        name: code,
        email: `${code}@test.example`,
      })),
    });
    await tx.staff.createMany({
      data: [curatorId, otherCuratorId].map((id, index) => ({
        id,
        institutionId,
        name: `Куратор ${index + 1}`,
        email: `c${index + 1}@test.example`,
        role: 'curator',
      })),
    });
  });
  return { institutionId, curatorId, otherCuratorId };
}

/**
 * Records and an office for all tests of the file or block that calls it. Both are filled in before the first test, so
 * they are read inside of tests and hooks only.
 */
export function useTestOffice(): { records: TestRecords; office: TestOffice } {
  const records = {} as TestRecords;
  const office = {} as TestOffice;
  beforeAll(async () => {
    Object.assign(records, await createTestRecords());
    Object.assign(office, await createTestOffice(records.db));
  });
  afterAll(() => records.close());
  return { records, office };
}

/** One family's case in a test, driven as the API drives it: accepted, then run. */
export interface TestCase {
  caseId: string;
  give(body: NewCommand['body'], key?: string): Promise<CommandAnswer>;
  accept(body: NewCommand['body'], key?: string): Promise<string>;
}

/** Accepts and runs a command of the office's curator. @throws Error when it is not accepted. */
export async function giveCommand(
  deps: RecordsDeps,
  command: Partial<NewCommand> & Pick<NewCommand, 'institutionId' | 'actor' | 'body'>,
): Promise<{ caseId: string; answer: CommandAnswer }> {
  const commandId = await acceptOnly(deps, command);
  await runCommand(deps, { commandId });
  const row = await deps.db.inScope(command, (tx) => findCommand(tx, commandId));
  if (row?.answer == null) throw new Error(`command ${commandId} has no answer`);
  return { caseId: row.caseId, answer: row.answer };
}

export async function acceptOnly(
  deps: RecordsDeps,
  command: Partial<NewCommand> & Pick<NewCommand, 'institutionId' | 'actor' | 'body'>,
): Promise<string> {
  const whole: NewCommand = { caseId: null, idempotencyKey: randomUUID(), expectedSeq: null, ...command };
  const accepted = await acceptCommand(deps, whole);
  if (accepted.outcome !== 'accepted') throw new Error(accepted.outcome);
  return accepted.commandId;
}

/** A training case that begins on its opening's day, so that no test depends on the day it is run. */
export async function openTestCase(
  deps: RecordsDeps,
  office: TestOffice,
  on = '2026-03-02',
  training = true,
): Promise<TestCase> {
  const actor = { kind: 'user' as const, id: office.curatorId };
  const { institutionId } = office;
  const opening = {
    family: { name: 'Тестовы', address: 'Примерная улица, 1', members: [] },
    training,
    regulation: null,
  };
  const { caseId } = await giveCommand(deps, {
    institutionId,
    actor,
    opening,
    body: { command: 'openCase', on, ground: 'application' },
  });
  const keyed = (body: NewCommand['body'], key: string) => ({
    institutionId,
    caseId,
    actor,
    body,
    idempotencyKey: key,
  });
  return {
    caseId,
    give: async (body, key = randomUUID()) => (await giveCommand(deps, keyed(body, key))).answer,
    accept: (body, key = randomUUID()) => acceptOnly(deps, keyed(body, key)),
  };
}

/** What stands in the records, read as their owner: no policy hides a row. */
export const rowsOf = async <T extends object>(records: TestRecords, sql: string, ...values: unknown[]): Promise<T[]> =>
  (await records.owner.query<T>(sql, values)).rows;

/** A plan of one measure, asked of the school. */
export const plan = {
  command: 'draftPlan',
  on: '2026-03-05',
  until: '2026-12-31',
  measures: [{ id: 'm1', what: 'Кружок', agency: 'school', responsible: 'Учитель', dueOn: '2026-04-10' }],
};
