import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { commandCatalog, parseCommand } from '../../../domain/commands/catalog.ts';
import { commandWords } from '../../../domain/commands/command.ts';
import type { Fields } from '../../../domain/commands/fields.ts';
import { isTyped, typed, wordPatterns } from '../../../domain/commands/typed-text.ts';

const refused = ['\u0000', '\u0007', '\u001b[2J', '\u007f', '\u0085', '\ud800', 'а\udfff', '\u202eавонавИ', '\u2066'];
const taken = [
  '',
  'Иванова Ё-ё',
  'две\nстроки',
  'две\r\nстроки\tдальше',
  'é 😀 €',
  '\u200eمريم\u200f',
  'б/н №7 «да» — …',
];

describe('what a person typed', () => {
  it.each(refused)('is not %j', (value) => expect(isTyped(`слова${value}слова`)).toBe(false));
  it.each(taken)('may be %j', (value) => expect(isTyped(value)).toBe(true));

  it('stands on one line where a name is asked for', () => {
    const name = typed(z.string(), 'line');
    expect(name.safeParse('Иванова Нина').success).toBe(true);
    for (const value of ['Иванова\nНина', 'Иванова\tНина', '\u202eавонавИ'])
      expect(name.safeParse(value).error?.issues[0]?.message).toContain('Здесь нужна одна строка');
  });

  it('is published by a pattern that lets through what is taken, and of what is refused only half a character', () => {
    const [text = ''] = wordPatterns;
    expect(z.toJSONSchema(typed(z.string().max(9)))).toMatchObject({ type: 'string', maxLength: 9, pattern: text });
    const published = new RegExp(text, 'u');
    expect(taken.every((value) => published.test(value))).toBe(true);
    expect(refused.filter((value) => published.test(value))).toEqual(['\ud800', 'а\udfff']);
  });
});

interface Wrong {
  path: string;
  value: Record<string, unknown>;
}

/** Every field of a command that takes words, with a value that nobody typed. */
const wrongIn = (fields: Fields): Wrong[] =>
  Object.entries(fields).flatMap(([name, { items, stores }]): Wrong[] => {
    if (items)
      return wrongIn(items).map(({ path, value }) => ({ path: `${name}.0.${path}`, value: { [name]: [value] } }));
    return stores === 'text' ? [{ path: name, value: { [name]: 'а\u0000б' } }] : [];
  });

it.each(commandWords.filter((word) => word !== 'adoptCase'))(
  '%s takes nothing else in any field of words',
  (command) => {
    const { fields } = commandCatalog[command];
    const found = [...wrongIn(fields), { path: 'note', value: { note: '\u202eавонавИ' } }];
    for (const { path, value } of found) {
      const parsed = parseCommand({
        ...{ command, on: '2026-03-02', ...value },
        ...(command === 'correctEntry' && { replacement: { command: 'recordVisit', on: '2026-03-02' } }),
      });
      const errors = parsed.ok ? [] : parsed.errors;
      expect(errors).toContainEqual({
        path,
        ru: expect.stringMatching(`^«${path}»: есть знак, которого не бывает на клавиатуре`),
        message: expect.stringMatching(`^"${path}": it has a sign that no keyboard types`),
      });
    }
  },
);

it('nor does a list of words, a replacement or the past of an adopted case', () => {
  const visit = { command: 'recordVisit', on: '2026-03-02', note: '\u0000' };
  const wrong: [object, string][] = [
    [{ command: 'correctEntry', on: '2026-03-02', entry: 1, replacement: visit }, 'replacement.note'],
    [{ command: 'adoptCase', on: '2026-03-02', facts: [visit] }, 'facts.0.note'],
  ];
  for (const [input, path] of wrong) {
    const parsed = parseCommand(input);
    expect(parsed.ok ? [] : parsed.errors.map((one) => one.path)).toEqual([path]);
  }
});
