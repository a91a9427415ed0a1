import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { staffCommand } from '../../cli/staff.ts';
import { heard } from '../support/heard.ts';
import { startApiProcess, type ApiProcess } from './support/api-process.ts';
import { clientOf, opening, type Client } from './support/client.ts';
import { publicUrl } from './support/door.ts';
import { openHouse, password, signIn, type House, type Person } from './support/house.ts';

const newPassword = 'зелёный чайник на столе';

let house: House;
let elsewhere: ApiProcess;
let leaving: Person;
let curator: Client;
let other: Person;
let head: Client;
let stranger: Client;
let caseId: string;
/** What the one at the screen answers; `null`: nobody is there. */
let answer: Parameters<typeof staffCommand>[2] = null;

beforeAll(async () => {
  house = await openHouse({ working: true });
  [leaving, other] = [
    await house.hire('curator', { department: 'two' }),
    await house.hire('curator', { department: 'two' }),
  ];
  curator = clientOf(house, leaving);
  head = clientOf(house, await house.hire('head', { department: 'two' }));
  stranger = clientOf(house, await house.hire('head', { department: 'three' }));
  caseId = await curator.openCase(opening('2026-03-02', { training: true }));
  await head.perform(caseId, { command: 'assignCurator', on: '2026-03-02', curator: leaving.staffId });
  await curator.perform(caseId, { command: 'signAgreement', on: '2026-03-02', member: 'parent' });
  elsewhere = await startApiProcess(house);
}, 120_000);
afterAll(async () => {
  await elsewhere.stop();
  await house.close();
});

const environment = () => ({
  DATABASE_APP_URL: house.testDatabase.appUrl,
  DATABASE_SYSTEM_URL: house.testDatabase.systemUrl,
  DATABASE_AUTH_URL: house.testDatabase.authUrl,
  KURATOR_KEY: Buffer.alloc(32, 7).toString('base64'),
  BETTER_AUTH_SECRET: 's'.repeat(32),
  PUBLIC_URL: publicUrl,
});

/** The real program, with nobody at a screen. */
async function kuratorProcess(...args: string[]) {
  const child = spawn(process.execPath, [join(import.meta.dirname, '../../cli/kurator.mjs'), 'staff', ...args], {
    env: { PATH: process.env['PATH'], ...environment() },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** The same without the seconds that a process takes to start. */
const kurator = (...args: string[]) => heard(() => staffCommand(args, environment(), answer));

const there = (cookie: string) => fetch(`${elsewhere.origin}/api/v1/me`, { headers: { cookie } });
const read = async <T>(who: Client, path: string): Promise<T> => {
  const answer = await who.get(path);
  expect(answer.statusCode, answer.body).toBe(200);
  return answer.json<T>();
};
interface Cases {
  items: { id: string; curator: { id: string } | null }[];
}
const withoutCurator = async (who: Client): Promise<string[]> =>
  (await read<Cases>(who, '/cases?status=open&curator=none')).items.map(({ id }) => id);

it('shows what becomes of a leaving, and without a yes does nothing', async () => {
  const said = await kurator('leave', leaving.email.toUpperCase());
  expect(said.code).toBe(1);
  expect(said.out).toMatch(/^Уходит \/ leaves: Придуманный curator, curator two, curator\./);
  expect(said.out).toContain('дел в работе за ним: 1.');
  // Another curator works here: no place would be left empty.
  expect(said.out).not.toContain('ВНИМАНИЕ');
  expect(said.err).toMatch(/^Ничего не сделано: некому ответить\. Если всё верно, добавьте --yes/);
  expect((await curator.get('/me')).statusCode).toBe(200);
  const asked: string[] = [];
  answer = (question) => {
    asked.push(question);
    return Promise.resolve('нет');
  };
  expect((await kurator('leave', leaving.email)).err).toMatch(/^Ничего не сделано/);
  answer = null;
  expect(asked).toHaveLength(1);
  expect((await curator.get('/me')).statusCode).toBe(200);
});

it('warns of each place that nobody would hold', async () => {
  const shown = async (person: Person) => (await kurator('leave', person.email)).out;
  expect(await shown(await house.hire('head', { department: 'four' }))).toMatch(
    /ВНИМАНИЕ: у отделения «four» не останется заведующего/,
  );
  expect(await shown(await house.hire('secretary', { body: 'workingGroup' }))).toMatch(
    /ВНИМАНИЕ: у органа «workingGroup» не останется секретаря/,
  );
  const admin = await house.hire('administrator');
  expect(await shown(admin)).toMatch(/ВНИМАНИЕ: администратора не останется/);
  await house.hire('administrator');
  expect(await shown(admin)).not.toContain('ВНИМАНИЕ');
});

it('whoever leaves is out with the very next request, in every api process, and nothing opens the account again', async () => {
  expect((await there(leaving.cookie)).status).toBe(200);
  expect((await curator.get('/me')).statusCode).toBe(200);
  const linked = await kurator('link', leaving.email);
  const token = /password#(\S+)/.exec(linked.out)?.[1] ?? '';

  const said = await kuratorProcess('leave', leaving.email, '--yes');
  expect(said).toMatchObject({ code: 0, err: '' });

  expect((await curator.get('/me')).statusCode).toBe(401);
  expect((await there(leaving.cookie)).status).toBe(401);
  expect(await house.auth.api.getSession({ headers: new Headers({ cookie: leaving.cookie }) })).toBeNull();
  await expect(signIn(house.app, leaving.email)).rejects.toThrow('401');
  const payload = { token, newPassword };
  const late = await house.app.inject({ method: 'POST', url: '/api/auth/reset-password', payload });
  expect(late.statusCode).toBe(410);

  expect(await kurator('leave', leaving.email, '--yes')).toMatchObject({
    code: 1,
    out: '',
    err: expect.stringContaining('уже не работает; вернуть: kurator staff return') as string,
  });
  expect((await kurator('leave', 'nobody@kurator.test', '--yes')).err).toMatch(
    /^С адресом nobody@kurator\.test никто не работает/,
  );
  expect((await kurator('link', leaving.email)).err).toContain('уже не работает');
});

it('his case waits for a curator before every head, by count and by list', async () => {
  for (const who of [head, stranger]) {
    expect(await withoutCurator(who)).toEqual([caseId]);
    expect(await read(who, '/my-day')).toMatchObject({ unassigned: 1 });
    const late = await read<{ byCurator: unknown[] }>(who, '/late');
    expect(late.byCurator).toContainEqual(expect.objectContaining({ curator: null, cases: 1 }));
    expect(await read(who, `/cases/${caseId}`)).toMatchObject({ curator: null });
  }
  // What he did stays his.
  const { items } = await read<{ items: { kind: string; by: { name: string } }[] }>(head, `/cases/${caseId}/events`);
  expect(items.find(({ kind }) => kind === 'agreementSigned')?.by.name).toBe('Придуманный curator');
  const { items: staff } = await read<{ items: { id: string; active: boolean }[] }>(head, '/staff');
  expect(staff.find(({ id }) => id === leaving.staffId)?.active).toBe(false);
  const listed = await kurator('list', house.institutionId);
  expect(listed.out).toMatch(new RegExp(`${leaving.email}.*дел / cases: 1  не работает / has left`));
});

it('what was to remind him goes to the heads', async () => {
  const mails = house.office?.sink.mails ?? [];
  const before = mails.length;
  await head.post(`/cases/${caseId}/advance`, { to: '2026-03-04' });
  await house.office?.waitForMail('the reminder', (mail) => mails.indexOf(mail) >= before);
  const to = mails.slice(before).flatMap((mail) => mail.to);
  expect(to).not.toContain(leaving.email);
  expect(to.every((address) => address.startsWith('head'))).toBe(true);
});

it('nobody assigns him, and another whom a head assigns takes the case over', async () => {
  const assign = (person: Person) =>
    head.post(`/cases/${caseId}/commands`, { command: 'assignCurator', on: '2026-03-04', curator: person.staffId });
  const refused = await assign(leaving);
  expect(refused.statusCode).toBe(422);
  expect(refused.json()).toMatchObject({
    code: 'reference.unknown',
    missing: [{ ru: `сотрудник не заведён или уже не работает: ${leaving.staffId}` }],
  });
  expect((await assign(other)).statusCode).toBe(200);
  expect(await withoutCurator(head)).toEqual([]);
  expect(await read(head, '/my-day')).toMatchObject({ unassigned: 0 });
  expect((await stranger.get(`/cases/${caseId}`)).statusCode).toBe(403);
  // The entry that assigned him may still be corrected: it says what was.
  const corrected = await head.post(`/cases/${caseId}/commands`, {
    ...{ command: 'correctEntry', on: '2026-03-04', entry: 2, reason: 'день' },
    replacement: { command: 'assignCurator', on: '2026-03-02', curator: leaving.staffId },
  });
  expect(corrected.statusCode, corrected.body).toBe(200);
});

it('whoever comes back is what he was, by a new link alone', async () => {
  expect((await kurator('return', other.email)).err).toContain('и так работает');
  const said = await kurator('return', leaving.email);
  expect(said).toMatchObject({ code: 0, err: '' });
  await expect(signIn(house.app, leaving.email, password)).rejects.toThrow('401');
  expect((await curator.get('/me')).statusCode).toBe(401);
  const token = /password#(\S+)/.exec(said.out)?.[1] ?? '';
  const payload = { token, newPassword };
  expect((await house.app.inject({ method: 'POST', url: '/api/auth/reset-password', payload })).statusCode).toBe(200);
  const cookie = await signIn(house.app, leaving.email, newPassword);
  expect((await there(cookie)).status).toBe(200);
});
