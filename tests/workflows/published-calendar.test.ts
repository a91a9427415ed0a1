import { afterEach, beforeEach, expect, it } from 'vitest';
import { addDays, yearOf } from '../../domain/calendar/civil.ts';
import type { Day } from '../../domain/calendar/day.ts';
import type { ProductionCalendar } from '../../domain/calendar/production-calendar.ts';
import { dayOf } from '../../domain/calendar/zone.ts';
import { createRules } from '../../platform/records/rules.ts';
import type { Rules } from '../../platform/records/rules.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';
import type { Watchdog } from '../../platform/watchdog/watchdog.ts';
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
  office.records.rules = first;
  await office.stopWorker();
  await office.startWorker();
  dog = office.watchdog();
});
afterEach(() => dog.stop());

const restartedWith = async (rules: Rules): Promise<void> => {
  await office.stopWorker();
  office.records.rules = rules;
  await office.startWorker();
};

async function agreed(on: Day, training = false) {
  const caseId = await office.openCase({ on, category: 'lowIncome', training });
  await office.perform(caseId, { command: 'giveConsent', on, kind: 'personalData', member: 'p1' });
  await office.perform(caseId, { command: 'signAgreement', on });
  return {
    caseId,
    diagnosis: () =>
      office.db.inScope(office, async (tx) => {
        const row = await tx.duty.findFirstOrThrow({ where: { caseId, rule: 'diagnosis' } });
        return `${row.state} ${row.dueOn?.toISOString().slice(0, 10)}`;
      }),
    sent: (step: string) =>
      office.db.inScope(office, (tx) =>
        tx.notice.count({ where: { caseId, step, dutyKey: { startsWith: 'diagnosis@' }, state: 'accepted' } }),
      ),
  };
}

it('brings an open case under a calendar that came later: its day moves earlier, and what is late by it is mailed', async () => {
  const one = await agreed(day(-13));
  expect(await one.diagnosis()).toBe(`open ${day(2)}`);
  await restartedWith(second);
  expect((await dog.pass()).fault).toBeNull();
  await office.waitFor('the earlier day', async () => (await one.diagnosis()) === `overdue ${day(-3)}`);
  await office.waitFor('the mail that fell due', async () => (await one.sent('overdue')) > 0);
});
