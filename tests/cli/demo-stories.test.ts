import { describe, expect, it } from 'vitest';
import { readOffices } from '../../cli/demo-office.ts';
import { pastOf, readFamilies, withDays, type DemoFamily } from '../../cli/demo-stories.ts';
import { atTime } from '../../domain/calendar/zone.ts';
import { buildAgenda } from '../../domain/case/build-agenda.ts';
import type { Duty } from '../../domain/case/duty.ts';
import { simulate } from '../../domain/case/simulate.ts';
import { parseCommand } from '../../domain/commands/catalog.ts';
import type { Command } from '../../domain/commands/command.ts';
import type { Regulation } from '../../domain/regulation/regulation.ts';
import { loadCalendar, loadRegulations } from '../../platform/regulations/load.ts';

const regulations = new Map([...loadRegulations().values()].map((regulation) => [regulation.id, regulation]));
const families = await readFamilies();
const calendar = loadCalendar();
const zone = 'Europe/Moscow';

const parsed = (family: DemoFamily, body: unknown): Command => {
  const read = parseCommand(body);
  if (!read.ok) throw new Error(`${family.code}: ${read.errors.map(({ message }) => message).join('; ')}`);
  return read.command;
};

const play = (today: string) =>
  families.flatMap((family) => {
    const regulation = regulations.get(family.regulation);
    if (!regulation) return [];
    const adoption = parsed(family, { command: 'adoptCase', on: today, facts: pastOf(family, today, 'c1') });
    const now = family.now.map((step) => {
      const { as: _, ...body } = withDays(step, { openedOn: today, today }) as Record<string, unknown>;
      return parsed(family, body);
    });
    const scenario = { commands: [adoption, ...now], until: today, zone };
    return [{ family, regulation, played: simulate(scenario, regulation, calendar) }];
  });

// The demo is made on the day on which somebody tries it: in the middle of a week, in the holidays of January and in summer.
const days = ['2026-11-20', '2027-01-05', '2026-07-13'];
const onDays = days.map((today) => ({ today, all: play(today) }));
type Played = (typeof onDays)[number]['all'][number];
const [{ all: adopted, today }] = onDays as [(typeof onDays)[number]];

describe('the stories of the demo', () => {
  it('are read, each family with a name and a code of its own', () => {
    expect(new Set(families.map(({ code }) => code)).size).toBe(families.length);
    expect(new Set(families.map(({ family }) => family.name)).size).toBe(families.length);
    expect(families.length).toBeGreaterThanOrEqual(60);
  });

  it.each(adopted)('$family.code is a past that the rules take', ({ family, played }) => {
    expect(played.rejected).toEqual([]);
    const ofThePast = played.advice.filter(({ command }) => command === 'adoptCase');
    expect(ofThePast.map(({ advice }) => `${family.code}, ${advice.clause}: ${advice.text.en}`)).toEqual([]);
  });

  // The holidays of January move the end of a term by ten days, and with it what may be said to have been done by then.
  const border = '2027-01-14';
  it.each([...onDays, { today: border, all: play(border) }])('are taken on $today too, without advice', ({ all }) => {
    expect(all.flatMap(({ family, played }) => played.rejected.map(({ refusal }) => [family.code, refusal]))).toEqual(
      [],
    );
    const advice = all.flatMap(({ family, played }) => played.advice.map((one) => ({ code: family.code, ...one })));
    expect(advice.filter(({ command }) => command === 'adoptCase')).toEqual([]);
  });
});

const isLate = ({ state }: Duty): boolean => state === 'overdue' || state === 'missed';
const isOpen = ({ played }: Played): boolean => played.state.status === 'open';
/** What the house of a family is late with is the institution's own. */
const ofTheFamily = ({ played }: Played): Duty[] => played.duties.filter(({ scope }) => scope === 'case');

/** Rules whose duties have a day that can pass; the institution's reports are no family's. */
const lateRules = (regulation: Regulation): string[] => [
  ...Object.values(regulation.duties).flatMap((duty) => {
    const dated =
      duty.form === 'term'
        ? duty.term !== null && !duty.atLeast
        : ['grid', 'measure', 'request', 'parentVisit'].includes(duty.form);
    return dated ? [duty.rule] : [];
  }),
  'acknowledgement',
];

/** What somebody who looks around must be able to find, by regulation. */
const table = [...regulations.values()].flatMap((regulation) => {
  const cell = (what: string, has: (one: Played) => boolean) => ({ regulation: regulation.id, what, has });
  return [
    ...Object.keys(regulation.stages).map((stage) =>
      cell(`stage ${stage}`, (one) => isOpen(one) && one.played.stages.at(-1)?.stage === stage),
    ),
    cell('support that has ended', (one) => !isOpen(one)),
    ...Object.keys(regulation.levels).map((level) =>
      cell(`level ${level}`, (one) => isOpen(one) && one.played.state.level === level),
    ),
    ...lateRules(regulation).map((rule) =>
      cell(
        `late: ${rule}`,
        (one) => isOpen(one) && ofTheFamily(one).some((duty) => duty.rule === rule && isLate(duty)),
      ),
    ),
    cell('waits for an agency', (one) =>
      ofTheFamily(one).some(({ state, awaited }) => state === 'open' && awaited.kind === 'agency'),
    ),
    cell('nothing late', (one) => isOpen(one) && !ofTheFamily(one).some(isLate)),
  ].map(({ has, ...named }) => ({
    ...named,
    counts: onDays.map(
      ({ all }) =>
        all.filter((one) => one.regulation === regulation && !one.family.training).filter((one) => has(one)).length,
    ),
  }));
});

describe('what the demo covers, in families on each of the days', () => {
  it.each(table)('$regulation, $what: $counts', ({ counts }) => {
    expect(Math.min(...counts)).toBeGreaterThan(0);
  });

  it('each way to be late, of each who can be: a role, a body, an agency', () => {
    const duties = adopted.flatMap((one) => ofTheFamily(one));
    expect(new Set(duties.map(({ state }) => state))).toEqual(
      new Set(['upcoming', 'open', 'overdue', 'missed', 'met', 'met late', 'cancelled']),
    );
    const late = new Set(duties.filter(isLate).map(({ awaited }) => `${awaited.kind}:${awaited.code}`));
    for (const who of ['role:curator', 'role:head', 'agency:school']) expect(late).toContain(who);
    for (const body of ['commission', 'workingGroup', 'patronageCouncil']) expect(late).toContain(`body:${body}`);
  });
});

describe('the families to play with', () => {
  const training = onDays.flatMap(({ today: on, all }) =>
    all.filter(({ family }) => family.training).map((one) => ({ ...one, code: one.family.code, on })),
  );

  it('are one of each regulation', () => {
    const own = training.filter(({ on }) => on === today).map(({ family }) => family.regulation);
    expect(own.sort()).toEqual([...regulations.keys()].sort());
  });

  it.each(training)('$code on $on: the next events bring a reminder, something overdue, an escalation', (one) => {
    const { regulation, played, on } = one;
    const midday = atTime(on, '12:00', zone);
    const own = ofTheFamily(one);
    const agenda = buildAgenda(own, regulation.house, calendar, zone, played.state.adopted?.at ?? null);
    const ahead = agenda.filter(({ at }) => at > midday);
    const events = [...new Set(ahead.map(({ at }) => at))].slice(0, 5);
    const steps = ahead.filter(({ at }) => events.includes(at)).map(({ step }) => step);
    expect(events.length).toBeGreaterThanOrEqual(3);
    expect(steps).toEqual(
      expect.arrayContaining([expect.stringMatching(/^remind-/), 'overdue', expect.stringMatching(/^escalate-/)]),
    );
    expect(own.some(isLate)).toBe(false);
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
