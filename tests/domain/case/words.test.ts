import { describe, expect, it } from 'vitest';
import { byClause, clauseShort, clauseWords } from '../../../domain/case/clause-words.ts';
import type { Sentence } from '../../../domain/case/duty.ts';
import { factTitle, factTitles } from '../../../domain/case/fact-titles.ts';
import { fieldTitle, valueTitle, valueWords } from '../../../domain/case/missing-words.ts';
import { adviceCodes, refusalCodes } from '../../../domain/case/refusal-codes.ts';
import { stepWords } from '../../../domain/case/step-words.ts';
import { dayWords, plural, shortDay, termWords, weeksWords } from '../../../domain/case/words.ts';
import { loadRegulations } from '../../../platform/regulations/load.ts';

const both = ({ ru, en }: Sentence): string => `${ru} | ${en}`;

describe('a day in words', () => {
  it('names the day of the week that it is', () => {
    const week = ['09', '10', '11', '12', '13', '14', '15'].map((day) => both(dayWords(`2026-03-${day}`)));
    expect(week).toEqual([
      '09.03.2026 (пн) | 2026-03-09 (Mon)',
      '10.03.2026 (вт) | 2026-03-10 (Tue)',
      '11.03.2026 (ср) | 2026-03-11 (Wed)',
      '12.03.2026 (чт) | 2026-03-12 (Thu)',
      '13.03.2026 (пт) | 2026-03-13 (Fri)',
      '14.03.2026 (сб) | 2026-03-14 (Sat)',
      '15.03.2026 (вс) | 2026-03-15 (Sun)',
    ]);
    expect(shortDay('2027-11-04')).toBe('04.11.2027');
  });
});

describe('a term in words', () => {
  it('takes the form that goes with its number', () => {
    const form = (count: number) => plural(count, 'день', 'дня', 'дней');
    expect([0, 1, 2, 4, 5, 10, 11, 12, 14, 15, 19].map(form)).toEqual([
      ...['дней', 'день', 'дня', 'дня', 'дней', 'дней'],
      ...['дней', 'дней', 'дней', 'дней', 'дней'],
    ]);
    expect([20, 21, 22, 25, 101, 111, 112, 122, -1, -11].map(form)).toEqual([
      ...['дней', 'день', 'дня', 'дней', 'день', 'дней', 'дней', 'дня', 'день', 'дней'],
    ]);
  });

  it.each([
    [{ calendarDays: 1 }, '1 календарный день | 1 calendar day'],
    [{ calendarDays: 3 }, '3 календарных дня | 3 calendar days'],
    [{ calendarDays: 30 }, '30 календарных дней | 30 calendar days'],
    [{ workingDays: 1 }, '1 рабочий день | 1 working day'],
    [{ workingDays: 2 }, '2 рабочих дня | 2 working days'],
    [{ workingDays: 10 }, '10 рабочих дней | 10 working days'],
    [{ months: 1 }, '1 месяц | 1 month'],
    [{ months: 3 }, '3 месяца | 3 months'],
    [{ months: 6 }, '6 месяцев | 6 months'],
  ])('%j', (term, words) => {
    expect(both(termWords(term))).toBe(words);
  });

  it('in weeks', () => {
    expect([1, 2, 5].map((n) => both(weeksWords(n)))).toEqual([
      '1 неделю | 1 week',
      '2 недели | 2 weeks',
      '5 недель | 5 weeks',
    ]);
  });
});

describe('a clause in words', () => {
  it('by its number, or by what its part is called', () => {
    expect(both(clauseWords('3.2'))).toBe('пункт 3.2 | clause 3.2');
    expect(both(clauseShort('3.2'))).toBe('п. 3.2 | 3.2');
    expect(both(byClause('3.2'))).toBe('По п. 3.2 | By 3.2');
    expect(both(byClause('step 7'))).toBe('Шаг 7 | Step 7');
    expect(both(clauseShort('step 3, section 4'))).toBe('шаг 3, раздел 4 | step 3, section 4');
    expect(both(clauseWords('article 16, annex 2, form 1'))).toBe(
      'статья 16, приложение 2, форма 1 | article 16, annex 2, form 1',
    );
    expect(both(clauseWords('personal file, stage 2'))).toBe('личное дело, этап 2 | personal file, stage 2');
    expect(both(clauseWords('places, forms'))).toBe('места встреч, формы работы | places of meetings, forms of work');
    expect(both(clauseWords('preamble'))).toBe('preamble | preamble');
  });
});

describe('a step of the ladder in words', () => {
  it('says how many days before or after', () => {
    expect(both(stepWords('remind-1'))).toBe(
      'напоминание за 1 рабочий день до срока | reminder 1 working day before the day',
    );
    expect(both(stepWords('remind-3'))).toBe(
      'напоминание за 3 рабочих дня до срока | reminder 3 working days before the day',
    );
    expect(both(stepWords('escalate-5'))).toBe(
      'сообщение через 5 рабочих дней после срока | escalation 5 working days after the day',
    );
    expect(both(stepWords('overdue'))).toBe('сообщение о просрочке | notice that it is overdue');
    expect(both(stepWords('missed'))).toBe('сообщение об упущенном промежутке | notice that a window was missed');
    expect(both(stepWords('request'))).toBe('запрос ведомству | request to an agency');
  });
});

/** Fields that conditions of the shipped regulations ask a command for. */
const fieldsIn = (part: unknown): string[] => {
  if (Array.isArray(part)) return part.flatMap(fieldsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { has, field, everyMeasureHas } = part as { has?: unknown; field?: unknown; everyMeasureHas?: unknown };
  const own = [has, field, everyMeasureHas].flat().filter((one): one is string => typeof one === 'string');
  return [...own, ...Object.values(part).flatMap(fieldsIn)];
};

describe('the words of what a person may read', () => {
  const tables: Record<string, Readonly<Record<string, Sentence>>> = {
    facts: factTitles,
    values: valueWords,
    refusals: Object.fromEntries(Object.entries(refusalCodes).map(([code, { text }]) => [code, text])),
    advice: adviceCodes,
  };

  it.each(Object.keys(tables))('%s: in Russian and in English', (name) => {
    for (const [code, { ru, en }] of Object.entries(tables[name] ?? {})) {
      expect(ru, code).toMatch(/[а-яё]{2}/i);
      expect(en.replaceAll('СОП', ''), code).toMatch(/^[^а-яё]*[a-z]{2}[^а-яё]*$/i);
    }
  });

  it('every field that a shipped regulation asks for has words of its own', () => {
    const fields = new Set([...loadRegulations().values()].flatMap(fieldsIn));
    expect(fields.size).toBeGreaterThan(20);
    for (const field of fields) {
      const { ru, en } = fieldTitle(field);
      expect(ru, field).toMatch(/^[а-яё ]{2,}$/i);
      expect(en, field).toMatch(/^[a-z’' ]{2,}$/i);
    }
  });

  it('what a later release made is shown by its code', () => {
    expect(both(factTitle('newKind'))).toBe('newKind | newKind');
    expect(both(fieldTitle('newField'))).toBe('поле «newField» | field "newField"');
    expect(both(valueTitle('newValue'))).toBe('newValue | newValue');
    expect(both(valueTitle(false))).toBe('нет | no');
  });
});
