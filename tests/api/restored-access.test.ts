import { afterAll, beforeAll, expect, it } from 'vitest';
import { recordsCommand } from '../../cli/records.ts';
import { createPasswordLink } from '../../platform/auth/password-link.ts';
import { heard } from '../support/heard.ts';
import { clientOf } from './support/client.ts';
import { openHouse, signIn, type House, type Person } from './support/house.ts';

let house: House;
let head: Person;

beforeAll(async () => {
  house = await openHouse();
  head = await house.hire('head');
});
afterAll(() => house.close());

const restored = (env: NodeJS.ProcessEnv) => {
  const records = {
    DATABASE_APP_URL: house.testDatabase.appUrl,
    DATABASE_SYSTEM_URL: house.testDatabase.systemUrl,
    KURATOR_KEY: Buffer.alloc(32, 7).toString('base64'),
  };
  return heard(() => recordsCommand(['restored', '2026-03-02T18:00:00Z'], { ...records, ...env }));
};

const me = async () => (await clientOf(house, head).get('/me')).statusCode;

it('does nothing without the accounts, whose sessions it must end', async () => {
  expect(await restored({})).toEqual({
    code: 1,
    out: '',
    err: 'Set DATABASE_AUTH_URL too, as the api has it.\n',
  });
  expect(await me()).toBe(200);
});

it('no session and no link of the older state opens anything, and the password does', async () => {
  const { user } = (await (await house.auth.$context).internalAdapter.findUserByEmail(head.email)) ?? {};
  const { token } = await createPasswordLink(house.auth, user?.id ?? 'none', new Date());
  expect(await me()).toBe(200);

  const said = await restored({ DATABASE_AUTH_URL: house.testDatabase.authUrl });
  expect(said).toMatchObject({ code: 0, err: '' });
  expect(said.out).toContain(
    '1 sessions and 1 unused links ended: everybody signs in anew; whoever left since 2026-03-02T18:00:00.000Z',
  );

  expect(await me()).toBe(401);
  const payload = { token, newPassword: 'зелёный чайник на столе' };
  const late = await house.app.inject({ method: 'POST', url: '/api/auth/reset-password', payload });
  expect(late.statusCode).toBe(410);
  expect(await signIn(house.app, head.email)).toContain('session_token');
});
