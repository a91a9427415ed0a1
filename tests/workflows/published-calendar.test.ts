import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, yearOf } from '../../domain/calendar/civil.ts';
import type { Day } from '../../domain/calendar/day.ts';
import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { createRules } from '../../platform/records/rules.ts';
import type { Rules } from '../../platform/records/rules.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';
import { createFollowing } from '../../platform/watchdog/following.ts';
import { countOutdatedCases } from '../../platform/watchdog/outdated.ts';
import { tellReckoning } from '../../platform/watchdog/reckonings.ts';
import { createSelfCheck } from '../../platform/watchdog/self-check.ts';
import { wakeCase } from '../../platform/records/wake-case.ts';
import type { Watchdog } from '../../platform/watchdog/watchdog.ts';
import { quietEngine } from '../support/quiet-engine.ts';
import { useOffice } from '../support/use-office.ts';

const office = useOffice();
const zone = 'Europe/Moscow';
const today = dayOf(new Date().toISOString(), zone);
const day = (from: number): Day => addDays(today, from);

/** The known calendar with another edition of the weeks around today: these are days off, and all others working days. */
const edition = (name: string, daysOff: readonly Day[]): Rules => {
  const known = loadCalendar();
  const word = { ru: name, en: name };
  const around = Array.from({ length: 61 }, (_, index) => day(index - 30)).filter((one) => !daysOff.includes(one));
  const years: Record<number, ProductionCalendar['years'][number]> = { ...known.years };
  for (const year of new Set([yearOf(day(-30)), yearOf(day(30))])) {
    const base = years[year] ?? { year, source: name, official: true, edition: 1, daysOff: {}, workingSaturdays: {} };
    const workingSaturdays = Object.fromEntries(around.filter((one) => yearOf(one) === year).map((one) => [one, word]));
    years[year] = { ...base, workingSaturdays };
  }
  const regional = Object.fromEntries(daysOff.map((one) => [one, word]));
  return createRules(loadRegulations(), { version: name, years, regional });
};

/** Ten days from the agreement end three days ago, a day off: the day was moved to the day after tomorrow. */
const first = edition('first', [day(-3), day(-2), day(-1), day(0), day(1)]);
/** All of them are working days: three days ago it was. */
const second = edition('second', []);

let dog: Watchdog;
beforeEach(async () => {
  await office.stopWorker();
  await forget();
  await workBy(first);
  await following().round();
  await untilAllFollow();
  dog = office.watchdog();
});
afterEach(() => dog.stop());

/** A worker that reads these files, in the place of the one before. */
async function workBy(rules: Rules): Promise<void> {
  await office.stopWorker();
  office.records.rules = rules;
  await office.startWorker();
}
/** As two minutes after the last process that had any of them, or that one. */
const forget = ({ reckoning }: Pick<Rules, 'reckoning'> = { reckoning: '%' }) =>
  office.db.inScope(
    office,
    (tx) => tx.$executeRaw`UPDATE reckonings SET seen_at = seen_at - interval '3 minutes',
      worked_at = worked_at - interval '3 minutes' WHERE id LIKE ${reckoning}`,
  );

async function agreed(on: Day, training = false) {
  const caseId = await office.openCase({ on, category: 'lowIncome', training });
  await office.perform(caseId, { command: 'giveConsent', on, kind: 'personalData', member: 'p1' });
  await office.perform(caseId, { command: 'signAgreement', on });
  const diagnosis = () =>
    office.db.inScope(office, async (tx) => {
      const row = await tx.duty.findFirstOrThrow({ where: { caseId, rule: 'diagnosis' } });
      return `${row.state} ${row.dueOn?.toISOString().slice(0, 10)}`;
    });
  return {
    caseId,
    diagnosis,
    becomes: (wanted: string) => office.waitFor(`${wanted} of ${caseId}`, async () => (await diagnosis()) === wanted),
    reckoning: async () =>
      (await office.db.inScope(office, (tx) => tx.case.findUniqueOrThrow({ where: { id: caseId } }))).reckoning,
    /** The mails of the duty that have left: `step day`. */
    mailed: async () =>
      (
        await office.db.inScope(office, (tx) =>
          tx.notice.findMany({
            where: { caseId, dutyKey: { startsWith: 'diagnosis@' }, state: 'accepted' },
            orderBy: { key: 'asc' },
          }),
        )
      ).map(({ step, dueOn }) => `${step} ${dueOn?.toISOString().slice(0, 10)}`),
    /** Mails that should have left by now and have not. */
    due: () =>
      office.db.inScope(office, (tx) =>
        tx.notice.count({ where: { caseId, state: { in: ['queued', 'sending'] }, sendAt: { lte: new Date() } } }),
      ),
    moves: async () =>
      (
        await office.db.inScope(office, (tx) =>
          tx.event.findMany({ where: { caseId, kind: 'dutyMoved' }, orderBy: { seq: 'asc' } }),
        )
      ).flatMap(({ on, data }) => {
        const { key, movedFrom, dueOn, calendarVersion } = data as Record<string, string>;
        const moved = `${on.toISOString().slice(0, 10)}: ${movedFrom} → ${dueOn} ${calendarVersion}`;
        return key?.startsWith('diagnosis@') ? [moved] : [];
      }),
  };
}

const outdated = () => office.db.inSystemScope(countOutdatedCases);
const untilAllFollow = () => office.waitFor('every case', async () => (await outdated()) === 0);
/** What the api of an other age asks for, beside everything else that it watches. */
const following = () => createFollowing({ ...office, now: () => new Date(), log: quietEngine() });

// The first one, with no case in the office: a case's turn pokes the dispatcher too.
it('plans the mails of the institution’s own duties anew', async () => {
  await dog.pass();
  const planned = async () => (await office.db.inScope(office, (tx) => tx.institution.findFirstOrThrow())).reckoning;
  await office.waitFor('the first plan', async () => (await planned()) === first.reckoning);
  await workBy(second);
  await following().round();
  await office.waitFor('the plan by the later calendar', async () => (await planned()) === second.reckoning);
});

it('brings an open case under a calendar that came later: its day moves earlier, and what is late by it is mailed', async () => {
  const one = await agreed(day(-13));
  expect(await one.diagnosis()).toBe(`open ${day(2)}`);
  await workBy(second);
  expect((await dog.pass()).fault).toBeNull();
  await one.becomes(`overdue ${day(-3)}`);
  await office.waitFor('the mail that fell due', async () => (await one.mailed()).includes(`overdue ${day(-3)}`));
  expect(await one.moves()).toEqual([`${today}: ${day(2)} → ${day(-3)} second`]);
});

it('opens again what a later calendar moves past today, says so, takes back its mails and sends none twice', async () => {
  await workBy(second);
  const one = await agreed(day(-13));
  await dog.pass();
  await office.waitFor('the mail', async () => (await one.mailed()).includes(`overdue ${day(-3)}`));
  // To each who is told of it: one that is under way now may neither be taken back nor be counted as sent twice.
  await office.waitFor('all mails of now', async () => (await one.due()) === 0);
  const before = await one.mailed();
  // Another edition of the first one: what a process has once come with does not become newer by its return.
  const third = edition('third', [day(-3), day(-2), day(-1), day(0), day(1)]);
  await workBy(third);
  await dog.pass();
  await one.becomes(`open ${day(2)}`);
  expect(await one.moves()).toEqual([`${today}: ${day(-3)} → ${day(2)} third`]);
  await untilAllFollow();
  const queued = await office.db.inScope(office, (tx) =>
    tx.notice.count({ where: { caseId: one.caseId, dueOn: new Date(day(-3)), state: { in: ['queued', 'sending'] } } }),
  );
  expect(queued).toBe(0);
  const ids = office.sink.mails.map(({ messageId }) => messageId);
  expect(new Set(ids).size).toBe(ids.length);
  expect((await one.mailed()).filter((mail) => mail.endsWith(day(-3)))).toEqual(before);
});

it('brings a training case along on its own clock, and leaves a case that is over as it was', async () => {
  const learning = await agreed(day(-13), true);
  const over = await agreed(day(-13));
  await office.perform(over.caseId, { command: 'endSupport', on: today, ground: 'refusal' });
  const [was, by] = [await over.diagnosis(), await over.reckoning()];
  await workBy(second);
  await dog.pass();
  await learning.becomes(`open ${day(-3)}`);
  expect(await learning.moves()).toEqual([`${day(-13)}: ${day(2)} → ${day(-3)} second`]);
  await untilAllFollow();
  expect([await over.diagnosis(), await over.reckoning(), await over.moves()]).toEqual([was, by, []]);
});

it('notes what moved in the turn that comes first, be it a person’s command or a training case’s clock', async () => {
  const one = await agreed(day(-13));
  const learning = await agreed(day(-13), true);
  await workBy(second);
  await office.perform(one.caseId, { command: 'giveConsent', on: today, kind: 'personalData', member: 'p2' });
  expect(await one.moves()).toEqual([`${today}: ${day(2)} → ${day(-3)} second`]);
  await office.advanceTo(learning.caseId, day(-12));
  expect(await learning.moves()).toEqual([`${day(-13)}: ${day(2)} → ${day(-3)} second`]);
  // Said once, not again by the turns after it.
  await following().round();
  await untilAllFollow();
  expect([(await one.moves()).length, (await learning.moves()).length]).toEqual([1, 1]);
});

it('says how many still wait where only the workers are older, and asks nobody in vain', async () => {
  const one = await agreed(day(-13));
  expect(await outdated()).toBe(0);
  await tellReckoning(office.db, second, 'api');
  expect(await outdated()).toBeGreaterThan(0);
  expect((await following().round()).cases).toBe(0);
  expect(await one.diagnosis()).toBe(`open ${day(2)}`);
  await workBy(second);
  await following().round();
  await one.becomes(`overdue ${day(-3)}`);
});

it('goes forward only while workers of two ages live, whoever takes a turn, and follows the older when the newer is taken back', async () => {
  const one = await agreed(day(-13));
  const older = { ...office.records };
  await workBy(second);
  await following().round();
  await one.becomes(`overdue ${day(-3)}`);
  await untilAllFollow();
  // The older worker has not left yet, and its process has said so again.
  await tellReckoning(office.db, first, 'worker');
  expect((await following().round()).cases).toBe(0);
  // It takes one turn more: that one is mended, and nothing after it.
  await wakeCase(older, one.caseId);
  expect(await one.diagnosis()).toBe(`open ${day(2)}`);
  expect((await following().round()).cases).toBe(1);
  await one.becomes(`overdue ${day(-3)}`);
  await untilAllFollow();
  expect((await following().round()).cases).toBe(0);
  // The edition was wrong, and its file is taken back.
  await workBy(first);
  expect((await following().round()).cases).toBe(0);
  await forget(second);
  await following().round();
  await one.becomes(`open ${day(2)}`);
});

it('lets the nightly check wait until all have followed: then it finds nothing', async () => {
  await agreed(day(-13));
  await workBy(second);
  const said: string[] = [];
  const log = { info: () => undefined, error: (_facts: object, text: string) => void said.push(text) };
  const selfCheck = createSelfCheck({ records: office.records, log });
  const checked = selfCheck.run();
  await following().round();
  expect(await checked).toMatchObject({ differing: [], failed: 0 });
  expect((await checked).cases).toBeGreaterThan(0);
  expect(said).toEqual([]);
});
