import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { z } from 'zod';
import type { Duty, DutyRow } from '../../api/schemas/duty.ts';
import type { NoticeRow } from '../../api/schemas/supervision.ts';
import { planOwnNotices } from '../../platform/notices/plan-own-notices.ts';
import { takeOwnTurn } from '../../platform/records/own-turn.ts';
import { loadInstitution } from '../../platform/records/read-institution.ts';
import { moveToNoon } from './support/around-noon.ts';
import { clientOf, opening, type Client } from './support/client.ts';
import { openHouse, type House } from './support/house.ts';

let house: House;
let curator: Client;
let head: Client;
let deputy: Client;
let secretary: Client;

interface Rows {
  items: z.output<typeof DutyRow>[];
  nextCursor: string | null;
}

/** An institution of another year's reports: entered in the middle of a quarter long gone, so that some are late whenever this runs. */
beforeAll(async () => {
  house = await openHouse({ working: true });
  await moveToNoon(house);
  await house.db.inScope(house, (tx) =>
    tx.institution.updateMany({
      data: { regulation: 'gus-khrustalny', createdAt: new Date('2026-02-16T07:00:00Z') },
    }),
  );
  curator = clientOf(house, await house.hire('curator'));
  head = clientOf(house, await house.hire('head'));
  deputy = clientOf(house, await house.hire('deputyDirector'));
  secretary = clientOf(house, await house.hire('secretary', { body: 'commission' }));
}, 60_000);
afterAll(() => house.close());

const rows = async (who: Client, url: string): Promise<Rows['items']> => {
  const answer = await who.get(url);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<Rows>().items;
};
const keys = (items: readonly { key: string }[]): string[] => items.map(({ key }) => key);
const own = (items: Rows['items']): string[] => keys(items.filter((row) => row.case === null));

it('shows its reports with why, clause and state', async () => {
  const { items } = (await head.get('/institution/duties')).json<{ items: z.output<typeof Duty>[] }>();
  const first = items.find(({ key }) => key === 'quarterReport@i/2026Q1');
  expect(first).toMatchObject({ clause: '5.3', state: 'overdue', dueOn: '2026-04-01', scope: 'institution' });
  expect(first?.why.length).toBeGreaterThan(0);
  expect(first?.acts[0]).toMatchObject({ command: 'submitReport', fields: { period: '2026Q1' } });
});

it('shows what is late to the supervisor, among all duties, and to whoever is awaited', async () => {
  const late = own(await rows(deputy, '/late?limit=200'));
  expect(late).toEqual(
    expect.arrayContaining(['quarterReport@i/2026Q1', 'quarterReportToDeputy@i/2026Q1', 'halfYearReport@i/2026H1']),
  );
  expect(own(await rows(curator, '/duties?state=overdue&limit=200'))).toEqual(late);
  expect(own(await rows(secretary, '/duties?limit=200'))).toEqual([]);
  expect(own(await rows(curator, '/duties?awaited=head&state=overdue'))).not.toContain('quarterReport@i/2026Q1');
  expect(own(await rows(curator, '/duties?regulation=borovichi'))).toEqual([]);
  const overdueOf = async (who: Client) =>
    own((await who.get('/my-day')).json<{ groups: Record<string, Rows['items']> }>().groups['overdue']!);
  expect(await overdueOf(curator)).toContain('quarterReport@i/2026Q1');
  expect(await overdueOf(curator)).not.toContain('halfYearReport@i/2026H1');
  expect(await overdueOf(head)).toContain('halfYearReport@i/2026H1');
});

it('stands in pages of duties among those of cases, without a gap or a repeat', async () => {
  const today = (await curator.get('/me')).json<{ today: string }>().today;
  const caseId = await curator.openCase({ ...opening(today), regulation: 'borovichi' });
  await curator.perform(caseId, { command: 'signAgreement', on: today, member: 'parent' });
  const all = keys(await rows(curator, '/duties?limit=200'));
  const paged: string[] = [];
  for (let cursor: string | null = ''; cursor !== null;) {
    const page: Rows = (await curator.get(`/duties?limit=2${cursor && `&cursor=${cursor}`}`)).json<Rows>();
    paged.push(...keys(page.items));
    cursor = page.nextCursor;
  }
  expect(paged).toEqual(all);
  expect(all.some((key) => key.includes('@i'))).toBe(true);
  expect(all.some((key) => !key.includes('@i'))).toBe(true);
});

it('shows its mails among those of cases to whoever may see its reports, each with its duty and its clause', async () => {
  const mails = async (who: Client, query = ''): Promise<z.output<typeof NoticeRow>[]> => {
    const answer = await who.get(`/notices?limit=200${query}`);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ items: z.output<typeof NoticeRow>[] }>().items.filter((row) => row.case === null);
  };
  // As the dispatcher does when it looks.
  await house.db.inScope(house, async (tx) => {
    await takeOwnTurn(tx, house.records, house.institutionId);
    await planOwnNotices(tx, house.records, await loadInstitution(tx, house.records));
  });
  const own = await mails(deputy);
  const overdue = own.find(({ dutyKey, step }) => dutyKey === 'quarterReport@i/2026Q1' && step === 'overdue');
  expect(overdue).toMatchObject({ clause: '5.3', what: { ru: expect.any(String) } });
  expect((await mails(curator)).map(({ id }) => id)).toContain(overdue?.id);
  expect(await mails(deputy, '&curator=none')).toEqual([]);
  expect(await mails(secretary)).toEqual([]);
});

it('takes a report once, by its key, and shows it no more as late; the head takes it back', async () => {
  const body = { command: 'submitReport', on: '2026-04-02', report: 'quarterly', period: '2026Q1' };
  const key = randomUUID();
  const first = await curator.post('/institution/commands', body, { 'idempotency-key': key });
  expect(first.statusCode, first.body).toBe(200);
  expect(first.json()).toMatchObject({ meets: ['quarterReport@i/2026Q1'] });
  const again = await curator.post('/institution/commands', body, { 'idempotency-key': key });
  expect(again.json()).toEqual(first.json());
  const twice = await curator.post('/institution/commands', body);
  expect(twice.statusCode).toBe(409);
  expect(twice.json()).toMatchObject({ code: 'case.duplicate' });
  expect(own(await rows(deputy, '/late?limit=200'))).not.toContain('quarterReport@i/2026Q1');
  const { seq } = first.json<{ seq: number }>();
  const annul = { command: 'annulEntry', on: '2026-04-02', entry: seq, reason: 'не тот квартал' };
  expect((await deputy.post('/institution/commands', annul)).statusCode).toBe(403);
  expect((await head.post('/institution/commands', annul)).statusCode).toBe(200);
  expect(own(await rows(deputy, '/late?limit=200'))).toContain('quarterReport@i/2026Q1');
  const log = (await head.get('/institution/reports')).json<{ items: object[] }>().items;
  expect(log).toMatchObject([
    { kind: 'entryAnnulled', annuls: seq, what: null },
    {
      ...{ kind: 'reportSubmitted', period: '2026Q1', annulledBy: seq + 1 },
      what: { ru: expect.stringMatching(/: 1 квартал 2026 года$/) as string },
    },
  ]);
});

it('is nobody’s case: a case takes no report, nor does its past', async () => {
  const today = (await curator.get('/me')).json<{ today: string }>().today;
  const caseId = await curator.openCase({ ...opening(today), regulation: 'borovichi' });
  const body = { command: 'submitReport', on: today, report: 'quarterly' };
  const refused = await curator.post(`/cases/${caseId}/commands`, body);
  expect(refused.statusCode).toBe(400);
  expect(refused.body).toContain('/api/v1/institution/commands');
  const { items } = (await curator.get(`/cases/${caseId}/actions`)).json<{ items: { command: string }[] }>();
  expect(items.map(({ command }) => command)).not.toContain('submitReport');
  const adopted = await head.post('/cases/adopt/preview', {
    on: today,
    family: opening(today).family,
    facts: [{ command: 'openCase', on: today, ground: 'application', category: 'sop' }, body],
  });
  expect(adopted.statusCode, adopted.body).toBe(422);
  expect(adopted.body).toContain('facts.1.command');
});
