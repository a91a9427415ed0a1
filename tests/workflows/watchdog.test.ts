import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createDatabase } from '../../platform/database/scope.ts';
import type { Database } from '../../platform/database/scope.ts';
import { listInstitutions, listLateCases } from '../../platform/watchdog/late-cases.ts';
import { createWatchdog } from '../../platform/watchdog/watchdog.ts';
import { dispatcherId } from '../../workflows/messages.ts';
import { makeInstitution, queueNotice } from '../mail/office-records.ts';
import { createTestDatabase } from '../support/database.ts';
import type { TestDatabase } from '../support/database.ts';
import { createTestNamespace } from '../support/namespace.ts';
import { openFakeOffice, until } from './fake-office.ts';
import type { FakeOffice } from './fake-office.ts';

const minute = 60_000;

describe('watchdog', () => {
  let database: TestDatabase;
  let db: Database;
  let office: FakeOffice;
  const batches: string[] = [];

  beforeAll(async () => {
    database = await createTestDatabase();
    db = createDatabase(database);
    office = await openFakeOffice(await createTestNamespace(), () => ({
      async sendDue({ institutionId }) {
        batches.push(institutionId);
        return { sent: 0, nextAt: null };
      },
    }));
  });
  afterAll(async () => {
    await office.stop();
    await db.close();
    await database.drop();
  });

  const silent = { info: () => undefined, error: () => undefined };
  const watch = (now = () => new Date()) => createWatchdog({ db, client: office.client, now, log: silent });
  const wakeAt = (it: { institutionId: string; caseId: string }, at: Date) =>
    db.inScope(it, (tx) => tx.case.update({ where: { id: it.caseId }, data: { nextWakeAt: at } }));

  it('starts every open case and the dispatcher when the engine has lost its memory', async () => {
    const first = await makeInstitution(db);
    const second = await makeInstitution(db);
    const report = await watch().pass();
    expect(report).toMatchObject({ fault: null, alerts: 0, woken: 0 });
    expect(report.started).toBeGreaterThanOrEqual(2);
    for (const { caseId, institutionId } of [first, second]) {
      await until('the case runs', () => office.caseOf(caseId).wakes > 0);
      const { status } = await office.client.workflow.getHandle(dispatcherId(institutionId)).describe();
      expect(status.name).toBe('RUNNING');
    }
    expect((await watch().pass()).started).toBe(0);
  });

  it('wakes a case two minutes late by a signal, and not again at every pass', async () => {
    const it = await makeInstitution(db);
    const wakes = () => office.caseOf(it.caseId).wakes;
    await watch().pass();
    await until('its first wake', () => wakes() > 0);
    const before = wakes();
    await wakeAt(it, new Date(Date.now() - minute));
    const dog = watch();
    expect((await dog.pass()).woken).toBe(0);
    await wakeAt(it, new Date(Date.now() - 2 * minute - 1000));
    expect((await dog.pass()).woken).toBe(1);
    await until('the wake', () => wakes() > before);
    expect((await dog.pass()).woken).toBe(0);
    await wakeAt(it, new Date(Date.now() + minute));
    expect((await dog.pass()).woken).toBe(0);
  });

  it('counts wakes ten minutes late for everyone to see', async () => {
    const it = await makeInstitution(db);
    await wakeAt(it, new Date(Date.now() - 11 * minute));
    const dog = watch();
    await dog.pass();
    expect(dog.report().alerts).toBe(1);
    await wakeAt(it, new Date(Date.now() + minute));
    expect((await dog.pass()).alerts).toBe(0);
  });

  it('pokes the dispatcher of a notice that should have gone', async () => {
    const it = await makeInstitution(db);
    await watch().pass();
    // Its own: the dispatchers of the other tests have their batches too.
    const own = () => batches.filter((one) => one === it.institutionId).length;
    await until('its first batch', () => own() > 0);
    const before = own();
    await queueNotice(db, it, { at: new Date(Date.now() - 3 * minute) });
    await watch().pass();
    await until('the batch after the poke', () => own() > before);
  });

  it('calls a dispatcher late by what its own institution should have sent and nobody is sending', async () => {
    const [it, other] = [await makeInstitution(db), await makeInstitution(db)];
    const before = new Date();
    const late = async () => {
      const all = await listInstitutions(db, before);
      return [it, other].map(({ institutionId }) => all.find(({ id }) => id === institutionId)?.late ?? false);
    };
    const id = await queueNotice(db, it, { at: new Date(before.getTime() - minute) });
    const set = (data: object) => db.inScope(it, (tx) => tx.notice.update({ where: { id }, data }));
    expect(await late()).toEqual([true, false]);
    await set({ leaseUntil: new Date(before.getTime() + minute) });
    expect(await late()).toEqual([false, false]);
    // Its process died in the middle of sending.
    await set({ state: 'sending', leaseUntil: new Date(before.getTime() - 1000) });
    expect(await late()).toEqual([true, false]);
    await set({ state: 'accepted' });
    expect(await late()).toEqual([false, false]);
  });

  it('wakes first whoever waits longest, and a case that has ended and still has something to say too', async () => {
    const [one, other] = [await makeInstitution(db), await makeInstitution(db)];
    // Not by chance in the order of their ids.
    const [oldest, recent] = one.caseId > other.caseId ? [one, other] : [other, one];
    const at = (days: number) => new Date(Date.UTC(2020, 0, days));
    await wakeAt(recent, at(2));
    await wakeAt(oldest, at(1));
    await db.inScope(oldest, (tx) => tx.case.update({ where: { id: oldest.caseId }, data: { status: 'closed' } }));
    expect(await listLateCases(db, at(2), 10)).toEqual([oldest.caseId, recent.caseId]);
    expect(await listLateCases(db, at(2), 1)).toEqual([oldest.caseId]);
    for (const each of [recent, oldest]) await wakeAt(each, new Date(Date.now() + minute));
  });

  it('says what kept it from looking', async () => {
    const lost = createDatabase({ appUrl: 'postgres://a:b@127.0.0.1:1/x', systemUrl: 'postgres://a:b@127.0.0.1:1/x' });
    const report = await createWatchdog({ db: lost, client: office.client, now: () => new Date(), log: silent }).pass();
    expect(report.fault).not.toBeNull();
    await lost.close();
  });
});
