import { beforeEach, describe, expect, it } from 'vitest';
import { findCommand } from '../../platform/records/accept-command.ts';
import { destroyCaseKey } from '../../platform/records/retention.ts';
import {
  abandonHopeless,
  countPendingCommands,
  listPendingCommands,
} from '../../platform/watchdog/pending-commands.ts';
import type { Office } from '../support/office.ts';
import { useOffice } from '../support/use-office.ts';

const on = '2026-03-02';
const minute = 60_000;

describe('a command whose sender has gone', () => {
  const office = useOffice();
  let caseId: string;

  beforeEach(async () => {
    caseId = await office.openCase({ on });
  });

  /** Only the row, as it is left when the engine forgets the command and nobody repeats it. */
  const leave = async (ageMs: number, body: Parameters<Office['accept']>[1] = { command: 'signAgreement', on }) =>
    age((await office.accept(caseId, body)).commandId, ageMs);
  const age = async (id: string, ageMs: number): Promise<string> => {
    const createdAt = new Date(Date.now() - ageMs);
    await office.db.inScope(office, (tx) => tx.command.update({ where: { id }, data: { createdAt } }));
    return id;
  };
  const rowOf = (commandId: string) => office.db.inScope(office, (tx) => findCommand(tx, commandId));
  const factsOf = (commandId: string) => office.db.inScope(office, (tx) => tx.event.count({ where: { commandId } }));

  it('is performed after a minute, once', async () => {
    const young = await leave(minute / 2, { command: 'recordVisit', on, kind: 'planned' });
    const old = await leave(minute + 1000);
    const dog = office.watchdog();
    expect(await dog.pass()).toMatchObject({ fault: null, performed: 1, abandoned: 0 });
    expect(await rowOf(old)).toMatchObject({ state: 'applied', answer: { accepted: true } });
    expect(await rowOf(young)).toMatchObject({ state: 'pending' });
    const facts = await factsOf(old);
    expect(facts).toBeGreaterThan(0);
    expect(await dog.pass()).toMatchObject({ fault: null, performed: 0 });
    expect(await factsOf(old)).toBe(facts);
    // Nor does it wait on until a minute has gone by in the middle of another test.
    await age(young, minute + 1000);
    expect(await dog.pass()).toMatchObject({ fault: null, performed: 1 });
    expect(await rowOf(young)).toMatchObject({ state: 'applied' });
  });

  it('is refused by the rules as if its sender were there', async () => {
    const id = await leave(minute + 1000, { command: 'signAgreement', on: '2199-01-01' });
    expect(await office.watchdog().pass()).toMatchObject({ performed: 1 });
    expect(await rowOf(id)).toMatchObject({ state: 'refused', answer: { accepted: false } });
  });

  it('opens its case where that was the command', async () => {
    const opening = {
      family: { name: 'Семья Придуманных', address: null, members: [] },
      training: true,
      regulation: null,
    };
    const body = { command: 'openCase', on, ground: 'application', category: 'sop', form: 'group' };
    const accepted = await office.accept(null, body, { opening });
    await age(accepted.commandId, minute + 1000);
    expect(await office.watchdog().pass()).toMatchObject({ performed: 1 });
    expect(await office.client.workflow.getHandle(accepted.caseId).query('standing')).toMatchObject({ closed: false });
  });

  it('is dropped after a day, with a code that says so', async () => {
    const id = await leave(24 * 60 * minute + 1000);
    expect(await countPendingCommands(office.db, new Date(Date.now() - 10 * minute))).toBe(1);
    expect(await office.watchdog().pass()).toMatchObject({ fault: null, performed: 0, abandoned: 1 });
    const answer = { accepted: false, refusal: { code: 'command.abandoned' } };
    expect(await rowOf(id)).toMatchObject({ state: 'abandoned', answer, closedAt: expect.any(String) as string });
    expect(await countPendingCommands(office.db, new Date(Date.now() - 10 * minute))).toBe(0);
    expect(await factsOf(id)).toBe(0);
  });

  it('stays done where it was performed after it had been found waiting', async () => {
    const id = await leave(minute + 1000);
    const found = await listPendingCommands(office.db, new Date(), 10);
    expect(found.map(({ commandId }) => commandId)).toEqual([id]);
    expect(await office.watchdog().pass()).toMatchObject({ performed: 1 });
    await age(id, 24 * 60 * minute + 1000);
    expect(await abandonHopeless(office.db, found, new Date())).toEqual([]);
    expect(await rowOf(id)).toMatchObject({ state: 'applied', answer: { accepted: true } });
  });

  it('leaves nothing behind that was typed, an hour after it was dropped at the latest', async () => {
    const id = await leave(24 * 60 * minute + 1000);
    let later = 0;
    const dog = office.watchdog({ now: () => new Date(Date.now() + later) });
    const body = () => office.db.inScope(office, (tx) => tx.command.findUniqueOrThrow({ where: { id } }));
    expect(await dog.pass()).toMatchObject({ fault: null, abandoned: 1 });
    expect((await body()).body).not.toBeNull();
    later = 59 * minute;
    expect(await dog.pass()).toMatchObject({ destroyed: 0 });
    later = 61 * minute;
    expect(await dog.pass()).toMatchObject({ fault: null, destroyed: 1 });
    expect(await body()).toMatchObject({ state: 'abandoned', body: null });
  });

  it('is dropped at once when the key of its case is destroyed', async () => {
    const id = await leave(minute + 1000);
    await office.db.inScope(office, (tx) => destroyCaseKey(tx, caseId, new Date()));
    expect(await office.watchdog().pass()).toMatchObject({ fault: null, performed: 0, abandoned: 1 });
    expect(await rowOf(id)).toMatchObject({ state: 'abandoned', answer: { refusal: { code: 'command.abandoned' } } });
  });
});
