import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { publishRegulations } from '../../platform/database/publish-regulations.ts';
import { checkCase } from '../../platform/records/check-case.ts';
import type { CommandAnswer, NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { loadRules } from '../../platform/records/load-rules.ts';
import { readRegulationSources } from '../../platform/regulations/read-source.ts';
import { createTestOffice, createTestRecords, giveCommand, rowsOf, type TestRecords } from './support.ts';

type Body = NewCommand['body'];

let records: TestRecords;
let deps: RecordsDeps;
beforeAll(async () => {
  records = await createTestRecords();
  deps = { ...records.deps, rules: loadRules() };
});
afterAll(() => records.close());

/** A training family of the regulation with a clock of its own, and what its records hold. */
async function family(regulation: string, opening: Body) {
  const office = await createTestOffice(records.db, regulation);
  const { institutionId, curatorId } = office;
  const actor = { kind: 'user' as const, id: curatorId };
  const { caseId, answer } = await giveCommand(deps, {
    ...{ institutionId, actor, body: opening },
    opening: { family: { name: 'Тестовы', address: 'Примерная, 1', members: [] }, training: true, regulation: null },
  });
  expect(answer.refusal).toBeNull();
  const give = async (body: Body): Promise<CommandAnswer> =>
    (await giveCommand(deps, { institutionId, caseId, actor, body })).answer;
  await give({ command: 'assignCurator', on: opening['on'], curator: curatorId });
  return {
    give,
    /** Gives what must pass. */
    do: async (...bodies: Body[]): Promise<CommandAnswer> => {
      let last: CommandAnswer | undefined;
      for (const body of bodies) {
        last = await give(body);
        expect(last.refusal, JSON.stringify(body)).toBeNull();
      }
      return last ?? answer;
    },
    duties: async (rule: string): Promise<string[]> =>
      (
        await rowsOf<{ told: string }>(
          records,
          `SELECT key || ' ' || state || ' ' || coalesce(to_char(due_on, 'YYYY-MM-DD'), '-') AS told FROM duties
           WHERE case_id = $1 AND rule = $2 ORDER BY due_on NULLS LAST, key`,
          ...[caseId, rule],
        )
      ).map(({ told }) => told),
    notices: async (rule: string): Promise<string[]> =>
      (
        await rowsOf<{ told: string }>(
          records,
          `SELECT to_char(case_day, 'YYYY-MM-DD') || ' ' || step || ' ' || audience AS told FROM notices
           WHERE case_id = $1 AND duty_key LIKE $2 AND state <> 'withdrawn' ORDER BY not_before, key`,
          ...[caseId, `${rule}@%`],
        )
      ).map(({ told }) => told),
    closings: async (): Promise<number> =>
      (
        await rowsOf<{ n: number }>(
          records,
          `SELECT count(*)::int AS n FROM events WHERE case_id = $1 AND kind = 'dutyClosed'`,
          caseId,
        )
      )[0]?.n ?? 0,
    differences: () => records.db.inScope({ institutionId }, (tx) => checkCase(tx, deps, caseId)),
  };
}

it('every shipped regulation is published, once', async () => {
  const files = [...readRegulationSources().values()];
  const keys = files.map(({ id, version }) => `${id}@${version}`);
  expect(keys).toEqual(expect.arrayContaining(['gus-khrustalny@1', 'vologda@1']));
  expect((await publishRegulations(records.database, files)).sort()).toEqual(keys.sort());
  expect(await publishRegulations(records.database, files)).toEqual([]);
});

describe('a family under a social contract', () => {
  const opening: Body = {
    ...{ command: 'openCase', on: '2026-03-31', ground: 'application', category: 'lowIncome' },
    ...{ recognisedInNeed: true, socialContract: { from: '2026-03-31', to: '2026-09-30' } },
  };

  it('is served each month, its contract ends early, it leaves when the goals are reached', async () => {
    const one = await family('gus-khrustalny', opening);
    const early = await one.give({ command: 'recordService', on: '2026-03-31', kind: 'social-legal' });
    expect(early.refusal?.clause).toBe('4.2');
    await one.do(
      { command: 'giveConsent', on: '2026-03-31', kind: 'personalData', member: 'p1', written: true },
      { command: 'fileDocument', on: '2026-03-31', kind: 'individualProgrammeOfServices' },
      { command: 'signAgreement', on: '2026-03-31' },
      { command: 'advanceTo', to: '2026-04-15' },
      { command: 'recordService', on: '2026-04-15', kind: 'social-legal' },
      { command: 'advanceTo', to: '2026-06-02' },
    );
    expect((await one.duties('monthlyService')).slice(0, 3)).toEqual([
      'monthlyService@1/1 met 2026-04-30',
      'monthlyService@1/2 overdue 2026-05-31',
      'monthlyService@1/3 open 2026-06-30',
    ]);
    // 31 May is a Sunday: the fifth working day before it is the 25th.
    expect(await one.notices('monthlyService')).toEqual(
      expect.arrayContaining(['2026-05-25 remind-5 role:curator', '2026-06-01 overdue role:curator']),
    );
    expect(await one.closings()).toBeGreaterThan(0);
    expect(await one.duties('supportTerm')).toEqual(['supportTerm@1 open 2027-09-30']);

    const amended = await one.do({ command: 'amendSocialContract', on: '2026-06-02', endedOn: '2026-05-15' });
    expect(amended.stage).toBe('postSupport');
    // 15 May 2027 is a Saturday.
    expect(await one.duties('supportTerm')).toEqual(['supportTerm@1 open 2027-05-17']);
    expect((await one.give({ command: 'endSupport', on: '2026-06-02', ground: 'movedAway' })).refusal?.clause).toBe(
      '4.7',
    );
    await one.do({ command: 'endSupport', on: '2026-06-02', ground: 'goalsReached' });
    expect(await one.duties('supportTerm')).toEqual(['supportTerm@1 cancelled 2027-05-17']);
    expect(await one.differences()).toEqual([]);
  });

  it('is woken by the end of the contract, which begins another stage by itself', async () => {
    const one = await family('gus-khrustalny', opening);
    const before = await one.do({ command: 'advanceTo', to: '2026-09-30' });
    expect(before.stage).toBe('diagnostic');
    expect((await one.do({ command: 'advanceTo', to: '2026-10-01' })).stage).toBe('postSupport');
    expect(await one.differences()).toEqual([]);
  });
});

describe('a family under a recommended algorithm', () => {
  it('has its level from the council, its programme signed, its requests answered', async () => {
    const on = '2026-03-02';
    const one = await family('vologda', {
      ...{ command: 'openCase', on, ground: 'message', category: 'youngFamily', familyFormedOn: '2026-01-15' },
    });
    const level = { command: 'setLevel', on, level: 'adaptation', by: 'patronageCouncil' };
    expect((await one.give({ ...level, protocolNo: '5' })).refusal?.clause).toBe('section 4');
    await one.do({ ...level, protocolNo: '5', protocolOn: on });
    expect(await one.duties('adaptationYear')).toEqual(['adaptationYear@3 open 2027-01-15']);

    const measures = [
      { id: 'm1', what: 'Осмотр', agency: 'clinic', responsible: 'Врач', dueOn: '2026-05-16', outside: true },
    ];
    const draft = { command: 'draftPlan', on, until: '2026-12-01', measures, childInInstitution: true };
    expect((await one.give(draft)).refusal?.clause).toBe('step 7');
    await one.do({ ...draft, parentVisits: ['2026-05-09'] });
    const decide = { command: 'decidePlan', on, by: 'family', decision: 'approve' };
    expect((await one.give(decide)).refusal?.clause).toBe('section 3');
    expect((await one.do({ ...decide, parentSignature: true })).stage).toBe('activity');
    expect(await one.duties('parentVisit')).toEqual(['parentVisit@4#v1 open 2026-05-09']);
    expect(await one.duties('measure')).toEqual(['measure@4#m1 open 2026-05-18']);

    await one.do(
      { command: 'registerRequest', on, direction: 'in', number: 'R1', sender: 'commission', about: 'о семье' },
      { command: 'registerRequest', on, direction: 'in', number: 'R2', sender: 'school', answerBy: '2026-03-06' },
      { command: 'registerAnswer', on, to: 'R1' },
      { command: 'advanceTo', to: '2026-05-11' },
      { command: 'recordVisit', on: '2026-05-09', kind: 'parentVisit' },
    );
    expect(await one.duties('answer')).toEqual(['answer@7 overdue 2026-03-06', 'answer@6 met -']);
    expect(await one.notices('answer')).toContain('2026-03-07 overdue role:curator');
    expect(await one.duties('parentVisit')).toEqual(['parentVisit@4#v1 met 2026-05-09']);

    const correct = { command: 'correctPlan', on: '2026-05-11', change: 'новый день', measures };
    expect((await one.give(correct)).refusal?.clause).toBe('section 3');
    await one.do(
      { ...correct, correctedOn: '2026-05-11', result: 'записаны' },
      {
        ...{ command: 'changeLevel', on: '2026-05-11', level: 'basic', by: 'patronageCouncil' },
        ...{ protocolNo: '9', protocolOn: '2026-05-11' },
      },
      { command: 'endSupport', on: '2026-05-11', ground: 'refusal' },
    );
    expect(await one.duties('adaptationYear')).toEqual(['adaptationYear@3 cancelled 2027-01-15']);
    expect(await one.differences()).toEqual([]);
  });
});
