import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { simulate } from '../../../domain/case/simulate.ts';
import type { Duty } from '../../../domain/case/duty.ts';
import { loadRegulations } from '../../../platform/regulations/load.ts';
import { calendar, command, opening, regulation, zone } from '../support/family.ts';
import type { Input, Opening } from '../support/family.ts';

interface Expected {
  rule: string;
  key?: string;
  window?: number;
  subject?: string;
  dueOn?: string | null;
  unmovedDueOn?: string;
  state?: string;
  metOn?: string | null;
  awaited?: string;
  provisional?: boolean;
  basis?: string;
  /** The entry whose note gives the reason of a missed window; null while it is asked for. */
  reasonIn?: number | null;
}

interface Scenario {
  title: string;
  regulation: string;
  opening?: Opening;
  commands: Input[];
  until: string;
  expect?: Expected[];
  /** All duties of a rule, by their keys. */
  keys?: Record<string, string[]>;
  /** Rules of which no duty may exist; `rule/3` for one window, `rule#subject` for one document or measure. */
  absent?: string[];
  stages?: [stage: string, from: string, to: string | null][];
  rejected?: { on: string; command: string; clause?: string; code?: string }[];
  advice?: { on: string; command: string; clause?: string; code?: string }[];
}

const folder = import.meta.dirname;
const scenarios = readdirSync(folder)
  .filter((name) => name.endsWith('.yaml'))
  .flatMap((name) => parse(readFileSync(join(folder, name), 'utf8')) as Scenario[]);

const play = (scenario: Scenario) =>
  simulate(
    {
      commands: [...(scenario.opening ? opening(scenario.opening) : []), ...scenario.commands].map(command),
      until: scenario.until,
      zone,
    },
    regulation(scenario.regulation),
    calendar,
  );

const fits = (duty: Duty, { rule, window, subject, awaited, unmovedDueOn, ...rest }: Expected): boolean =>
  duty.rule === rule &&
  (window === undefined || duty.window?.index === window || duty.key.endsWith(`/${window}`)) &&
  (subject === undefined || duty.subject === subject) &&
  (awaited === undefined || duty.awaited.code === awaited) &&
  (unmovedDueOn ?? rest.dueOn ?? duty.unmovedDueOn) === duty.unmovedDueOn &&
  Object.entries(rest).every(([field, value]) => duty[field as keyof Duty] === value);

const brief = ({ key, dueOn, unmovedDueOn, state, metOn, awaited, provisional }: Duty) => ({
  key,
  dueOn,
  unmovedDueOn,
  state,
  metOn,
  awaited: awaited.code,
  provisional,
});

describe.each(scenarios)('$regulation: $title', (scenario) => {
  const result = play(scenario);

  it('refuses exactly what its clauses stand against', () => {
    expect(
      result.rejected.map(({ on, command: word, refusal }) => ({
        on,
        command: word,
        by: refusal.clause ?? refusal.code,
      })),
    ).toEqual(
      (scenario.rejected ?? []).map(({ on, command: word, clause, code }) => ({
        on,
        command: word,
        by: clause ?? code,
      })),
    );
  });

  it.each(scenario.expect ?? [])('$rule $window $dueOn $state', (expected) => {
    const same = result.duties.filter(({ rule }) => rule === expected.rule);
    expect(
      same.some((duty) => fits(duty, expected)),
      JSON.stringify(same.map(brief), null, 1),
    ).toBe(true);
  });

  it.each(scenario.absent ?? [])('has no duty %s', (name) => {
    const [whole = '', subject] = name.split('#');
    const [rule, window] = whole.split('/');
    expect(
      result.duties
        .filter((duty) => duty.rule === rule && (window === undefined || duty.window?.index === Number(window)))
        .filter((duty) => subject === undefined || duty.subject === subject)
        .map(brief),
    ).toEqual([]);
  });

  it.each(Object.entries(scenario.keys ?? {}))('%s: these duties and no other', (name, keys) => {
    const made = result.duties.filter(({ rule }) => rule === name).map(({ key }) => key);
    expect(made.toSorted()).toEqual(keys.toSorted());
  });

  if (scenario.stages) {
    it('goes through its stages', () => {
      expect(result.stages.map(({ stage, from, to }) => [stage, from, to])).toEqual(scenario.stages);
    });
  }

  it('advises where the text only recommends', () => {
    for (const wanted of scenario.advice ?? []) {
      const given = result.advice.map(({ on, command: word, advice }) => ({
        on,
        command: word,
        clause: advice.clause,
        code: advice.code,
      }));
      expect(given).toContainEqual(expect.objectContaining(wanted));
    }
  });

  it('lists the soonest first and what has no day last, of one day the older entry first', () => {
    const places = result.duties
      .filter(({ scope }) => scope === 'case')
      .map(({ dueOn, rootEntry }) => `${dueOn ?? 'none'} ${String(rootEntry).padStart(4)}`);
    expect(places).toEqual(places.toSorted());
  });

  it('gives every day its reckoning', () => {
    for (const duty of result.duties) {
      expect(duty.why.at(0)?.kind).toBe('start');
      expect(duty.basis === 'undated').toBe(duty.dueOn === null);
      // The calendars of 2028 and later are not published.
      expect(duty.provisional).toBe((duty.dueOn ?? '') >= '2028');
      const moved = duty.why.filter(({ kind }) => kind === 'moved').map(({ day }) => day);
      expect(moved).toEqual(duty.dueOn === duty.unmovedDueOn ? [] : [duty.dueOn]);
      const named = duty.why.findLast(({ day }) => day !== null)?.day;
      if (duty.dueOn) expect(named).toBe(duty.dueOn);
      for (const { text } of duty.why) {
        expect(text.ru).not.toMatch(/\{|undefined|\[object/);
        expect(text.en).not.toMatch(/\{|undefined|\[object/);
      }
    }
  });
});

describe.each([...loadRegulations().values()])('every binding clause of $id has a scenario', (file) => {
  const own = scenarios.filter(({ regulation: name }) => name === `${file.id}@${file.version}`);
  const played = own.map((scenario) => ({ scenario, result: play(scenario) }));

  it.each(Object.values(file.duties))('duty $rule ($clause)', ({ rule }) => {
    expect(own.some(({ expect: wanted }) => wanted?.some((one) => one.rule === rule))).toBe(true);
  });

  it.each(file.refusals)('refusal of $command by $clause', ({ command: word, clause }) => {
    expect(own.some(({ rejected }) => rejected?.some((one) => one.command === word && one.clause === clause))).toBe(
      true,
    );
  });

  it.each(file.advices)('advice on $command by $clause', ({ command: word, clause }) => {
    expect(own.some(({ advice }) => advice?.some((one) => one.command === word && one.clause === clause))).toBe(true);
  });

  it.each(Object.keys(file.stages))('stage %s', (stage) => {
    expect(own.some(({ stages }) => stages?.some(([name]) => name === stage))).toBe(true);
  });

  it.each(Object.entries(file.roles))('role %s: each of its choices', (_, { choose }) => {
    const awaited = new Set(played.flatMap(({ result }) => result.duties.map((duty) => duty.awaited.code)));
    for (const { then } of choose) expect([...awaited]).toContain(then);
  });
});
