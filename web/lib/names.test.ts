import { expect, it } from 'vitest';
import { nameCodes } from './names.ts';

const names = new Map([
  ['school', 'Школа № 0'],
  ['clinic', 'Поликлиника'],
  ['p1', 'Прохожая О. П.'],
]);

it('says who is meant where the rules know only codes', () => {
  expect(nameCodes('План ещё не отправлен: school, clinic.', names)).toBe(
    'План ещё не отправлен: Школа № 0, Поликлиника.',
  );
  expect(nameCodes('нет согласия (информационный банк): p1', names)).toBe(
    'нет согласия (информационный банк): Прохожая О. П.',
  );
});

it('leaves words and unknown codes as they are', () => {
  expect(nameCodes('The school answers: by letter.', names)).toBe('The school answers: by letter.');
  expect(nameCodes('Отчёты: other.', names)).toBe('Отчёты: other.');
});
