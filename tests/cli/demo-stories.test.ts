import { describe, expect, it } from 'vitest';
import { readOffices } from '../../cli/demo-office.ts';
import { pastOf, readFamilies } from '../../cli/demo-stories.ts';
import { simulate } from '../../domain/case/simulate.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';

const today = '2026-11-20';
const regulations = new Map([...loadRegulations().values()].map((regulation) => [regulation.id, regulation]));
const families = await readFamilies();
const calendar = loadCalendar();

const adopted = families.flatMap((family) => {
  const regulation = regulations.get(family.regulation);
  if (!regulation) return [];
  const parsed = parseCommand({ command: 'adoptCase', on: today, facts: pastOf(family, today, 'c1') });
  if (!parsed.ok) throw new Error(`${family.code}: ${parsed.errors.map(({ message }) => message).join('; ')}`);
  const scenario = { commands: [parsed.command], until: today, zone: 'Europe/Moscow' };
  return [{ family, played: simulate(scenario, regulation, calendar) }];
});

describe('the stories of the demo', () => {
  it('are read, each family with a name and a code of its own', () => {
    expect(new Set(families.map(({ code }) => code)).size).toBe(families.length);
    expect(new Set(families.map(({ family }) => family.name)).size).toBe(families.length);
    expect(families.length).toBeGreaterThanOrEqual(60);
  });

  it.each(adopted)('$family.code is a past that the rules take', ({ played }) => {
    expect(played.rejected).toEqual([]);
    expect(played.advice.map(({ advice }) => `${advice.clause}: ${advice.text.en}`)).toEqual([]);
  });

  it('stand in every stage, some late, some ended, one of each regulation to play with', () => {
    for (const id of new Set(adopted.map(({ family }) => family.regulation))) {
      const own = adopted.filter(({ family }) => family.regulation === id);
      expect(own.filter(({ family }) => family.training)).toHaveLength(1);
      expect(
        own.some(({ played }) => played.duties.some(({ state }) => state === 'overdue')),
        id,
      ).toBe(true);
    }
    const stages = adopted.map(({ played }) =>
      played.state.status === 'closed' ? 'closed' : played.stages.at(-1)?.stage,
    );
    expect(new Set(stages)).toEqual(
      new Set(['diagnostic', 'contract', 'activity', 'reflective', 'postSupport', 'closed']),
    );
  });
});

describe('the offices of the demo', () => {
  it('have twenty curators in three time zones, and every login once', async () => {
    const offices = await readOffices(new Set(families.map(({ regulation }) => regulation)));
    const staff = offices.flatMap((office) => office.staff);
    expect(new Set(offices.map(({ institution }) => institution.zone)).size).toBe(3);
    expect(staff.filter(({ role }) => role === 'curator')).toHaveLength(20);
    expect(new Set(staff.map(({ email }) => email)).size).toBe(staff.length);
    expect(new Set(offices.flatMap(({ institution }) => institution.regulations))).toEqual(
      new Set(families.map(({ regulation }) => regulation)),
    );
  });
});
