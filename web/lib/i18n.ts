import i18next from 'i18next';
import type { BackendModule, ReadCallback } from 'i18next';
import { initReactI18next } from 'react-i18next';
import shellRu from '../locales/ru/shell.json';
import type { Sentence } from '../../domain/case/duty.ts';

export const languages = ['ru', 'en'] as const;
export type Language = (typeof languages)[number];

/** One catalogue a feature; all but the Russian shell come when a page first asks. */
const catalogues = import.meta.glob<Record<string, unknown>>('../locales/*/*.json', { import: 'default' });
const remembered = 'kurator.language';

const backend: BackendModule = {
  type: 'backend',
  init: () => undefined,
  read(language: string, namespace: string, done: ReadCallback) {
    const load = catalogues[`../locales/${language}/${namespace}.json`];
    if (!load) return done(new Error(`no catalogue ${language}/${namespace}`), false);
    load().then(
      (messages) => done(null, messages),
      (error: unknown) => done(error as Error, false),
    );
  },
};

export const languageNow = (): Language => (i18next.language === 'en' ? 'en' : 'ru');

/** The sentence of the records in the reader's language. */
export const say = (sentence: Sentence): string => sentence[languageNow()];

/** The same at the beginning of a line: regulations write their duties as parts of a sentence. */
export const sayTitle = (sentence: Sentence): string => {
  const said = say(sentence);
  return said.charAt(0).toLocaleUpperCase(languageNow()) + said.slice(1);
};

export async function setLanguage(language: Language): Promise<void> {
  localStorage.setItem(remembered, language);
  await i18next.changeLanguage(language);
}

export async function startI18n(language = localStorage.getItem(remembered) ?? 'ru'): Promise<void> {
  i18next.on('languageChanged', (next) => document.documentElement.setAttribute('lang', next));
  await i18next
    .use(backend)
    .use(initReactI18next)
    .init({
      lng: language,
      // A Russian form that is missing must not turn into an English sentence, nor the other way round.
      fallbackLng: false,
      supportedLngs: [...languages],
      ns: ['shell'],
      defaultNS: 'shell',
      partialBundledLanguages: true,
      resources: { ru: { shell: shellRu } },
      interpolation: { escapeValue: false },
      returnNull: false,
    });
  document.documentElement.setAttribute('lang', language);
}

export { i18next };
