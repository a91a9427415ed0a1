import en from '../locales/en/agency.json';
import ru from '../locales/ru/agency.json';

export type Language = 'ru' | 'en';
export type Key = keyof typeof ru;

const catalogues: Record<Language, Record<Key, string>> = { ru, en };
const remembered = 'kurator.language';

export const readLanguage = (): Language => (localStorage.getItem(remembered) === 'en' ? 'en' : 'ru');
export const keepLanguage = (language: Language): void => localStorage.setItem(remembered, language);

/** A sentence of the catalogue with its slots filled. */
export const say = (language: Language, key: Key, slots: Record<string, string> = {}): string =>
  catalogues[language][key].replace(/\{\{(\w+)\}\}/g, (_, slot: string) => slots[slot] ?? '');
