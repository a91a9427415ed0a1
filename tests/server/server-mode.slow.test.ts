import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createAccount } from '../../platform/auth/create-account.ts';
import { createAuth } from '../../platform/auth/auth.ts';
import { loadConfig } from '../../platform/config/config.ts';
import { createDatabase } from '../../platform/database/scope.ts';
import type { Database } from '../../platform/database/scope.ts';
import { connections } from '../../platform/mail/mailer.ts';
import { opening } from '../api/support/client.ts';
import { password } from '../api/support/house.ts';
import { runs } from '../support/runs.ts';
import { seedOffice } from '../support/office-people.ts';
import { openSmtpSink } from '../support/smtp-sink.ts';
import type { SmtpSink } from '../support/smtp-sink.ts';
import { root } from './compose.ts';
import { signInAt } from './retrying-client.ts';
import type { RetryingClient } from './retrying-client.ts';
import { openStand, until } from './stand.ts';
import type { Stand, StandProcess } from './stand.ts';

const visitedCases = 6;
const visitsEach = runs(40);
const advancedCases = 4;
const advancesEach = 4;
const on = '2026-03-02';

interface Answer {
  commandId: string;
  caseId: string;
  seq: number;
}

describe('two apis and two workers by docker-compose.yml', () => {
  let sink: SmtpSink;
  let stand: Stand;
  let db: Database;
  let institutionId: string;
  const apis: StandProcess[] = [];
  const workers: StandProcess[] = [];
  let curator: RetryingClient;
  let head: RetryingClient;
  let curatorId: string;

  beforeAll(async () => {
    sink = await openSmtpSink();
    stand = await openStand(sink.url);
    const [apiOne, apiTwo, workerOne, workerTwo] = await Promise.all([
      ...[stand.start('api'), stand.start('api')],
      ...[stand.start('worker'), stand.start('worker')],
    ]);
    apis.push(apiOne as StandProcess, apiTwo as StandProcess);
    workers.push(workerOne as StandProcess, workerTwo as StandProcess);
    const config = loadConfig(stand.environmentOf('api'));
    db = createDatabase(config.database);
    const { auth, close } = createAuth({
      authUrl: config.database.authUrl,
      secret: config.authSecret,
      publicUrl: config.publicUrl,
    });
    const office = await seedOffice(db, 'borovichi');
    institutionId = office.institutionId;
    curatorId = office.people.curator.id;
    for (const { id, email } of [office.people.curator, office.people.head]) {
      const userId = await createAccount(auth, { email, name: 'Придуманный сотрудник', password });
      await db.inScope({ institutionId }, (tx) => tx.staff.update({ where: { id }, data: { userId } }));
    }
    await close();
    const urls = (): string[] => apis.map(({ url }) => url);
    curator = await signInAt(urls, office.people.curator.email);
    head = await signInAt(urls, office.people.head.email);
  });
  afterAll(async () => {
    await db?.close();
    await stand?.close();
    await sink?.close();
  });

  async function openCase(): Promise<string> {
    const { caseId } = await curator.post<Answer>('/cases', opening(on, { training: true }), randomUUID());
    const assign = { command: 'assignCurator', on, curator: curatorId };
    await head.post(`/cases/${caseId}/commands`, assign, randomUUID());
    return caseId;
  }

  it('one of each killed under load: nothing is lost, nothing is done twice, every notice is mailed', async () => {
    const visited = await Promise.all(Array.from({ length: visitedCases }, openCase));
    const advanced = await Promise.all(Array.from({ length: advancedCases }, openCase));
    const acknowledged: Answer[] = [];
    let advances = 0;

    const visiting = visited.map(async (caseId) => {
      for (let n = 0; n < visitsEach; n++) {
        const body = { command: 'recordVisit', on, kind: 'planned' };
        acknowledged.push(await curator.post<Answer>(`/cases/${caseId}/commands`, body, randomUUID()));
      }
    });
    const advancing = advanced.map(async (caseId) => {
      // With the agreement signed the plan's terms run: each of their moments is a notice.
      const sign = { command: 'signAgreement', on, member: 'parent' };
      await curator.post(`/cases/${caseId}/commands`, sign, randomUUID());
      for (let n = 0; n < advancesEach; n++, advances += 1)
        await curator.post(`/cases/${caseId}/advance`, { to: 'nextEvent' }, randomUUID());
    });
    const total = visitedCases * visitsEach;
    const reaches = (count: number) => until(`${count} visits`, async () => acknowledged.length >= count);
    const disturbing = (async () => {
      await reaches(total / 4);
      await workers.shift()?.kill();
      await reaches(total / 2);
      // The client finds out by itself that one of the two is gone, as a proxy does.
      await apis[0]?.kill();
      const left = total - acknowledged.length;
      expect(left).toBeGreaterThan(0);
      apis.splice(0, 1, await stand.start('api'));
      workers.push(await stand.start('worker'));
    })();
    await Promise.all([...visiting, ...advancing, disturbing]);

    expect(acknowledged).toHaveLength(total);
    const facts = await db.inScope({ institutionId }, (tx) =>
      tx.event.findMany({
        where: { kind: 'visitRecorded', caseId: { in: visited } },
        select: { caseId: true, seq: true, commandId: true },
      }),
    );
    // One fact for each acknowledged command, the very one its answer named, and none besides.
    const byCommand = (a: Answer, b: Answer): number => (a.commandId < b.commandId ? -1 : 1);
    const answered = acknowledged.map(({ commandId, caseId, seq }) => ({ commandId, caseId, seq }));
    expect(facts.toSorted(byCommand)).toEqual(answered.toSorted(byCommand));
    expect(advances).toBe(advancedCases * advancesEach);

    const settled = ['accepted', 'ambiguous', 'withdrawn'];
    const notices = () =>
      db.inScope({ institutionId }, (tx) =>
        tx.notice.findMany({ where: { sendAt: { lte: new Date() } }, select: { state: true, messageId: true } }),
      );
    await until('every notice to leave', async () => (await notices()).every(({ state }) => settled.includes(state)));
    const times = new Map<string, number>();
    for (const { messageId } of sink.mails) times.set(messageId, (times.get(messageId) ?? 0) + 1);
    const accepted = (await notices()).filter(({ state }) => state === 'accepted');
    expect(accepted.length).toBeGreaterThan(advancedCases);
    expect(accepted.filter(({ messageId }) => !times.has(messageId))).toEqual([]);
    // Of what was on the wire at the kill either side may own a copy (RFC 1047): at most one of each connection.
    const repeated = [...times.values()].filter((count) => count > 1);
    expect(repeated.length).toBeLessThanOrEqual(connections);
    const commands = await db.inScope({ institutionId }, (tx) => tx.command.count({ where: { state: 'pending' } }));
    expect(commands).toBe(0);
    console.log(
      `${total} visits and ${advances} advances acknowledged, ${curator.repeated()} requests repeated, ${facts.length} facts; ` +
        `${accepted.length} notices accepted, ${sink.mails.length} mails, ${repeated.length} of them twice`,
    );
  });

  it('no secret in what the processes said', () => {
    const words = [...apis, ...workers].map((one) => one.said()).join('\n');
    expect(words).toContain('"msg":"working"');
    const config = loadConfig(stand.environmentOf('api'));
    const urls = [config.database.appUrl, config.database.systemUrl, config.database.authUrl];
    for (const secret of [...urls.map((url) => new URL(url).password), config.authSecret])
      expect(words.includes(secret)).toBe(false);
  });

  it.each(['api', 'worker'] as const)('a %s without a secret says so in one sentence and ends for good', (service) => {
    const env = { ...stand.environmentOf(service), KURATOR_KEY_FILE: '/run/secrets/none', PATH: process.env['PATH'] };
    const ended = spawnSync(process.execPath, ['--import', 'tsx', `${service}/main.ts`], { cwd: root, env });
    expect(ended.status).toBe(78);
    expect(ended.stderr.toString()).toBe(
      'KURATOR_KEY_FILE names /run/secrets/none, which cannot be read (ENOENT): check the path and who may read it.\n',
    );
  });
});
