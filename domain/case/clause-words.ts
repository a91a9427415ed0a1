import type { Sentence } from './duty.ts';

/**
 * What the parts of a text are called that has no numbered clauses. The code of a clause is a wire name ("step 3") and
 * stays as it is; people read its words.
 */
const parts: Readonly<Record<string, Sentence>> = {
  'personal file': { ru: 'личное дело', en: 'personal file' },
  section: { ru: 'раздел', en: 'section' },
  step: { ru: 'шаг', en: 'step' },
  stage: { ru: 'этап', en: 'stage' },
  form: { ru: 'форма', en: 'form' },
  forms: { ru: 'формы работы', en: 'forms of work' },
  places: { ru: 'места встреч', en: 'places of meetings' },
  annex: { ru: 'приложение', en: 'annex' },
  article: { ru: 'статья', en: 'article' },
};

const partWords = (part: string): Sentence => {
  const name = part.replace(/\s+[\d.]+$/, '');
  const words = parts[name];
  const number = part.slice(name.length);
  return words ? { ru: words.ru + number, en: words.en + number } : { ru: part, en: part };
};

/** Whether the code is the number of a clause, or begins with one. */
export const isNumbered = (clause: string): boolean => /^\d/.test(clause);

/** The clause as people cite it: `пункт 3.2`, `шаг 3, раздел 4`. `numbered`: what stands before a number. */
export const clauseWords = (clause: string, numbered: Sentence = { ru: 'пункт ', en: 'clause ' }): Sentence => {
  if (isNumbered(clause)) return { ru: numbered.ru + clause, en: numbered.en + clause };
  const words = clause.split(', ').map(partWords);
  return { ru: words.map(({ ru }) => ru).join(', '), en: words.map(({ en }) => en).join(', ') };
};

/** The same, short: `п. 3.2`. */
export const clauseShort = (clause: string): Sentence => clauseWords(clause, { ru: 'п. ', en: '' });

const begun = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);

/** At the beginning of a sentence that says why: `По п. 3.2`, `Шаг 7`. */
export const byClause = (clause: string): Sentence => {
  if (isNumbered(clause)) return { ru: `По п. ${clause}`, en: `By ${clause}` };
  const { ru, en } = clauseWords(clause);
  return { ru: begun(ru), en: begun(en) };
};
