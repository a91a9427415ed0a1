import { expect, it } from 'vitest';
import { isTimely } from './offer.ts';

const today = '2026-03-02';

it('a button that ends support stands beside no duty whose day is far off', () => {
  expect(isTimely('endSupport', { dueOn: '2027-08-24' }, today)).toBe(false);
  expect(isTimely('endSupport', { dueOn: null }, today)).toBe(false);
  expect(isTimely('endSupport', { dueOn: '2026-03-16' }, today)).toBe(true);
  expect(isTimely('recordVisit', { dueOn: '2027-08-24' }, today)).toBe(true);
});
