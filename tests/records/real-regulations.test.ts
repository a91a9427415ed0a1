import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { CommandAnswer, NewCommand } from '../../platform/records/contract.ts';
import { createRules } from '../../platform/records/rules.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';
import { createTestOffice, createTestRecords, giveCommand, rowsOf } from './support.ts';
import type { TestOffice, TestRecords } from './support.ts';

let records: TestRecords;

beforeAll(async () => {
  records = await createTestRecords();
  records.deps = { ...records.deps, rules: createRules(loadRegulations(), loadCalendar()) };
});
afterAll(() => records.close());

interface Family {
  caseId: string;
  give: (body: NewCommand['body']) => Promise<CommandAnswer>;
}

const open = async (office: TestOffice, body: NewCommand['body'], training = false): Promise<Family> => {
  const { institutionId } = office;
  const actor = { kind: 'user' as const, id: office.curatorId };
  const family = { name: 'Тестовы', address: 'Примерная улица, 1', members: [] };
  const opening = { family, training, regulation: null };
  const { caseId, answer } = await giveCommand(records.deps, { institutionId, actor, opening, body });
  if (!answer.accepted) throw new Error(answer.refusal?.text.en);
  return {
    caseId,
    give: async (next) =>
      (await giveCommand(records.deps, { institutionId, caseId, actor, body: next, idempotencyKey: randomUUID() }))
        .answer,
  };
};

const accepted = async (answer: Promise<CommandAnswer>): Promise<void> =>
  expect(await answer).toMatchObject({ accepted: true });
const refused = async (answer: Promise<CommandAnswer>, clause: string): Promise<void> =>
  expect(await answer).toMatchObject({ accepted: false, refusal: { clause } });

const dutiesOf = (caseId: string) =>
  rowsOf<{ key: string; rule: string; due: string | null; state: string; who: string }>(
    records,
    `SELECT key, rule, to_char(due_on, 'YYYY-MM-DD') AS due, state, awaited_code AS who FROM duties WHERE case_id = $1`,
    caseId,
  );

describe('levels, resolutions and the caseload, counted over the records', () => {
  it('gives a curator six emergency families and not a seventh', async () => {
    const office = await createTestOffice(records.db, 'taganrog');
    const on = '2026-03-02';
    const families = [];
    for (let n = 1; n <= 7; n += 1) {
      const family = await open(office, { command: 'openCase', on, ground: 'application', category: 'addiction' });
      await accepted(family.give({ command: 'assignCurator', on, curator: office.curatorId }));
      families.push(family);
    }
    for (const family of families.slice(0, 6))
      await accepted(family.give({ command: 'setLevel', on, level: 'emergency' }));
    const seventh = families[6] as Family;
    await refused(seventh.give({ command: 'setLevel', on, level: 'emergency' }), '6.6');
    await accepted(seventh.give({ command: 'setLevel', on, level: 'crisis' }));
    await refused(seventh.give({ command: 'changeLevel', on, level: 'emergency' }), '6.6');
    await accepted(seventh.give({ command: 'assignCurator', on, curator: office.otherCuratorId }));
    await accepted(seventh.give({ command: 'changeLevel', on, level: 'emergency' }));
    await refused(seventh.give({ command: 'assignCurator', on, curator: office.curatorId }), '6.6');
    expect(await dutiesOf(seventh.caseId)).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ rule: 'crisisLevel', due: '2026-09-02', state: 'cancelled' }),
        expect.objectContaining({ rule: 'emergencyLevel', due: '2026-06-02', who: 'commission' }),
      ]),
    );
  });

  it('lets two assignments at once see room for one only once', async () => {
    const office = await createTestOffice(records.db, 'taganrog');
    const on = '2026-03-02';
    const families = [];
    for (let n = 1; n <= 7; n += 1) {
      const family = await open(office, { command: 'openCase', on, ground: 'application', category: 'addiction' });
      if (n <= 5) await accepted(family.give({ command: 'assignCurator', on, curator: office.curatorId }));
      await accepted(family.give({ command: 'setLevel', on, level: 'emergency' }));
      families.push(family);
    }
    const answers = await Promise.all(
      families.slice(5).map((family) => family.give({ command: 'assignCurator', on, curator: office.curatorId })),
    );
    expect(answers.filter(({ accepted: passed }) => passed)).toHaveLength(1);
  });

  it('takes resolutions, consents, the information bank and a violation from first to last', async () => {
    const office = await createTestOffice(records.db, 'taganrog');
    const on = '2026-03-02';
    const family = await open(office, { command: 'openCase', on, ground: 'message', category: 'singleParent' }, true);
    await refused(family.give({ command: 'recordDecision', on, about: 'enrolment', by: 'commission' }), '7.2');
    await accepted(family.give({ command: 'recordDecision', on, about: 'enrolment', by: 'commission', number: '11' }));
    await accepted(family.give({ command: 'setLevel', on, level: 'basic' }));
    const measures = [{ what: 'занятия', agency: 'school', responsible: 'завуч', dueOn: '2026-09-01' }];
    await refused(family.give({ command: 'draftPlan', on, until: '2026-09-01', measures }), '9.1, 9.3');
    await accepted(family.give({ command: 'draftPlan', on, until: '2026-09-01', measures, withFamily: true }));
    await refused(family.give({ command: 'signAgreement', on }), '9.1, 9.3');
    await accepted(
      family.give({ command: 'decidePlan', on, by: 'commission', decision: 'approve', resolutionNo: '12' }),
    );
    await accepted(family.give({ command: 'giveConsent', on, kind: 'informationBank', member: 'mother' }));
    await refused(family.give({ command: 'enterInformationBank', on, member: 'mother' }), '11.5');
    await accepted(family.give({ command: 'signAgreement', on }));
    await accepted(family.give({ command: 'enterInformationBank', on, member: 'mother' }));
    await refused(family.give({ command: 'enterInformationBank', on, member: 'father' }), '11.5');
    await refused(
      family.give({ command: 'giveMeasure', on, agency: 'clinic', what: 'осмотр', dueOn: '2026-04-01' }),
      '6.4',
    );
    await accepted(
      family.give({ command: 'reportViolation', on, found: on, reported: on, to: 'commission', by: 'phone' }),
    );
    const duties = await dutiesOf(family.caseId);
    expect(duties).toEqual(
      expect.arrayContaining([expect.objectContaining({ rule: 'violationReport', due: on, state: 'met' })]),
    );
    // The institution's own report is no family's.
    expect(duties.filter(({ rule }) => rule === 'quarterAnalysis')).toEqual([]);
    const frozen = await rowsOf<{ key: string }>(
      records,
      `SELECT data->>'key' AS key FROM events WHERE case_id = $1 AND kind = 'dutyClosed'`,
      family.caseId,
    );
    expect(frozen.map(({ key }) => key.split('@')[0])).toContain('violationReport');
  });
});

describe('orders, the personal file and prior consent', () => {
  it('keeps each document of the file as a duty of its own, and each order where it belongs', async () => {
    const office = await createTestOffice(records.db, 'kogalym');
    const on = '2026-03-02';
    const body = { command: 'openCase', on, ground: 'application', category: 'lowIncome', recognisedInNeed: true };
    await expect(open(office, { ...body, recognisedInNeed: false }, true)).rejects.toThrow(/in need/);
    const family = await open(office, body, true);
    await refused(family.give({ command: 'assignCurator', on, curator: office.curatorId }), '4.3');
    await accepted(family.give({ command: 'issueOrder', on, kind: 'enrolment', number: '17' }));
    await accepted(family.give({ command: 'assignCurator', on, curator: office.curatorId }));
    await accepted(family.give({ command: 'fileDocument', on, kind: 'housingAct' }));
    await refused(
      family.give({ command: 'giveMeasure', on, agency: 'clinic', what: 'осмотр', dueOn: '2026-04-01' }),
      '4.4',
    );
    await accepted(
      family.give({ command: 'giveConsent', on, kind: 'agencyInvolvement', member: 'mother', agency: 'clinic' }),
    );
    await accepted(family.give({ command: 'giveMeasure', on, agency: 'clinic', what: 'осмотр', dueOn: '2026-04-01' }));
    const file = (await dutiesOf(family.caseId)).filter(({ rule }) => rule === 'personalFile');
    expect(Object.fromEntries(file.map(({ key, state }) => [key, state]))).toEqual({
      'personalFile@1#application': 'open',
      'personalFile@1#housingAct': 'met',
      'personalFile@1#needsQuestionnaire': 'open',
      'personalFile@1#agreement': 'open',
      'personalFile@1#programme': 'open',
      'personalFile@1#enrolmentOrder': 'met',
    });
    await accepted(family.give({ command: 'endSupport', on, ground: 'refusal' }));
    await accepted(family.give({ command: 'issueOrder', on, kind: 'stopping', number: '18' }));
    const after = (await dutiesOf(family.caseId)).filter(({ rule }) => rule === 'personalFile');
    expect(after).toEqual(
      expect.arrayContaining([
        expect.objectContaining({ key: 'personalFile@1#refusalStatement', state: 'open' }),
        expect.objectContaining({ key: 'personalFile@1#stoppingOrder', state: 'met', who: 'curator' }),
        expect.objectContaining({ key: 'personalFile@1#application', state: 'cancelled' }),
      ]),
    );
  });
});

describe('what is owed whether support goes on or not', () => {
  it('keeps a case at work after its end until the violation is reported, then lets it close', async () => {
    const office = await createTestOffice(records.db, 'kogalym');
    // Found on the day on which it is told, so that what is said of it lies ahead.
    const on = '2026-03-02';
    records.deps = { ...records.deps, now: () => new Date('2026-03-02T09:00:00Z') };
    const body = { command: 'openCase', on, ground: 'application', category: 'lowIncome', recognisedInNeed: true };
    const family = await open(office, body);
    await accepted(family.give({ command: 'issueOrder', on, kind: 'enrolment', number: '17' }));
    await accepted(family.give({ command: 'assignCurator', on, curator: office.curatorId }));
    await accepted(family.give({ command: 'reportViolation', on, found: on }));
    await accepted(family.give({ command: 'endSupport', on, ground: 'refusal' }));
    const ended = await wakeCase(records.deps, family.caseId);
    expect(ended).toMatchObject({ closed: false, nextDueOn: on });
    expect(ended.nextWakeAt).not.toBeNull();
    const report = { command: 'informBody', on, body: 'guardianship', about: 'violation', how: 'phone' };
    await accepted(family.give(report));
    expect(await wakeCase(records.deps, family.caseId)).toMatchObject({ closed: true, nextWakeAt: null });
  });
});
