import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createTestOffice, createTestRecords, openTestCase, type TestOffice, type TestRecords } from './support.ts';

let records: TestRecords;
let office: TestOffice;

beforeAll(async () => {
  records = await createTestRecords();
  office = await createTestOffice(records.db);
});

afterAll(() => records.close());

const rowsOf = async <T extends object>(sql: string, ...values: unknown[]): Promise<T[]> => (await records.owner.query<T>(sql, values)).rows;

describe('the transaction', () => {
  it('opens a case: number, stage, duties, wake', async () => {
    const family = await openTestCase(records.deps, office);
    const answer = await family.give({ command: 'signAgreement', on: '2026-03-02' });
    expect(answer).toMatchObject({ accepted: true, seq: 2, stage: 'diagnostic', nextDueOn: '2026-03-23' });
    const rows = await rowsOf<{ number: string }>('SELECT number, stage, seq, awaited, next_wake_at, projected_at FROM cases WHERE id = $1', family.caseId);
    console.log(rows, await rowsOf('SELECT key, due_on, state FROM duties WHERE case_id = $1', family.caseId), await rowsOf('SELECT * FROM agenda WHERE case_id = $1', family.caseId));
  });
});
