import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { commandTable } from '../../api/command-table.ts';
import { commandsPage } from '../../api/commands-page-text.ts';
import { CommandTableRow } from '../../api/schemas/command-table.ts';
import { commandSchemas, commandWords } from '../../domain/commands/catalog.ts';

describe('the table of all commands', () => {
  it('is the page in the documents: if not, run `npm run commands-page`', () => {
    expect(readFileSync(new URL('../../docs/commands.md', import.meta.url), 'utf8')).toBe(commandsPage());
  });

  it('names every word, its fields and somebody who may give it', () => {
    const rows = commandTable();
    expect(rows.map(({ command }) => command)).toEqual([...commandWords]);
    for (const row of rows) {
      expect(() => CommandTableRow.parse(row)).not.toThrow();
      expect(row.who.length, row.command).toBeGreaterThan(0);
      const known = Object.keys(commandSchemas[row.command as 'openCase'].shape);
      const own = known.filter((name) => !['command', 'on', 'note', 'recordedOn', 'curatorHas'].includes(name));
      const named = new Set(row.fields.map(({ name }) => name.split('[]')[0]));
      expect([...named].sort(), row.command).toEqual(own.sort());
    }
  });

  it('says what a field takes, and which fields are sealed', () => {
    const field = (command: string, name: string) =>
      commandTable()
        .find((row) => row.command === command)
        ?.fields.find((one) => one.name === name);
    expect(field('decidePlan', 'decision')).toMatchObject({ required: true, values: ['approve', 'reject'] });
    expect(field('draftPlan', 'measures[].what')).toMatchObject({ type: 'words', sealed: true });
    expect(field('draftPlan', 'measures[].dueOn')).toMatchObject({ type: 'day', sealed: false });
    expect(field('assignCurator', 'curatorHas')).toBeUndefined();
  });
});
