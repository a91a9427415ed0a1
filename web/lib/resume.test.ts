import { beforeEach, expect, it } from 'vitest';
import { keepOpen, takeOpen } from './resume.ts';

beforeEach(() => sessionStorage.clear());

it('gives back what was open, once, on its own page', () => {
  keepOpen('/cases/1', 'anna', { command: 'recordVisit' });
  expect(takeOpen('/', 'anna')).toBeUndefined();
  expect(takeOpen('/cases/1', 'anna')).toEqual({ command: 'recordVisit' });
  expect(takeOpen('/cases/1', 'anna')).toBeUndefined();
});

it('gives nothing to another person at the same screen', () => {
  keepOpen('/cases/1', 'anna', { command: 'recordVisit' });
  expect(takeOpen('/cases/1', 'boris')).toBeUndefined();
  expect(takeOpen('/cases/1', 'anna')).toBeUndefined();
});
