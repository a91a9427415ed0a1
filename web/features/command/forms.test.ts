import { describe, expect, it } from 'vitest';
import codes from '../../locales/ru/codes.json';
import words from '../../locales/ru/command.json';
import { commandForms, dayField, noteField } from './forms.ts';

const has = (tree: unknown, path: string): boolean =>
  path.split('.').reduce<unknown>((at, part) => (at as Record<string, unknown> | undefined)?.[part], tree) !==
  undefined;

describe.each(Object.entries(commandForms))('%s', (command, form) => {
  it('is named, and so are its group and its fields', () => {
    expect(has(words, `title.${command}`)).toBe(true);
    expect(has(words, `group.${form.group}`)).toBe(true);
    for (const field of [dayField, ...form.fields, noteField].filter(({ kind }) => kind !== 'hidden'))
      expect(has(words, `field.${field.name}`), field.name).toBe(true);
  });

  it('says its codes in words', () => {
    for (const field of form.fields)
      if (field.kind === 'choice' || field.kind === 'codeOrText')
        for (const code of field.options) expect(has(codes, `${field.group}.${code}`), code).toBe(true);
  });

  it('asks for nothing twice', () => {
    const names = form.fields.map((field) => field.name);
    expect(new Set(names).size).toBe(names.length);
  });
});
