import { afterAll, beforeAll, expect, it } from 'vitest';
import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';
import { checkCase } from '../../platform/records/check-case.ts';
import type { NewCommand, RecordsDeps } from '../../platform/records/contract.ts';
import { listDuties } from '../../platform/records/read-duties.ts';
import { rebuildCase } from '../../platform/records/rebuild.ts';
import { createRules } from '../../platform/records/rules.ts';
import { createTestOffice, createTestRecords, giveCommand, rowsOf, type TestRecords } from './support.ts';

type Body = NewCommand['body'];

let records: TestRecords;
beforeAll(async () => {
  records = await createTestRecords();
});
afterAll(() => records.close());

const known = loadCalendar();
/** A second edition of a year: some of its working days have become days off. */
const edition = (daysOff: readonly string[]): ProductionCalendar => {
  const year = known.years[2026];
  if (!year) throw new Error('no calendar of 2026');
  const named = Object.fromEntries(daysOff.map((day) => [day, { ru: 'указ', en: 'decree' }]));
  const second = {
    ...year,
    ...{ edition: year.edition + 1, daysOff: { ...year.daysOff, ...named } },
  };
  return { ...known, version: `${known.version}-second`, years: { ...known.years, 2026: second } };
};
const under = (calendar: ProductionCalendar): RecordsDeps => ({
  ...records.deps,
  rules: createRules(loadRegulations(), calendar),
});

/** A family that agreed on 2 March and was never diagnosed: its ten days end on Thursday the 12th. */
async function family() {
  const office = await createTestOffice(records.db, 'borovichi');
  const { institutionId, curatorId } = office;
  const actor = { kind: 'user' as const, id: curatorId };
  const on = '2026-03-02';
  const body: Body = { command: 'openCase', on, ground: 'application', category: 'lowIncome', form: 'group' };
  const { caseId } = await giveCommand(under(known), {
    ...{ institutionId, actor, body },
    opening: { family: { name: 'Тестовы', address: 'Примерная, 1', members: [] }, training: true, regulation: null },
  });
  const give = async (by: ProductionCalendar, ...bodies: Body[]): Promise<void> => {
    for (const body of bodies) {
      const { answer } = await giveCommand(under(by), { institutionId, caseId, actor, body });
      expect(answer.refusal, JSON.stringify(body)).toBeNull();
    }
  };
  await give(
    known,
    { command: 'assignCurator', on, curator: curatorId },
    { command: 'giveConsent', on, kind: 'personalData', member: 'p1' },
    { command: 'signAgreement', on },
  );
  return {
    give,
    /** What the nightly check of a process that knows the other calendar names. */
    named: async (by: ProductionCalendar): Promise<string[]> => {
      const found = await records.db.inScope({ institutionId }, (tx) => checkCase(tx, under(by), caseId));
      return found.map(({ of, at }) => `${of} ${at.split('@')[0]}`);
    },
    /** The same records, looked at by a process that knows the other calendar. */
    rebuilt: async (by: ProductionCalendar) => {
      await rebuildCase(under(by), caseId);
      const differences = await records.db.inScope({ institutionId }, (tx) => checkCase(tx, under(by), caseId));
      expect(differences).toEqual([]);
    },
    diagnosis: async () => {
      const [row] = await rowsOf<{ told: string }>(
        records,
        `SELECT state || ' ' || to_char(due_on, 'YYYY-MM-DD') AS told FROM duties WHERE case_id = $1 AND rule = 'diagnosis'`,
        caseId,
      );
      const { items } = await records.db.inScope({ institutionId }, (tx) =>
        listDuties(tx, records.deps.keyring, { all: true }, { closed: true, states: ['missed'], limit: 100 }),
      );
      return { row: row?.told, missed: items.some(({ rule }) => rule === 'diagnosis') };
    },
    /** The number of the entry by which support ended. */
    end: async () => {
      const [row] = await rowsOf<{ seq: number }>(
        records,
        `SELECT seq FROM events WHERE case_id = $1 AND kind = 'supportEnded'`,
        caseId,
      );
      return row?.seq;
    },
    entries: async () =>
      (
        await rowsOf<{ told: string }>(
          records,
          `SELECT kind || ' ' || to_char("on", 'YYYY-MM-DD') AS told FROM events WHERE case_id = $1 AND data ->> 'key' LIKE 'diagnosis@%' ORDER BY seq`,
          caseId,
        )
      ).map(({ told }) => told),
  };
}

const longer = edition(['2026-03-12', '2026-03-13']);

it('takes nothing off the record that was missed when support ended, though its day would lie past the end', async () => {
  const one = await family();
  const on = '2026-03-13';
  await one.give(known, { command: 'advanceTo', to: on }, { command: 'endSupport', on, ground: 'refusal' });
  expect(await one.diagnosis()).toEqual({ row: 'missed 2026-03-12', missed: true });
  await one.rebuilt(longer);
  expect(await one.diagnosis()).toEqual({ row: 'missed 2026-03-12', missed: true });
  // What still reaches an ended case is judged under the newer calendar, and changes nothing of it.
  await one.give(longer, { command: 'fileDocument', on, kind: 'other' });
  expect(await one.diagnosis()).toEqual({ row: 'missed 2026-03-12', missed: true });
  expect(await one.entries()).toEqual(['dutyClosed 2026-03-12']);
});

it('makes nothing missed of what the end of support had left off in time', async () => {
  const one = await family();
  const on = '2026-03-13';
  await one.give(longer, { command: 'advanceTo', to: on }, { command: 'endSupport', on, ground: 'refusal' });
  expect(await one.diagnosis()).toEqual({ row: 'cancelled 2026-03-16', missed: false });
  await one.rebuilt(known);
  expect(await one.diagnosis()).toEqual({ row: 'cancelled 2026-03-16', missed: false });
});

it('says in the log that a duty is awaited again, and closes it under the calendar of its time', async () => {
  const one = await family();
  const on = '2026-03-13';
  await one.give(known, { command: 'advanceTo', to: on }, { command: 'endSupport', on, ground: 'refusal' });
  await one.give(longer, { command: 'annulEntry', on, entry: await one.end(), reason: 'другая семья' });
  expect(await one.diagnosis()).toEqual({ row: 'open 2026-03-16', missed: false });
  await one.give(longer, { command: 'recordDiagnostics', on, kind: 'initial' });
  expect(await one.diagnosis()).toEqual({ row: 'met 2026-03-16', missed: false });
  await one.rebuilt(known);
  expect(await one.diagnosis()).toEqual({ row: 'met 2026-03-16', missed: false });
  expect(await one.entries()).toEqual(['dutyClosed 2026-03-12', 'dutyReopened 2026-03-13', 'dutyClosed 2026-03-13']);
});

it('names what still awaits its day, the wake too where it would come too late, and moves it when it is rebuilt', async () => {
  const one = await family();
  await one.give(longer, { command: 'advanceTo', to: '2026-03-11' });
  expect(await one.diagnosis()).toEqual({ row: 'open 2026-03-16', missed: false });
  expect(await one.named(longer)).toEqual([]);
  const named = await one.named(known);
  expect(named).toEqual(expect.arrayContaining(['duty diagnosis', 'head nextWakeAt']));
  await one.rebuilt(known);
  expect(await one.diagnosis()).toEqual({ row: 'open 2026-03-12', missed: false });
});
