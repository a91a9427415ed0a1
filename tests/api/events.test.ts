import { afterAll, beforeAll, expect, it } from 'vitest';
import { CaseChange } from '../../api/schemas/change.ts';
import { startApiProcess } from './support/api-process.ts';
import { clientOf, inventedFamily, opening, type Client } from './support/client.ts';
import { openHouse, type House, type Person } from './support/house.ts';
import { listen, type Listening } from './support/stream.ts';

let house: House;
let origin: string;
let anna: Person;
let curator: Client;
let caseId: string;
const open: Listening[] = [];

const listening = async (person: Person, at = origin, lastId?: string): Promise<Listening> => {
  const stream = await listen(at, person.cookie, lastId);
  open.push(stream);
  return stream;
};
const on = '2026-03-02';
const visit = () => curator.perform(caseId, { command: 'recordVisit', on, note: 'ВЫДУМАННОЕ примечание' });

beforeAll(async () => {
  house = await openHouse({ working: true });
  origin = await house.app.listen({ port: 0, host: '127.0.0.1' });
  anna = await house.hire('curator', { department: 'one' });
  curator = clientOf(house, anna);
  const head = clientOf(house, await house.hire('head', { department: 'one' }));
  caseId = await curator.openCase(opening(on, { training: true }));
  await head.perform(caseId, { command: 'assignCurator', on, curator: anna.staffId });
  await curator.perform(caseId, { command: 'giveConsent', on, kind: 'personalData', member: 'parent' });
}, 60_000);
afterAll(async () => {
  for (const stream of open) stream.leave();
  await house.close();
});

it('tells who may see a case that it has changed, by number and kind alone, and nobody else', async () => {
  const mine = await listening(anna);
  const others = await listening(await house.hire('curator', { department: 'one' }));
  const elsewhere = await listening(await house.hire('head', { institutionId: await house.addInstitution() }));
  expect(mine.status).toBe(200);
  const { seq } = await visit();
  const told = await mine.hear('the visit', ({ data }) => data.seq === seq);
  expect(told).toMatchObject({ event: 'case', data: { caseId, seq, kind: 'visitRecorded' } });
  expect(Object.keys(told.data).sort()).toEqual(Object.keys(CaseChange.shape).sort());
  const { seq: later } = await visit();
  await mine.hear('the second visit', ({ data }) => data.seq === later);
  expect([...others.heard, ...elsewhere.heard]).toEqual([]);
  expect(JSON.stringify(mine.heard)).not.toMatch(new RegExp(`ВЫДУМАННОЕ|${inventedFamily.name}`));
});

it('tells of a change that another process made; who was cut off by a kill hears what he missed', async () => {
  const second = await startApiProcess(house);
  const there = await listening(anna, second.origin);
  const { seq } = await visit();
  await there.hear('what the first process did', ({ data }) => data.seq === seq);

  await second.kill();
  await there.ended;
  const { seq: missed } = await visit();
  const back = await listening(anna, origin, there.lastId());
  await back.hear('what happened meanwhile', ({ data }) => data.seq === missed);
}, 90_000);

it('tells of a report that was given, and taken back, at another process to whoever may read it there, and to nobody else', async () => {
  const follow = (regulation: string) =>
    house.db.inScope(house, (tx) => tx.institution.updateMany({ data: { regulation } }));
  await follow('taganrog');
  const second = await startApiProcess(house);
  const head = await house.hire('head', { department: 'one' });
  const there = await listening(head, second.origin);
  const here = await listening(anna);
  const secretary = await listening(await house.hire('secretary', { body: 'commission' }), second.origin);
  const give = async (body: object): Promise<number> => {
    const answer = await clientOf(house, head).post('/institution/commands', body);
    expect(answer.statusCode, answer.body).toBe(200);
    return answer.json<{ seq: number }>().seq;
  };
  const today = (await clientOf(house, head).get('/me')).json<{ today: string }>().today;
  const seq = await give({ command: 'submitReport', on: today, report: 'quarterAnalysis' });
  for (const stream of [there, here]) {
    const told = await stream.hear('the report', ({ event }) => event === 'institution');
    expect(told.data).toEqual({ seq, kind: 'reportSubmitted' });
  }
  await second.kill();
  await there.ended;
  const later = await give({ command: 'annulEntry', on: today, entry: seq, reason: 'ВЫДУМАННАЯ причина' });
  const back = await listening(head, origin, there.lastId());
  await back.hear('what happened meanwhile', ({ data }) => data.kind === 'entryAnnulled' && data.seq === later);
  expect(secretary.heard).toEqual([]);
  expect(JSON.stringify([here.heard, back.heard])).not.toContain('ВЫДУМАННАЯ');
  await follow('borovichi');
}, 90_000);

it('says that anything may have changed to who was away too long, and refuses what is no id of its own', async () => {
  const back = await listening(anna, origin, '2020-01-01T00:00:00.000Z');
  await back.hear('a reset', ({ event }) => event === 'reset');
  expect((await listening(anna, origin, 'yesterday')).status).toBe(400);
});

it('ends with the session, takes no more than eight of one person, and needs one', async () => {
  const boris = await house.hire('curator');
  const streams: Listening[] = [];
  for (let at = 0; at < 9; at++) streams.push(await listening(boris));
  expect(streams.map(({ status }) => status)).toEqual([...Array.from({ length: 8 }, () => 200), 429]);
  await house.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: { cookie: boris.cookie } });
  await Promise.all(streams.map(({ ended }) => ended));
  expect((await listening(boris)).status).toBe(401);
});

it('tells nothing more to whoever has left, from the change after it on, and what another is now to him', async () => {
  const clara = await house.hire('secretary', { body: 'workingGroup' });
  const leaver = await house.hire('head', { department: 'one' });
  const gone = await listening(leaver);
  const moved = await listening(clara);
  const set = (person: Person, data: object) =>
    house.db.inScope(house, (tx) => tx.staff.updateMany({ where: { id: person.staffId }, data }));
  await set(leaver, { active: false });
  await set(clara, { role: 'head', body: null, department: 'one' });
  const { seq } = await visit();
  await moved.hear('the visit', ({ data }) => data.seq === seq);
  await gone.ended;
  expect(gone.heard).toEqual([]);
});

it('does not keep the process from ending', async () => {
  const stream = await listening(anna);
  // With a stream left open this would wait for ever.
  await house.app.close();
  await stream.ended;
});
