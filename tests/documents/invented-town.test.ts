import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { readScenarios } from '../../cli/read-scenarios.ts';
import { asPage } from '../../cli/text/as-page.ts';
import { simulate } from '../../domain/case/simulate.ts';
import { loadCalendar, parseRegulation } from '../../platform/regulations/load.ts';

/**
 * A regulation of an invented town, written from docs/adding-a-regulation.md by one who did not know the program, and
 * three families whose days were worked out by hand from its text. It stands beside the tests, not in regulations/.
 */
const folder = join(import.meta.dirname, 'invented-town');

interface Expected {
  expect: [rule: string, dueOn: string, state: string][];
  absent: string[];
  rejected: [on: string, command: string, clause: string][];
  advice?: [on: string, command: string, clause: string][];
}

const expected = parse(readFileSync(join(folder, 'families.yaml'), 'utf8')) as Expected[];

describe('a regulation written from the page alone', () => {
  const regulation = parseRegulation(readFileSync(join(folder, 'zaozyorsk.yaml'), 'utf8'), 'zaozyorsk.yaml');
  const known = new Map([['zaozyorsk@1', regulation]]);
  const { scenarios, faults } = readScenarios(join(folder, 'families.yaml'), known, 'ru');

  it('is read whole, families too', () => {
    expect(faults).toEqual([]);
    expect(scenarios).toHaveLength(expected.length);
  });

  it.each(scenarios.map((scenario, index) => [scenario.title, scenario, expected[index]] as const))(
    '%s: has the days of the text',
    (_, scenario, wanted) => {
      const result = simulate(scenario, scenario.regulation, loadCalendar());
      const found = result.duties.map(({ rule, dueOn, state }) => [rule, dueOn, state]);
      for (const one of wanted?.expect ?? []) expect(found).toContainEqual(one);
      for (const rule of wanted?.absent ?? []) expect(found.map(([name]) => name)).not.toContain(rule);
      expect(result.rejected.map(({ on, command, refusal }) => [on, command, refusal.clause])).toEqual(
        wanted?.rejected,
      );
      expect(result.advice.map(({ on, command, advice }) => [on, command, advice.clause])).toEqual(
        expect.arrayContaining(wanted?.advice ?? []),
      );
      const page = asPage(scenario, result, 'ru');
      expect(page).not.toMatch(/measure\.agency|undefined/);
      // A report whose period lies ahead takes one line, so that two years of them do not hide the family.
      expect(page).toMatch(/отчёт за месяц: 01\.2028 · monthReport@i\/2028-01\n/);
    },
  );
});
