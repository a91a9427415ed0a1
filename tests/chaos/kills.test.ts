import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { performThroughWorkflow } from '../../platform/temporal/perform.ts';
import { openOffice } from '../support/office.ts';
import type { Office } from '../support/office.ts';
import { startMachines } from './machines.ts';
import type { Machines } from './machines.ts';

/** Kills for each machine: enough that some fall before, some amid and some after the transaction. */
const rounds = 6;

describe('a command and a kill at the same time', () => {
  let machines: Machines;
  let office: Office;
  let caseId: string;

  beforeAll(async () => {
    machines = await startMachines();
    office = await openOffice({ ...machines, worker: 'process' });
  });
  beforeEach(async () => {
    caseId = await office.openCase({ on: '2026-03-02' });
  });
  afterAll(async () => {
    await office?.close();
    await machines?.close();
  });

  const entriesOf = (commandId: string) => office.db.inScope(office, (tx) => tx.event.count({ where: { commandId } }));
  const stateOf = async (commandId: string) =>
    (await office.db.inScope(office, (tx) => tx.command.findUniqueOrThrow({ where: { id: commandId } }))).state;

  /**
   * Gives a visit while `disturb` runs, repeats it with the same key as a client would until it is answered, and holds
   * every answer on the way against the records.
   */
  async function visitUnder(disturb: () => Promise<void>, delayMs: number) {
    const key = randomUUID();
    const body = { command: 'recordVisit', on: '2026-03-02', kind: 'planned' };
    const give = () => office.attempt(caseId, body, { key, timeoutMs: 4_000 });
    // What the API does first is done first here too: the row is written while the records still stand.
    const { commandId } = await office.accept(caseId, body, { idempotencyKey: key });
    let isOver = false;
    const first = give().then(
      (outcome) => {
        isOver = true;
        return outcome.kind === 'answered' ? outcome.answer : undefined;
      },
      () => undefined,
    );
    await new Promise((resolve) => setTimeout(resolve, delayMs));
    const wasAmid = !isOver;
    await disturb();
    const firstAnswer = await first;
    const answer = await office.waitFor(
      'the answer to the repeated command',
      async () => {
        const outcome = await give().catch(() => undefined);
        return outcome?.kind === 'answered' && outcome.answer;
      },
      60_000,
    );
    expect(answer).toMatchObject({ commandId, accepted: true });
    expect(await stateOf(commandId)).toBe('applied');
    expect(await entriesOf(commandId)).toBe(1);
    if (firstAnswer) expect(firstAnswer).toMatchObject({ commandId, accepted: true, seq: answer.seq });
    return wasAmid;
  }

  /** @returns how many of the kills fell before the command's answer */
  async function killInRounds(disturb: () => Promise<void>): Promise<number> {
    let amid = 0;
    for (const delay of delays) if (await visitUnder(disturb, delay)) amid += 1;
    expect(await visits()).toBe(rounds);
    return amid;
  }

  /** Each round kills a little later, over the time that a command takes on this machine; the first two at once. */
  const delays = Array.from({ length: rounds }, (_, round) => Math.max(0, round - 1) * 6);

  it('the worker killed: applied once, answered truly', async () => {
    const amid = await killInRounds(async () => {
      await office.killWorker();
      await office.startWorker();
    });
    expect(amid).toBeGreaterThanOrEqual(2);
  });

  it('the engine killed: applied once, answered truly', async () => {
    const amid = await killInRounds(async () => {
      await machines.killEngine();
      await machines.startEngine();
    });
    expect(amid).toBeGreaterThanOrEqual(2);
  });

  it('the database killed: applied once, answered truly', async () => {
    const amid = await killInRounds(async () => {
      await machines.killDatabase();
      await machines.startDatabase();
    });
    expect(amid).toBeGreaterThanOrEqual(2);
  });

  it('the worker killed amid an adoption: its whole past is there once', async () => {
    const day = '2026-03-02';
    const past = [
      { on: '2026-01-12', command: 'openCase', ground: 'application', category: 'sop', form: 'group' },
      ...Array.from({ length: 40 }, () => ({ on: '2026-01-20', command: 'recordVisit', kind: 'planned' })),
    ];
    const body = { command: 'adoptCase', on: day, facts: past };
    const family = { name: 'Семья Придуманных', address: null, members: [] };
    let amid = 0;
    for (const delay of [0, 0, 20, 40, 60, 80, 120]) {
      const opening = { family, training: true, regulation: null };
      const accepted = await office.accept(null, body, { opening });
      const give = () => performThroughWorkflow(office.client, { ...accepted, timeoutMs: 4_000 });
      let isOver = false;
      const first = give().then(
        () => (isOver = true),
        () => undefined,
      );
      await new Promise((resolve) => setTimeout(resolve, delay));
      if (!isOver) amid += 1;
      await office.killWorker();
      await office.startWorker();
      await first;
      const again = async () => {
        const outcome = await give().catch(() => undefined);
        return outcome?.kind === 'answered' && outcome.answer;
      };
      expect(await office.waitFor('the adoption', again, 60_000)).toMatchObject({ accepted: true });
      const kinds = await office.db.inScope(office, (tx) =>
        tx.event.groupBy({ by: ['kind'], where: { caseId: accepted.caseId }, _count: true }),
      );
      expect(Object.fromEntries(kinds.map(({ kind, _count }) => [kind, _count]))).toMatchObject({
        caseOpened: 1,
        visitRecorded: 40,
        caseAdopted: 1,
      });
    }
    expect(amid).toBeGreaterThanOrEqual(2);
  });

  const visits = () => office.db.inScope(office, (tx) => tx.event.count({ where: { caseId, kind: 'visitRecorded' } }));
});
