import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { heard } from '../support/heard.ts';
import { institutionCommand } from '../../cli/institution.ts';
import { makeOffice } from '../../cli/make-office.ts';
import { staffCommand } from '../../cli/staff.ts';
import { createPasswordLink } from '../../platform/auth/password-link.ts';
import { publicUrl } from '../api/support/door.ts';
import { openHouse, signIn, type House } from '../api/support/house.ts';

const root = join(import.meta.dirname, '../..');
const hours = { opens: '09:00', closes: '18:00', remindAt: '09:00' };
const folder = mkdtempSync(join(tmpdir(), 'kurator-office-'));
const newPassword = 'зелёный чайник на столе';

let house: House;
beforeAll(async () => {
  house = await openHouse();
});
afterAll(async () => {
  rmSync(folder, { recursive: true, force: true });
  await house.close();
});

interface Said {
  code: number | null;
  out: string;
  err: string;
}

const environment = () => {
  const { appUrl, systemUrl, authUrl } = house.testDatabase;
  return {
    DATABASE_APP_URL: appUrl,
    DATABASE_SYSTEM_URL: systemUrl,
    DATABASE_AUTH_URL: authUrl,
    KURATOR_KEY: randomBytes(32).toString('base64'),
    BETTER_AUTH_SECRET: 's'.repeat(32),
    PUBLIC_URL: publicUrl,
  };
};

/** The real program in a process of its own, the file on its standard input. */
async function kuratorProcess(args: string[], file: string): Promise<Said> {
  const env = { PATH: process.env['PATH'], ...environment() };
  const child = spawn(process.execPath, [join(root, 'cli/kurator.mjs'), ...args], { env });
  child.stdin.end(file);
  const ended = new Promise<number | null>((done) => child.once('close', done));
  const [out, err, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  return { code, out, err };
}

/** The same without the seconds that a process takes to start; what several of them say at a time runs together. */
async function kurator([word, ...args]: [string, ...string[]], content = ''): Promise<Said> {
  const file = join(folder, 'file.yaml');
  writeFileSync(file, content);
  const run = word === 'institution' ? institutionCommand : staffCommand;
  return heard(() =>
    run(
      args.map((one) => (one === '-' ? file : one)),
      environment(),
    ),
  );
}

const officeFile = (code: string, name = `Служба ${code}`, more = ''): string => `institution:
  code: ${code}
  name: ${name}
  zone: Asia/Yekaterinburg
  regulation: borovichi
agencies:
  - { code: school, name: Школа (пример), email: school@${code}.example }
staff:
  - { role: administrator, name: Придуманный Администратор, email: Admin@${code}.example }
  - { role: secretary, name: Придуманный Секретарь, email: secretary@${code}.example, body: commission }
${more}`;

const tokenOf = ({ out }: Said, email: string): string => {
  const [, token] = new RegExp(`${email}.*\\n\\s+${publicUrl}/password#(\\S+)`, 'i').exec(out) ?? [];
  if (token === undefined) throw new Error(`no link of ${email} in: ${out}`);
  return token;
};

const setPassword = (token: string, chosen = newPassword) =>
  house.app.inject({ method: 'POST', url: '/api/auth/reset-password', payload: { token, newPassword: chosen } });

/** Rows that a run could leave behind. */
const counts = async () => {
  const { internalAdapter } = await house.auth.$context;
  const { institutions, people } = await house.db.inSystemScope(async (tx) => ({
    institutions: await tx.institution.count(),
    people: (await tx.staff.findMany({ select: { id: true } })).length,
  }));
  return { institutions, people, accounts: await internalAdapter.countTotalUsers() };
};

describe('kurator institution add', () => {
  it('makes an institution whose people set their passwords by one-time links and sign in', async () => {
    const said = await kuratorProcess(['institution', 'add', '-'], officeFile('zarechye'));
    expect(said).toMatchObject({ code: 0, err: '' });
    expect(said.out).toMatch(
      /^Учреждение создано \/ the institution is made: Служба zarechye, zarechye \([0-9a-f-]{36}\)\n/,
    );
    await expect(signIn(house.app, 'admin@zarechye.example', newPassword)).rejects.toThrow('401');

    const token = tokenOf(said, 'admin@zarechye.example');
    expect((await setPassword(token, 'short')).json()).toMatchObject({ status: 400, code: 'request.invalid' });
    expect((await setPassword(token)).json()).toEqual({ success: true });
    const cookie = await signIn(house.app, 'admin@zarechye.example', newPassword);
    const me = (await house.app.inject({ url: '/api/v1/me', headers: { cookie } })).json<Record<string, unknown>>();
    expect(me).toMatchObject({
      role: 'administrator',
      institution: { name: 'Служба zarechye', zone: 'Asia/Yekaterinburg', regulation: { id: 'borovichi' } },
    });
    // Once: by then the link may lie in a chat.
    expect((await setPassword(token, 'another long password')).json()).toMatchObject({
      status: 410,
      code: 'password.link-invalid',
    });
    await signIn(house.app, 'admin@zarechye.example', newPassword);
  });

  it('refuses a second one of the same code, name or address in a sentence, and nothing is half-made', async () => {
    expect(await kurator(['institution', 'add', '-'], officeFile('dvoinaya'))).toMatchObject({ code: 0 });
    const before = await counts();
    const again = [
      officeFile('dvoinaya', 'Другое имя').replaceAll('@dvoinaya', '@other'),
      officeFile('inaya', 'Служба dvoinaya'),
      officeFile('tretya').replace('secretary@tretya.example', 'SECRETARY@dvoinaya.example'),
    ];
    const said = [];
    for (const file of again) said.push(await kurator(['institution', 'add', '-'], file));
    expect(said.map(({ code, out }) => ({ code, out }))).toEqual(again.map(() => ({ code: 1, out: '' })));
    expect(said[0]?.err).toMatch(/^Учреждение с таким кодом или названием уже есть .*ничего не сделано/);
    expect(said[1]?.err).toMatch(/^Учреждение с таким кодом или названием уже есть/);
    expect(said[2]?.err).toMatch(/^Уже входят в Куратор: secretary@dvoinaya\.example; ничего не сделано/);
    expect(await counts()).toEqual(before);
  });

  it('all of several at the same moment come to one', async () => {
    const { db, auth } = house;
    const parts = (n: number) => ({
      institutionId: '8d9bb0c0-6f0f-4a53-9a0a-5ad6d9f2c001',
      institution: { name: 'Служба разом', zone: 'Europe/Moscow', regulation: 'borovichi', hours },
      agencies: [],
      staff: [{ role: 'administrator' as const, name: 'Придуманный', email: `admin${n % 2}@razom.example` }],
    });
    const before = await counts();
    const ended = await Promise.allSettled(
      [1, 2, 3, 4].map((n) => makeOffice({ db, auth, now: () => new Date() }, parts(n))),
    );
    expect(ended.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected', 'rejected', 'rejected']);
    for (const one of ended)
      if (one.status === 'rejected') expect(String(one.reason)).toMatch(/^OfficeFault: .*ничего не сделано/);
    const after = await counts();
    expect(after).toEqual({
      institutions: before.institutions + 1,
      people: before.people + 1,
      accounts: after.accounts,
    });
    const [won] = ended.flatMap((one) => (one.status === 'fulfilled' ? one.value : []));
    await setPassword(won?.link.token ?? '');
    await signIn(house.app, won?.email ?? '', newPassword);
  });

  it('takes up the account of a run that was killed before its records were written', async () => {
    const { internalAdapter } = await house.auth.$context;
    const left = { email: 'admin@ubitaya.example', name: 'Придуманный', emailVerified: true };
    await internalAdapter.createUser(left, { method: 'email-password' });
    const said = await kurator(['institution', 'add', '-'], officeFile('ubitaya'));
    expect(said.code).toBe(0);
    await setPassword(tokenOf(said, left.email));
    await signIn(house.app, left.email, newPassword);
  });

  it('names every fault of the file by line, and makes nothing of it', async () => {
    const before = await counts();
    const file = officeFile('oshibki', 'Служба', '  - { role: secretary, name: Б, email: admin@oshibki.example }\n')
      .replace('Asia/Yekaterinburg', 'Ural')
      .replace('regulation: borovichi', 'regulation: nowhere')
      .replace('role: administrator', 'role: curator');
    const { code, out, err } = await kurator(['institution', 'add', '-'], file);
    expect({ code, out }).toEqual({ code: 2, out: '' });
    expect(err).toMatch(/file\.yaml:4: нет часового пояса «Ural» \/ no time zone "Ural"/m);
    expect(err).toMatch(/file\.yaml:5: нет регламента «nowhere», есть: .*borovichi/m);
    expect(err).toMatch(/file\.yaml:9: нужен хотя бы один сотрудник с ролью administrator/m);
    expect(err).toMatch(/file\.yaml:11: этот адрес уже назван выше/m);
    expect(err).toMatch(/file\.yaml:11: у секретаря, и только у него, есть body/m);
    const bad = await kurator(['institution', 'add', '-'], officeFile('Код').replace('email: Admin', 'mail: Admin'));
    expect(bad.code).toBe(2);
    expect(bad.err).toMatch(/file\.yaml:2: institution\.code: .* \/ /m);
    expect(bad.err).toMatch(/file\.yaml:9: staff\.0\.email: /m);
    expect((await kurator(['institution', 'add', '/nowhere.yaml'])).err).toBe(
      '/nowhere.yaml: файл не читается / cannot be read\n',
    );
    expect(await counts()).toEqual(before);
  });
});

describe('kurator staff', () => {
  it('adds people and agencies to an institution, whole or not at all', async () => {
    await kurator(['institution', 'add', '-'], officeFile('rost'));
    const file = `institution: rost
agencies:
  - { code: clinic, name: Поликлиника (пример), email: clinic@rost.example }
staff:
  - { role: curator, name: Придуманный Куратор, email: curator@rost.example, department: families }
  - { role: agencyOfficer, name: Придуманный Врач, email: doctor@rost.example, agency: clinic }
  - { role: agencyOfficer, name: Придуманный Учитель, email: teacher@rost.example, agency: school }
`;
    const said = await kurator(['staff', 'add', '-'], file);
    expect(said).toMatchObject({ code: 0, err: '' });
    await setPassword(tokenOf(said, 'doctor@rost.example'));
    const cookie = await signIn(house.app, 'doctor@rost.example', newPassword);
    const me = (await house.app.inject({ url: '/api/v1/me', headers: { cookie } })).json<{
      institution: { id: string };
    }>();
    expect(me).toMatchObject({ role: 'agencyOfficer', agency: 'clinic' });
    const listed = await kurator(['institution', 'list']);
    expect(listed.out).toContain(`${me.institution.id}  Служба rost, Asia/Yekaterinburg, borovichi\n`);

    const before = await counts();
    const twice = file
      .replace('clinic@', 'new@')
      .replace('code: clinic', 'code: police')
      .replace('agency: clinic', 'agency: police');
    expect((await kurator(['staff', 'add', '-'], twice)).err).toMatch(/^Уже входят в Куратор: curator@rost\.example, /);
    expect((await kurator(['staff', 'add', '-'], file)).err).toMatch(
      /file\.yaml:3: ведомство «clinic» названо дважды или уже есть/,
    );
    expect((await kurator(['staff', 'add', '-'], file.replace('rost', 'nigde'))).err).toMatch(
      /^Учреждения «nigde» нет/,
    );
    expect(await counts()).toEqual(before);
  });

  it('makes a new link for a forgotten password: who was signed in by the old one is out', async () => {
    const made = await kurator(['institution', 'add', '-'], officeFile('zabyl'));
    await setPassword(tokenOf(made, 'admin@zabyl.example'));
    const cookie = await signIn(house.app, 'admin@zabyl.example', newPassword);
    const said = await kurator(['staff', 'link', 'ADMIN@zabyl.example']);
    expect(said.code).toBe(0);
    await setPassword(tokenOf(said, 'admin@zabyl.example'), 'совсем другой пароль');
    await signIn(house.app, 'admin@zabyl.example', 'совсем другой пароль');
    await expect(signIn(house.app, 'admin@zabyl.example', newPassword)).rejects.toThrow('401');
    const session = await house.auth.api.getSession({ headers: new Headers({ cookie }) });
    expect(session).toBeNull();
    expect((await kurator(['staff', 'link', 'nobody@zabyl.example'])).err).toMatch(
      /^С адресом nobody@zabyl\.example никто не работает/,
    );
  });

  it('a link that has run out opens nothing', async () => {
    const made = await kurator(['institution', 'add', '-'], officeFile('pozdno'));
    expect(made.code).toBe(0);
    const { internalAdapter } = await house.auth.$context;
    const found = await internalAdapter.findUserByEmail('admin@pozdno.example');
    const { token } = await createPasswordLink(house.auth, found?.user.id ?? '', new Date(Date.now() - 73 * 3_600_000));
    expect((await setPassword(token)).json()).toMatchObject({ status: 410, code: 'password.link-invalid' });
  });
});
