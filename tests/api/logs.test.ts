import { Writable } from 'node:stream';
import { pino } from 'pino';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { faultForLog } from '../../api/fault-for-log.ts';
import { opening, clientOf, type Client } from './support/client.ts';
import { openHouse, password, type House, type Person } from './support/house.ts';

const lines: string[] = [];
const log = pino(
  { level: 'trace' },
  new Writable({ write: (chunk, _encoding, done) => (lines.push(String(chunk)), done()) }),
);

let house: House;
let curator: Person;
let client: Client;

beforeAll(async () => {
  house = await openHouse({ log });
  curator = await house.hire('curator');
  client = clientOf(house, curator);
});
afterAll(() => house.close());

describe('the log', () => {
  it('tells each request by its route, status and person, and nothing that anybody typed', async () => {
    await client.get(`/cases?q=${encodeURIComponent('Канарейкина')}`);
    await client.post(
      '/cases',
      opening('2199-01-01', { family: { name: 'Канарейкина', members: [] }, note: 'Канарейкина' }),
    );
    await client.post('/agency/request', { token: 'canary-canary-canary-canary' });
    await client.post('/simulate', { scenarios: [{ regulation: 'Канарейкина', commands: [], until: '2026-01-01' }] });
    // A request is told of when it is over, and who asked may hear of that first.
    await vi.waitFor(() => expect(lines.join('')).toContain('"route":"/api/v1/simulate"'), { timeout: 20_000 });
    const written = lines.join('');
    expect(written).toContain('"route":"/api/v1/cases"');
    expect(written).toContain(`"staffId":"${curator.staffId}"`);
    expect(written).not.toMatch(/Канарейкин|canary-canary/);
    expect(written).not.toContain(curator.email);
    expect(written).not.toContain(password);
    expect(written).not.toContain(/=([^;]+)/.exec(curator.cookie)?.[1]);
  });

  it('tells of denied access who and what', async () => {
    await client.get('/late');
    const denied = lines
      .map((line) => JSON.parse(line) as Record<string, unknown>)
      .find(({ msg }) => msg === 'access denied');
    expect(denied).toMatchObject({ code: 'access.denied', staffId: curator.staffId, route: '/api/v1/late' });
  });

  it('keeps of the database’s faults what they are, not the values that they quote', () => {
    const inner = Object.assign(new Error('invalid input: "Канарейкина"'), { code: '22P02' });
    const fault = faultForLog(new Error('could not read the case', { cause: inner }));
    expect(JSON.stringify(fault)).not.toContain('Канарейкина');
    expect(fault).toMatchObject({ message: 'could not read the case', cause: { code: '22P02' } });
  });
});
