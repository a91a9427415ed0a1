import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import type { RegulationVersion } from '../../api/schemas/regulation.ts';
import type { MyDay } from '../../api/schemas/session.ts';
import type { NoticeRow } from '../../api/schemas/supervision.ts';
import { clientOf, inventedFamily, opening, type Client } from './support/client.ts';
import { openHouse, type House } from './support/house.ts';

let house: House;
let curator: Client;
let other: Client;
const cases: string[] = [];

interface Rows {
  items: z.output<typeof NoticeRow>[];
  nextCursor: string | null;
}
const notices = async (query = '', who = curator): Promise<Rows> => {
  const answer = await who.get(`/notices${query}`);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Rows>();
};

beforeAll(async () => {
  house = await openHouse({ working: true });
  const anna = await house.hire('curator', { department: 'one' });
  curator = clientOf(house, anna);
  other = clientOf(house, await house.hire('curator', { department: 'one' }));
  const head = clientOf(house, await house.hire('head', { department: 'one' }));
  for (const _ of [1, 2]) {
    const caseId = await curator.openCase(opening('2026-03-02', { training: true }));
    cases.push(caseId);
    await head.perform(caseId, { command: 'assignCurator', on: '2026-03-02', curator: anna.staffId });
    await curator.perform(caseId, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
    // Past the reminders of the diagnostics and past its day: it is late in both cases.
    await curator.post(`/cases/${caseId}/advance`, { to: '2026-03-13' });
  }
}, 60_000);
afterAll(() => house.close());

it('notices of all my cases come newest first, each with its case, its duty and its clause', async () => {
  const { items, nextCursor } = await notices('?limit=200');
  expect(nextCursor).toBeNull();
  expect(new Set(items.map((row) => row.case?.id))).toEqual(new Set(cases));
  expect(items.map((row) => row.notBefore)).toEqual(
    items
      .map((row) => row.notBefore)
      .sort()
      .reverse(),
  );
  const overdue = items.find(({ step }) => step === 'overdue');
  expect(overdue).toMatchObject({ clause: '3.1', what: { ru: expect.stringContaining('диагностика') } });
  expect(JSON.stringify(items)).not.toContain(inventedFamily.name);
});

it('pages of them meet without a gap or a repeat', async () => {
  const all = (await notices('?limit=200')).items.map(({ id }) => id);
  const paged: string[] = [];
  let cursor: string | null = '';
  while (cursor !== null) {
    const page: Rows = await notices(`?limit=3${cursor === '' ? '' : `&cursor=${cursor}`}`);
    paged.push(...page.items.map(({ id }) => id));
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all);
  expect(all.length).toBeGreaterThan(6);
});

it('they are narrowed by day, state and urgency, and shown to nobody else', async () => {
  const urgent = (await notices('?urgency=urgent')).items;
  expect(urgent.length).toBeGreaterThan(0);
  expect(urgent.every(({ urgency }) => urgency === 'urgent')).toBe(true);
  const dayOf = '2026-03-13';
  const thatDay = (await notices(`?from=${dayOf}&to=${dayOf}`)).items;
  expect(thatDay.length).toBeGreaterThan(0);
  expect(thatDay.every(({ notBefore }) => notBefore.startsWith(dayOf))).toBe(true);
  expect((await notices('?to=2026-03-01')).items).toEqual([]);
  expect((await notices('?state=seen')).items).toEqual([]);
  expect((await notices('', other)).items).toEqual([]);
});

it('duties and notices are narrowed to any of several states, or to one', async () => {
  const states = async (path: string): Promise<string[]> => {
    const answer = await curator.get(`${path}&limit=200`);
    expect(answer.statusCode, answer.body).toBe(200);
    return [...new Set(answer.json<{ items: { state: string }[] }>().items.map(({ state }) => state))].sort();
  };
  const all = await states('/duties?to=2030-01-01');
  expect(all).toEqual(expect.arrayContaining(['met', 'open', 'overdue']));
  expect(await states('/duties?state=overdue')).toEqual(['overdue']);
  expect(await states('/duties?state=open&state=overdue&state=missed')).toEqual(['open', 'overdue']);
  // Mails go out while this is asked.
  const ids = async (query: string) => (await notices(`${query}&limit=200`)).items.map(({ id }) => id);
  expect(await ids('?state=queued&state=sending&state=accepted')).toEqual(await ids('?'));
  expect(await ids('?state=bounced&state=seen')).toEqual([]);

  const refused = await curator.get('/duties?state=open&state=done');
  expect(refused.statusCode).toBe(400);
  expect(refused.json()).toMatchObject({ errors: [{ path: 'query.state.1' }] });
});

it('duties are narrowed by the regulation of their case', async () => {
  const count = async (regulation: string) =>
    (await curator.get(`/duties?regulation=${regulation}`)).json<{ items: object[] }>().items.length;
  expect(await count('borovichi')).toBeGreaterThan(0);
  expect(await count('borovichi@1')).toBe(await count('borovichi'));
  expect(await count('borovichi@2')).toBe(0);
  expect(await count('elsewhere')).toBe(0);
});

it('a version of a regulation lists its clauses in order, each with all that rests on it', async () => {
  const { clauses } = (await curator.get('/regulations/borovichi/versions/1')).json<
    z.output<typeof RegulationVersion>
  >();
  const agreement = clauses.find(({ clause }) => clause === '3.2');
  expect(agreement?.uses).toContainEqual({
    kind: 'duty',
    code: 'planApproval',
    text: { ru: 'утверждение межведомственного плана', en: 'approval of the interagency plan' },
  });
  expect(new Set(agreement?.uses.map(({ kind }) => kind))).toContain('refusal');
  const numbers = clauses.map(({ clause }) => clause);
  expect(numbers.indexOf('3.1')).toBeLessThan(numbers.indexOf('3.2'));
});

it('a case whose law this server does not know is missed aloud by whoever sees it: in his day, his dates and itself', async () => {
  const [caseId = '', known = ''] = cases;
  const follow = (regulation: string) =>
    house.db.inScope(house, async (tx) => {
      await tx.case.updateMany({ where: { id: caseId }, data: { regulationId: regulation } });
      await tx.institution.updateMany({ data: { regulation } });
    });
  const { number } = (await curator.get(`/cases/${caseId}`)).json<{ number: string }>();
  const unknown = async (who: Client, path: string) => {
    const { unknownLaws, unreckoned } = (await who.get(path)).json<Record<string, unknown>>();
    return { unknownLaws, unreckoned };
  };
  const nothing = { unknownLaws: [], unreckoned: [] };
  const deputy = clientOf(house, await house.hire('deputyDirector'));
  const lists = [
    [curator, '/my-day'],
    [curator, '/duties?state=open'],
    [curator, '/cases'],
    [deputy, '/my-day'],
    [deputy, '/late'],
  ] as const;
  for (const [who, path] of lists) expect(await unknown(who, path)).toEqual(nothing);
  await follow('vydumka');
  try {
    for (const [who, path] of lists)
      expect(await unknown(who, path)).toEqual({
        unknownLaws: ['vydumka'],
        unreckoned: [{ regulation: 'vydumka@1', cases: [number] }],
      });
    expect((await unknown(other, '/my-day')).unreckoned).toEqual([]);
    const { groups } = (await curator.get('/my-day')).json<z.output<typeof MyDay>>();
    const rows = Object.values(groups).flat();
    const refusedIn = (id: string) =>
      new Set(
        rows.filter((row) => row.case?.id === id).flatMap((row) => row.unblockedBy.map((act) => act.refusal?.code)),
      );
    expect(refusedIn(caseId)).toEqual(new Set(['regulation.unknown']));
    expect(refusedIn(known)).not.toContain('regulation.unknown');
    for (const path of ['', '/actions', '/explain']) {
      const answer = await curator.get(`/cases/${caseId}${path}`);
      expect([answer.statusCode, answer.json()]).toMatchObject([503, { code: 'law.unknown' }]);
    }
    expect((await curator.get(`/cases/${known}`)).statusCode).toBe(200);
    // What was reckoned before is still shown.
    expect((await curator.get(`/cases/${caseId}/duties`)).statusCode).toBe(200);
    const visit = { command: 'recordVisit', on: '2026-03-13' };
    const key = { 'idempotency-key': 'while-the-law-was-unknown' };
    for (const [path, headers] of [['commands', key], ['preview']] as const) {
      const unknownYet = await curator.post(`/cases/${caseId}/${path}`, visit, headers);
      expect([unknownYet.statusCode, unknownYet.json()]).toMatchObject([503, { code: 'law.unknown' }]);
    }
  } finally {
    await follow('borovichi');
  }
});
