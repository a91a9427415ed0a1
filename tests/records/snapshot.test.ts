import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { caseViewServices } from '../../api/services/case-view.ts';
import type { Wiring } from '../../api/services/wiring.ts';
import type { Actor } from '../../domain/access/actor.ts';
import { ask } from '../../platform/database/scope.ts';
import { sql } from '../../platform/database/sql.ts';
import { findAgencyRequest } from '../../platform/records/read-agency-request.ts';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { giveCommand, openTestCase, plan, useTestOffice, type TestCase } from './support.ts';

const { records, office } = useTestOffice();
let family: TestCase;

beforeEach(async () => {
  family = await openTestCase(records.deps, office);
});
afterEach(() => vi.restoreAllMocks());

/** Lets somebody else commit when what reads is just about to send the first statement that names this, of the family. */
function commitBefore(named: RegExp, commit: () => Promise<unknown>) {
  const { query } = pg.Client.prototype as unknown as {
    query: (this: unknown, ...args: unknown[]) => Promise<unknown>;
  };
  const committed = vi.fn();
  let isDone = false;
  const spied = function (this: unknown, ...args: unknown[]): unknown {
    const text = (args[0] as { text?: string }).text ?? '';
    if (isDone || !named.test(text) || !JSON.stringify(args).includes(family.caseId)) return query.apply(this, args);
    isDone = true;
    return commit()
      .then(committed)
      .then(() => query.apply(this, args));
  };
  vi.spyOn(pg.Client.prototype, 'query').mockImplementation(spied);
  return committed;
}
const agreement = { command: 'signAgreement', on: '2026-03-02' };
const sign = () => family.give(agreement);

describe('what only reads', () => {
  it('sees the records as they were when it began, whoever commits between two of its statements', async () => {
    const seqs = () =>
      records.db.inSnapshot(office, async (tx) => {
        const read = () => ask<{ seq: number }>(tx, sql`SELECT seq FROM cases WHERE id = ${family.caseId}::uuid`);
        const before = await read();
        await sign();
        return [before, await read()];
      });
    const [first, second] = await seqs();
    expect(second).toEqual(first);
    expect(
      await records.db.inScope(office, (tx) => tx.case.findUnique({ where: { id: family.caseId } })),
    ).toMatchObject({ seq: Number(first?.[0]?.seq) + 1 });
  });

  it('writes nothing, and leaves nothing of this to the next transaction of its connection', async () => {
    const change = { where: { code: 'school' }, data: { name: 'Школа' } };
    await expect(records.db.inSnapshot(office, (tx) => tx.agency.updateMany(change))).rejects.toThrow(/read-only/);
    expect(await records.db.inScope(office, (tx) => tx.agency.updateMany(change))).toEqual({ count: 1 });
  });

  it('shows a case of one piece: its version is that of the day and the stages beside it', async () => {
    const { readCase } = caseViewServices({ records: records.deps } as Wiring);
    const read = () => readCase({ institutionId: office.institutionId } as Actor, family.caseId);
    const before = await read();
    const committed = commitBefore(/FROM case_keys k WHERE k.case_id/, () =>
      family.give({ command: 'advanceTo', to: '2026-03-10' }),
    );
    const meanwhile = await read();
    expect(committed).toHaveBeenCalledOnce();
    expect(meanwhile).toEqual(before);
    expect(await read()).not.toEqual(before);
  });

  it('takes no command given during the check for a difference', async () => {
    const committed = commitBefore(/FROM duties WHERE case_id/, sign);
    const selfCheck = createSelfCheck({
      records: records.deps,
      log: { info: () => undefined, error: () => undefined },
    });
    expect(await selfCheck.run()).toMatchObject({ differing: [], failed: 0 });
    expect(committed).toHaveBeenCalledOnce();
  });

  it('shows an agency its request as it was when the reading began, and the answer to whoever asks next', async () => {
    const on = '2026-03-10';
    const approval = { command: 'decidePlan', on, by: 'commission', decision: 'approve', resolutionNo: '7' };
    const asking = { command: 'sendPlan', on, to: ['school'] };
    for (const one of [agreement, { command: 'advanceTo', to: on }, plan, approval, asking]) await family.give(one);
    const place = await records.db.inScope(office, (tx) =>
      tx.request.findFirstOrThrow({ where: { caseId: family.caseId } }),
    );
    const { id: requestId, caseId, entry, subject } = place;
    const actor = { kind: 'link' as const, id: randomUUID() };
    const body = { command: 'answerRequest', on, entry, subject, answer: 'done' };
    const answered = vi.fn();
    const committed = commitBefore(/FROM requests r/, async () => {
      answered((await giveCommand(records.deps, { ...office, caseId, actor, body })).answer);
    });
    const read = () =>
      records.db.inSnapshot(office, (tx) => findAgencyRequest(tx, records.deps, { caseId, requestId }));
    const halves = (view: Awaited<ReturnType<typeof read>>) => [view?.request.state, view?.answered !== null];
    expect(halves(await read())).toEqual(['queued', false]);
    expect(committed).toHaveBeenCalledOnce();
    expect(answered.mock.calls).toMatchObject([[{ accepted: true }]]);
    expect(halves(await read())).toEqual(['answered', true]);
  });
});
