import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { endAccess } from '../../platform/auth/end-access.ts';
import { publicUrl } from './support/door.ts';
import { openHouse, password, signIn, type House, type Person } from './support/house.ts';

let house: House;
let curator: Person;

beforeAll(async () => {
  house = await openHouse();
  curator = await house.hire('curator', { department: 'north' });
});
afterAll(() => house.close());

const me = (cookie?: string) =>
  house.app.inject({ method: 'GET', url: '/api/v1/me', ...(cookie !== undefined && { headers: { cookie } }) });

describe('signing in', () => {
  it('tells a person who he is', async () => {
    const answer = await me(curator.cookie);
    expect(answer.statusCode).toBe(200);
    expect(answer.json()).toMatchObject({
      staffId: curator.staffId,
      role: 'curator',
      department: 'north',
      institution: { id: house.institutionId, zone: 'Europe/Moscow' },
      mailbox: false,
    });
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('refuses nobody of an office that begins its day behind one address', async () => {
    // As many as the sign-in library let through in a minute when it counted, and one more.
    for (let at = 0; at < 31; at++) await signIn(house.app, curator.email);
  });

  it('keeps the session in an httpOnly cookie and its token in no body', async () => {
    const answer = await house.app.inject({
      method: 'POST',
      url: '/api/auth/sign-in/email',
      payload: { email: curator.email, password },
    });
    const cookie = answer.cookies.find((one) => one.name.includes('session_token'));
    expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Lax', path: '/' });
    expect(answer.json()).toEqual({ user: { name: 'Придуманный curator', email: curator.email } });
    expect(answer.body).not.toContain(decodeURIComponent(cookie?.value ?? 'none').split('.')[0]);
  });

  it.each([
    ['a wrong password', () => ({ email: curator.email, password: 'wrong wrong wrong' })],
    ['an unknown address', () => ({ email: 'nobody@kurator.test', password })],
  ])('refuses %s with the same words', async (_what, payload) => {
    const answer = await house.app.inject({ method: 'POST', url: '/api/auth/sign-in/email', payload: payload() });
    expect(answer.statusCode).toBe(401);
    expect(answer.json()).toMatchObject({ code: 'auth.failed', detail: 'Адрес или пароль неверны.' });
    expect(answer.cookies).toEqual([]);
  });

  it('knows nobody without a session, and says so in the asked language', async () => {
    const answer = await house.app.inject({
      method: 'GET',
      url: '/api/v1/cases',
      headers: { 'accept-language': 'en' },
    });
    expect(answer.statusCode).toBe(401);
    expect(answer.headers['content-type']).toBe('application/problem+json; charset=utf-8');
    expect(answer.json()).toMatchObject({ code: 'auth.required', title: 'Sign in to continue.', status: 401 });
  });

  it('ends with signing out', async () => {
    const cookie = await signIn(house.app, curator.email);
    expect((await me(cookie)).statusCode).toBe(200);
    // Known by its cookie for a minute, but asked about each time, whatever other cookies come with it.
    expect((await me(`theme=dark; ${cookie}`)).statusCode).toBe(200);
    const out = await house.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: { cookie } });
    expect(out.statusCode).toBe(200);
    expect((await me(cookie)).statusCode).toBe(401);
    expect((await me(`theme=dark; ${cookie}`)).statusCode).toBe(401);
  });

  it('ends at once, whichever process ends the session, and never comes back with the person', async () => {
    const gone = await house.hire('head');
    const hire = (active: boolean) =>
      house.db.inScope({ institutionId: house.institutionId }, (tx) =>
        tx.staff.update({ where: { id: gone.staffId }, data: { active } }),
      );
    expect((await me(gone.cookie)).statusCode).toBe(200);
    await hire(false);
    // As another process does it: this one is not told.
    const { id } =
      (await house.auth.$context.then((one) => one.internalAdapter.findUserByEmail(gone.email)))?.user ?? {};
    await endAccess(house.auth, id ?? 'none');
    await hire(true);
    expect((await me(gone.cookie)).statusCode).toBe(401);
  });

  it('ends by its time without being asked of the sign-in library again', async () => {
    const sleepy = await house.hire('head');
    expect((await me(sleepy.cookie)).statusCode).toBe(200);
    const owner = new pg.Client({ connectionString: house.testDatabase.ownerUrl });
    await owner.connect();
    await owner.query(
      `UPDATE auth."session" SET "expiresAt" = now() - interval '1 second'
       WHERE "userId" = (SELECT id FROM auth."user" WHERE email = $1)`,
      [sleepy.email],
    );
    await owner.end();
    expect((await me(sleepy.cookie)).statusCode).toBe(401);
  });

  it('shuts out at once whoever leaves the staff', async () => {
    const leaving = await house.hire('head');
    expect((await me(leaving.cookie)).statusCode).toBe(200);
    await house.db.inScope({ institutionId: house.institutionId }, (tx) =>
      tx.staff.update({ where: { id: leaving.staffId }, data: { active: false } }),
    );
    expect((await me(leaving.cookie)).statusCode).toBe(401);
  });

  it('takes a change of the role at once', async () => {
    const promoted = await house.hire('curator');
    expect((await me(promoted.cookie)).json()).toMatchObject({ role: 'curator' });
    await house.db.inScope({ institutionId: house.institutionId }, (tx) =>
      tx.staff.update({ where: { id: promoted.staffId }, data: { role: 'head' } }),
    );
    expect((await me(promoted.cookie)).json()).toMatchObject({ role: 'head' });
  });

  it('knows nobody by a cookie that was tampered with', async () => {
    const [name = '', value = ''] = curator.cookie.split('=');
    const forged = `${name}=${value.startsWith('a') ? 'b' : 'a'}${value.slice(1)}`;
    expect((await me(forged)).statusCode).toBe(401);
    expect((await me(curator.cookie)).statusCode).toBe(200);
  });

  it.each(['sign-up/email', 'update-user', 'list-sessions', 'forget-password'])('has no %s', async (path) => {
    const answer = await house.app.inject({
      method: 'POST',
      url: `/api/auth/${path}`,
      payload: { email: 'new@kurator.test', password, name: 'Новый' },
    });
    expect(answer.statusCode).toBe(404);
  });

  it('refuses a write from a foreign page', async () => {
    const post = (headers: Record<string, string>) =>
      house.app.inject({ method: 'POST', url: '/api/auth/sign-out', headers: { cookie: curator.cookie, ...headers } });
    expect((await post({ origin: 'https://evil.test' })).json()).toMatchObject({ status: 403, code: 'origin.foreign' });
    expect((await post({ 'sec-fetch-site': 'cross-site' })).json()).toMatchObject({
      status: 403,
      code: 'origin.foreign',
    });
    expect((await me(curator.cookie)).statusCode).toBe(200);
    expect((await post({ origin: publicUrl })).statusCode).toBe(200);
    curator = { ...curator, cookie: await signIn(house.app, curator.email) };
  });
});
