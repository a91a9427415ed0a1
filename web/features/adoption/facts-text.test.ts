import { describe, expect, it } from 'vitest';
import { readPast, withCurator } from './facts-text.ts';

const say = (shape: string) => shape;

describe('a pasted past', () => {
  const text = `# прошлое
regulation: borovichi
commands:
  - { on: 2026-01-15, command: openCase, ground: application }
  - on: 2026-01-20
    command: draftPlan
    measures:
      - { id: m1, dueOn: 2026-13-45 }
`;

  it('is read as a scenario or as a list, in YAML or JSON, with the line of each part', () => {
    const { facts, faults, lineOf } = readPast(text, say);
    expect(faults).toEqual([]);
    expect(facts.map(({ on, command }) => `${on} ${command}`)).toEqual(['2026-01-15 openCase', '2026-01-20 draftPlan']);
    expect([lineOf('facts.0'), lineOf('facts.1'), lineOf('facts.1.measures.0.dueOn'), lineOf('facts.1.until')]).toEqual(
      [4, 5, 8, 5],
    );
    expect(readPast(JSON.stringify(facts), say).facts).toEqual(facts);
  });

  it('names the line of what is no command, and of what is no YAML', () => {
    expect(readPast('', say).faults).toEqual([{ line: 1, message: 'empty' }]);
    expect(readPast('on: 2026-01-01', say).faults).toEqual([{ line: 1, message: 'notAList' }]);
    expect(readPast('просто слова', say).faults).toEqual([{ line: 1, message: 'notAList' }]);
    expect(readPast('- { on: 2026-01-01, command: openCase }\n- { on: 2026-01-01 }\n- 7', say).faults).toEqual([
      { line: 2, message: 'notACommand' },
      { line: 3, message: 'notACommand' },
    ]);
    expect(readPast('- { on: 2026-01-01\n- x', say).faults[0]?.line).toBe(2);
  });

  it('gets the chosen curator where it says `own`, else from today on', () => {
    const open = { on: '2026-01-15', command: 'openCase' };
    const own = { on: '2026-01-15', command: 'assignCurator', curator: 'own' };
    expect(withCurator([open, own], 'c1', '2026-06-01')[1]).toEqual({ ...own, curator: 'c1' });
    expect(withCurator([open], 'c1', '2026-06-01')).toEqual([
      open,
      { on: '2026-06-01', command: 'assignCurator', curator: 'c1' },
    ]);
    expect(withCurator([open], '', '2026-06-01')).toEqual([open]);
  });
});
