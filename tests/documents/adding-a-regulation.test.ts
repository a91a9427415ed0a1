import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parse, stringify } from 'yaml';
import { readScenarios } from '../../cli/read-scenarios.ts';
import { asPage } from '../../cli/text/as-page.ts';
import { simulate } from '../../domain/case/simulate.ts';
import { loadCalendar, loadRegulations, parseRegulation } from '../../platform/regulations/load.ts';

// A sixth regulation, written from the page alone: whoever follows it must get what it says he gets.
const page = readFileSync(join(import.meta.dirname, '../../docs/adding-a-regulation.md'), 'utf8');
const blocks = [...page.matchAll(/^```(\w*)\n([\s\S]*?)^```$/gm)].map(([, language = '', text = '']) => ({
  language,
  text,
}));
const block = (what: string, holds: (text: string) => boolean): string => {
  const found = blocks.find(({ text }) => holds(text));
  if (!found) throw new Error(`the page has no ${what}`);
  return found.text;
};
const town = block('whole regulation', (text) => /^id: town$/m.test(text));
const family = block('family', (text) => text.startsWith('regulation: town'));
const printed = block('printed result', (text) => text.includes('\nSTAGES\n'));
const moreDuties = block('duties of the further forms', (text) => text.startsWith('duties:\n'));

const folder = mkdtempSync(join(tmpdir(), 'kurator-sixth-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('the page on adding a regulation', () => {
  it('has a whole file that stands beside the others and is played as the page prints it', () => {
    const regulations = join(folder, 'regulations');
    mkdirSync(regulations);
    writeFileSync(join(regulations, 'town.yaml'), town);
    writeFileSync(join(folder, 'family.yaml'), family);
    const { scenarios, faults } = readScenarios(join(folder, 'family.yaml'), loadRegulations(regulations), 'en');
    expect(faults).toEqual([]);
    const [scenario] = scenarios;
    if (!scenario) throw new Error('no scenario was read');
    expect(asPage(scenario, simulate(scenario, scenario.regulation, loadCalendar()), 'en').trim()).toBe(printed.trim());
  });

  it('shows duties that the same file may hold', () => {
    const whole = parse(town) as { duties: object };
    const more = parse(moreDuties) as { duties: object };
    const both = stringify({ ...whole, duties: { ...whole.duties, ...more.duties } });
    expect(Object.keys(parseRegulation(both, 'town.yaml').duties)).toEqual(
      expect.arrayContaining(Object.keys(more.duties)),
    );
  });

  it('shows the line by which an editor completes and explains', () => {
    expect(town.startsWith('# yaml-language-server: $schema=')).toBe(true);
  });
});
