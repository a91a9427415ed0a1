import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import { ExplainView } from '../../api/schemas/explain.ts';
import type { MyDay } from '../../api/schemas/session.ts';
import type { Answers } from './support/answers.ts';
import { clientOf, inventedFamily, opening, type Client } from './support/client.ts';
import { openHouse, type House } from './support/house.ts';

let house: House;
let curator: Client;
let caseId: string;
const explain = async (): Promise<Answers['explain']> => {
  const answer = await curator.get(`/cases/${caseId}/explain`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Answers['explain']>();
};

beforeAll(async () => {
  house = await openHouse({ working: true });
  const anna = await house.hire('curator', { department: 'one' });
  const head = clientOf(house, await house.hire('head', { department: 'one' }));
  curator = clientOf(house, anna);
  caseId = await curator.openCase(opening('2026-03-02', { training: true }));
  await head.perform(caseId, { command: 'assignCurator', on: '2026-03-02', curator: anna.staffId });
  await curator.perform(caseId, {
    ...{ command: 'giveConsent', on: '2026-03-02', kind: 'personalData', member: 'parent' },
    note: 'ВЫДУМАННОЕ примечание',
  });
  await curator.perform(caseId, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
});
afterAll(() => house.close());

it('tells where a case stands on its own clock, what it waits for, and what the process does next', async () => {
  const said = await explain();
  expect(() => ExplainView.parse(said)).not.toThrow();
  expect(said.case).toMatchObject({ id: caseId, status: 'open', training: true, today: '2026-03-02' });
  expect(said.stage).toMatchObject({ stage: 'diagnostic', because: [{ entry: 1 }] });
  expect(said.waitsFor.map(({ rule, dueOn }) => ({ rule, dueOn }))).toContainEqual({
    rule: 'planApproval',
    dueOn: '2026-03-23',
  });
  expect(said.waitsFor.find(({ rule }) => rule === 'planApproval')?.unblockedBy[0]).toMatchObject({
    command: 'decidePlan',
    allowed: false,
    refusal: { clause: '3.2' },
  });
  expect(said.agenda[0]).toMatchObject({ step: 'remind-5', clause: '3.1', dueOn: '2026-03-12' });
  expect(said.wakesAt).not.toBeNull();
  expect(said.pending).toEqual([]);
});

it('my day says of each duty what stands in its way as the case itself does', async () => {
  const { groups } = (await curator.get('/my-day')).json<z.output<typeof MyDay>>();
  const rows = Object.values(groups).flat();
  expect(rows.map(({ rule }) => rule)).toContain('planApproval');
  const { waitsFor } = await explain();
  for (const { key, unblockedBy } of rows)
    expect(unblockedBy).toEqual(waitsFor.find((wait) => wait.key === key)?.unblockedBy);
  expect(rows.flatMap(({ unblockedBy }) => unblockedBy.map(({ allowed }) => allowed))).toEqual(
    expect.arrayContaining([true, false]),
  );
});

it('lists every notice with its state, and its agenda goes on from there', async () => {
  const next = (await explain()).agenda[0];
  await curator.post(`/cases/${caseId}/advance`, { to: 'nextEvent' });
  const said = await explain();
  expect(said.notices.items).toContainEqual(
    expect.objectContaining({ dutyKey: next?.dutyKey, step: next?.step, audience: 'role:curator' }),
  );
  expect(said.agenda).not.toContainEqual(next);
  expect(said.notices.nextCursor).toBeNull();
});

it('holds no personal text, though the same person may read it elsewhere', async () => {
  const { body } = await curator.get(`/cases/${caseId}/explain`);
  for (const personal of [
    'ВЫДУМАННОЕ',
    inventedFamily.name,
    inventedFamily.address,
    ...inventedFamily.members.map(({ name }) => name),
    '@',
  ]) {
    // A duty's key has an at sign; an address has letters and a dot after it.
    if (personal === '@') expect(body).not.toMatch(/@[a-z]+\.[a-z]/);
    else expect(body).not.toContain(personal);
  }
});
