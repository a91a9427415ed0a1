import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../domain/case/simulate.ts';
import { parseRegulation } from '../../../platform/regulations/load.ts';
import { calendar, command, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';

/** An invented regulation: the shipped one, but its monitoring is of families on two levels alone. */
const file = parseRegulation(
  readFileSync(join(import.meta.dirname, '../../../regulations/borovichi.yaml'), 'utf8')
    .replace('id: borovichi', 'id: invented')
    .replace(
      'grid: { anchor: { stage: activity }',
      'for: [{ level: [crisis, emergency] }]\n    grid: { anchor: { stage: activity }',
    ),
  'invented.yaml',
);

// Windows of three months from 15 January: they end on 15 April, 15 July, 15 October.
const windows = (more: Input[], until: string): string[] =>
  simulate(
    {
      commands: [
        ...opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2026-12-31' }),
        ...more,
      ].map(command),
      ...{ until, zone },
    },
    file,
    calendar,
  )
    .duties.filter(({ rule }) => rule === 'monitoring')
    .map(({ dueOn, state }) => `${String(dueOn)} ${state}`)
    .filter((line) => !line.endsWith('upcoming'));
const level = (on: string, name: string, word = 'changeLevel'): Input => ({ on, command: word, level: name });

describe('a duty of families on some levels asks the level of its own day', () => {
  it('a lower one since then hides nothing that was missed', () => {
    const lowered = [level('2026-01-16', 'crisis', 'setLevel'), level('2026-07-20', 'basic')];
    expect(windows(lowered, '2026-08-03')).toEqual(['2026-04-15 missed', '2026-07-15 overdue']);
  });

  it('a higher one since then asks for nothing in hindsight, and from then on', () => {
    const raised = [level('2026-01-16', 'basic', 'setLevel'), level('2026-07-20', 'crisis')];
    expect(windows(raised, '2026-08-03')).toEqual(['2026-10-15 open']);
  });

  it('a lower one before that day takes the window away', () => {
    const lowered = [level('2026-01-16', 'crisis', 'setLevel'), level('2026-04-14', 'basic')];
    expect(windows(lowered, '2026-08-03')).toEqual([]);
  });

  it('one that was set too late is asked as it was set first', () => {
    expect(windows([level('2026-07-20', 'crisis', 'setLevel')], '2026-08-03')).toEqual([
      ...['2026-04-15 missed', '2026-07-15 overdue', '2026-10-15 open'],
    ]);
    const changed = [level('2026-07-20', 'crisis', 'setLevel'), level('2026-07-27', 'basic')];
    expect(windows(changed, '2026-08-03')).toEqual(['2026-04-15 missed', '2026-07-15 overdue']);
    const first = [level('2026-07-20', 'basic', 'setLevel'), level('2026-07-27', 'crisis')];
    expect(windows(first, '2026-08-03')).toEqual(['2026-10-15 open']);
  });

  it('a family without a level is not concerned', () => {
    expect(windows([], '2026-08-03')).toEqual([]);
  });
});
