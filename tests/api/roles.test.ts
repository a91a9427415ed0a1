import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { moveToNoon } from './support/around-noon.ts';
import { clientOf, opening, type Client } from './support/client.ts';
import { openHouse, type House } from './support/house.ts';

/** Everybody who may knock, and how he stands to the one case of this test. */
const people = [
  'curator of the case',
  'curator of the same department',
  'head of the department',
  'head of another department',
  'head of the whole service',
  'deputy director',
  'secretary of its commission',
  'secretary of another body',
  'officer of the asked agency',
  'officer of another agency',
  'administrator',
  'curator of another institution',
] as const;
type Who = (typeof people)[number];

const inCase: Who[] = ['curator of the case', 'head of the department', 'head of the whole service'];
const readers: Who[] = [...inCase, 'deputy director', 'secretary of its commission'];
const everybody: readonly Who[] = people;
const staff = everybody.filter((who) => !who.startsWith('officer'));
const heads: Who[] = ['head of the department', 'head of another department', 'head of the whole service'];
const withCases = staff.filter((who) => who !== 'administrator');

let house: House;
let caseId: string;
let requestId: string;
const clients = new Map<Who, Client>();
const client = (who: Who): Client => {
  const found = clients.get(who);
  if (!found) throw new Error(`nobody is ${who}`);
  return found;
};

beforeAll(async () => {
  house = await openHouse({ working: true });
  await moveToNoon(house);
  const school = await house.agencyId('school');
  const clinic = await house.agencyId('clinic');
  const elsewhere = await house.addInstitution();
  // Side by side: most of the time goes into hashing passwords, which a thread pool does.
  const hired = {
    'curator of the case': house.hire('curator', { department: 'north' }),
    'curator of the same department': house.hire('curator', { department: 'north' }),
    'head of the department': house.hire('head', { department: 'north' }),
    'head of another department': house.hire('head', { department: 'south' }),
    'head of the whole service': house.hire('head'),
    'deputy director': house.hire('deputyDirector'),
    'secretary of its commission': house.hire('secretary', { body: 'commission' }),
    'secretary of another body': house.hire('secretary', { body: 'workingGroup' }),
    'officer of the asked agency': house.hire('agencyOfficer', { agencyId: school }),
    'officer of another agency': house.hire('agencyOfficer', { agencyId: clinic }),
    administrator: house.hire('administrator'),
    'curator of another institution': house.hire('curator', { institutionId: elsewhere }),
  } satisfies Record<Who, unknown>;
  await Promise.all(people.map(async (who) => clients.set(who, clientOf(house, await hired[who]))));
  const anna = await hired['curator of the case'];

  const curator = client('curator of the case');
  const on = (await curator.get('/me')).json<{ today: string }>().today;
  const nextYear = Number(on.slice(0, 4)) + 1;
  caseId = await curator.openCase(opening(on));
  await client('head of the department').perform(caseId, { command: 'assignCurator', on, curator: anna.staffId });
  for (const step of [
    { command: 'giveConsent', kind: 'personalData', member: 'parent' },
    { command: 'signAgreement' },
    { command: 'recordDiagnostics', kind: 'initial' },
    {
      command: 'draftPlan',
      until: `${nextYear}-06-30`,
      measures: [
        {
          id: 'm1',
          what: 'Помощь в учёбе',
          agency: 'school',
          responsible: 'заместитель директора',
          dueOn: `${nextYear}-05-31`,
        },
      ],
    },
    { command: 'submitPlan', to: 'commission' },
    { command: 'decidePlan', by: 'commission', decision: 'approve', resolutionNo: '1' },
    { command: 'sendPlan', to: ['school'] },
  ]) {
    await curator.perform(caseId, { on, ...step });
  }
  requestId = (await curator.get(`/cases/${caseId}/requests`)).json<{ items: { id: string }[] }>().items[0]!.id;
}, 60_000);
afterAll(() => house.close());

interface Knock {
  route: string;
  may: readonly Who[];
  call: (client: Client) => ReturnType<Client['get']>;
}

const get = (route: string, may: readonly Who[]): Knock => ({
  route: `GET ${route}`,
  may,
  call: (client) => client.get(route.replace(':id', caseId)),
});

/** A body that is refused or changes nothing lasting: what counts is whether it gets past the door. */
const post = (route: string, may: readonly Who[], body: () => object): Knock => ({
  route: `POST ${route} ${String((body() as { command?: string }).command ?? '')}`,
  may,
  call: (client) => client.post(route.replace(':id', caseId).replace(':requestId', requestId), body()),
});

const command = (may: readonly Who[], body: object): Knock =>
  post('/cases/:id/commands', may, () => ({ on: '2199-01-01', ...body }));

const withReports = withCases.filter((who) => !who.startsWith('secretary'));

const knocks: Knock[] = [
  get('/me', everybody),
  get('/my-day', everybody),
  get('/cases', withCases),
  get('/duties', withCases),
  get('/notices', withCases),
  get('/late', [...heads, 'deputy director']),
  get('/institution/duties', withReports),
  get('/institution/reports', withReports),
  post('/institution/commands', withReports, () => ({ command: 'submitReport', on: '2199-01-01', report: 'quarter' })),
  post('/institution/commands', heads, () => ({ command: 'annulEntry', on: '2199-01-01', entry: 1, reason: 'ошибка' })),
  get('/staff', staff),
  get('/agencies', staff),
  get('/regulations', everybody),
  get('/command-table', everybody),
  get('/cases/:id', readers),
  get('/cases/:id/duties', readers),
  get('/cases/:id/events', readers),
  get('/cases/:id/notices', readers),
  get('/cases/:id/actions', readers),
  get('/cases/:id/explain', readers),
  get('/cases/:id/requests', [...readers, 'officer of the asked agency']),
  post('/simulate', everybody, () => ({ scenarios: [{ regulation: 'borovichi', commands: [], until: '2026-12-31' }] })),
  post(
    '/cases',
    withCases.filter((who) => who.startsWith('curator') || who.startsWith('head')),
    () => opening('2199-01-01'),
  ),
  post('/cases/:id/preview', inCase, () => ({ command: 'recordVisit', on: '2026-03-02' })),
  post('/cases/:id/advance', inCase, () => ({ to: 'nextEvent' })),
  post('/cases/:id/requests/:requestId/link', inCase, () => ({})),
  command(inCase, { command: 'recordVisit' }),
  command(['head of the department', 'head of the whole service'], { command: 'issueOrder', kind: 'enrolment' }),
  command([...inCase, 'secretary of its commission'], { command: 'decidePlan', by: 'commission', decision: 'reject' }),
  command(inCase, { command: 'decidePlan', by: 'workingGroup', decision: 'reject' }),
  command([...inCase, 'officer of the asked agency'], { command: 'recordResult', measure: 'm1' }),
  // The first entry is of the curator and of today; his colleague's and older ones are another test.
  command(inCase, { command: 'annulEntry', entry: 3, reason: 'ошибка' }),
  command(['head of the department', 'head of the whole service'], {
    command: 'annulEntry',
    entry: 2,
    reason: 'ошибка',
  }),
];

describe.each(knocks)('$route', ({ route, may, call }) => {
  it.each(people)('by the %s', async (who) => {
    const { statusCode } = await call(client(who));
    if (may.includes(who)) expect([401, 403, 404]).not.toContain(statusCode);
    // Another institution's case does not even exist.
    else expect(statusCode).toBe(who === 'curator of another institution' && route.includes(':id') ? 404 : 403);
  });
});

describe('what a list shows', () => {
  const ids = async (who: Who, url: string): Promise<string[]> =>
    (await client(who).get(url))
      .json<{ items: { id?: string; case?: { id: string } }[] }>()
      .items.map((item) => item.case?.id ?? item.id ?? '');

  it.each(withCases)('to the %s is his own', async (who) => {
    const expected = readers.includes(who) ? [caseId] : [];
    expect([...new Set(await ids(who, '/cases'))]).toEqual(expected);
    expect([...new Set(await ids(who, '/duties'))]).toEqual(expected);
  });

  it('to an agency’s officer is his agency’s requests, without the family’s name', async () => {
    const officer = client('officer of the asked agency');
    const requests = (await officer.get(`/cases/${caseId}/requests`)).json<{ items: { agency: { code: string } }[] }>()
      .items;
    expect(requests.map(({ agency }) => agency.code)).toEqual(['school']);
    expect((await officer.get('/my-day')).body).not.toContain('Выдумкиных');
  });

  it('says nothing of another institution’s staff', async () => {
    expect(await ids('curator of another institution', '/staff')).toHaveLength(1);
  });
});

describe('without a session', () => {
  it.each(knocks)('$route asks to sign in', async ({ call }) => {
    const nobody = clientOf(house, { staffId: randomUUID(), email: '', cookie: '' });
    expect((await call(nobody)).statusCode).toBe(401);
  });
});
