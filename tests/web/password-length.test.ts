import { expect, it } from 'vitest';
import { minPasswordLength as refusedBelow } from '../../platform/auth/auth.ts';
import { minPasswordLength } from '../../web/features/session/password-length.ts';

it('the page of a new password asks for the length that the API asks for', () => {
  expect(minPasswordLength).toBe(refusedBelow);
});
