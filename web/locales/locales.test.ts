// @vitest-environment node
import i18next from 'i18next';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';

type Tree = { [key: string]: string | Tree };

const folder = import.meta.dirname;
const features = readdirSync(join(folder, 'ru')).map((file) => file.replace('.json', ''));
const read = (language: string, feature: string): Tree =>
  JSON.parse(readFileSync(join(folder, language, `${feature}.json`), 'utf8')) as Tree;
const flat = (tree: Tree, at = ''): [string, string][] =>
  Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[at + key, value] as [string, string]] : flat(value, `${at}${key}.`),
  );

const forms = { ru: ['one', 'few', 'many', 'other'], en: ['one', 'other'] } as const;
const suffix = /_(zero|one|two|few|many|other)$/;
const base = (keys: string[]): string[] => [...new Set(keys.map((key) => key.replace(suffix, '')))].sort();
const slots = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name]) => name ?? '').sort();

it('has the same catalogues in both languages', () => {
  expect(readdirSync(join(folder, 'en')).sort()).toEqual(readdirSync(join(folder, 'ru')).sort());
});

describe.each(features)('%s', (feature) => {
  const ru = flat(read('ru', feature));
  const en = flat(read('en', feature));

  it('says the same things in both languages', () => {
    expect(base(en.map(([key]) => key))).toEqual(base(ru.map(([key]) => key)));
  });

  it('leaves nothing blank and keeps the slots', () => {
    const english = new Map(en.map(([key, text]) => [key.replace(suffix, ''), slots(text)]));
    for (const [key, text] of ru) {
      expect(text.trim(), key).not.toBe('');
      expect(english.get(key.replace(suffix, '')), key).toEqual(slots(text));
    }
    for (const [key, text] of en) expect(text.trim(), key).not.toBe('');
  });

  it.each(['ru', 'en'] as const)('gives every counted sentence all its forms in %s', (language) => {
    const keys = (language === 'ru' ? ru : en).map(([key]) => key);
    for (const counted of base(keys.filter((key) => suffix.test(key)))) {
      expect(
        forms[language].map((form) => `${counted}_${form}`).filter((key) => !keys.includes(key)),
        counted,
      ).toEqual([]);
    }
  });

  it('never writes the digit into a form: 21 takes the form of 1', () => {
    for (const [key, text] of [...ru, ...en].filter(([key]) => suffix.test(key)))
      expect(text, key).toContain('{{count}}');
  });
});

describe('counting', () => {
  const numbers = [0, 1, 2, 5, 11, 21, 22, 101, 1.5];
  const expected = {
    ru: ['many', 'one', 'few', 'many', 'many', 'one', 'few', 'one', 'other'],
    en: ['other', 'one', 'other', 'other', 'other', 'other', 'other', 'other', 'other'],
  };

  it.each(['ru', 'en'] as const)('picks the right form in %s for every counted sentence', async (language) => {
    const engine = i18next.createInstance();
    await engine.init({
      lng: language,
      fallbackLng: false,
      ns: features,
      resources: { [language]: Object.fromEntries(features.map((feature) => [feature, read(language, feature)])) },
      interpolation: { escapeValue: false },
    });
    // The keys come from the files here, not from the type.
    const translate = engine.t as unknown as (key: string, options: { ns: string; count: number }) => string;
    for (const feature of features) {
      const messages = new Map(flat(read(language, feature)));
      for (const counted of base([...messages.keys()].filter((key) => suffix.test(key)))) {
        numbers.forEach((count, index) => {
          const form = messages.get(`${counted}_${expected[language][index] ?? ''}`) ?? '';
          const said = translate(counted, { ns: feature, count });
          expect(said, `${counted} ${count}`).toBe(
            form.replaceAll('{{count}}', String(count)).replace(/\{\{\w+\}\}/g, ''),
          );
        });
      }
    }
  });
});
