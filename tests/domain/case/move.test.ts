import { expect, it } from 'vitest';
import { opening } from '../support/family.ts';
import { perform, performAll } from '../support/play.ts';

it('a case moves to another version of its regulation, never to the one it stands under', () => {
  const state = performAll(opening({ stage: 'agreement', on: '2026-03-02' }));
  const move = (version: number) =>
    perform(state, { on: '2026-03-03', command: 'moveToVersion', version, reason: 'a new wording' }).decision;
  expect(move(1)).toMatchObject({ accepted: false, refusal: { code: 'version.same' } });
  expect(move(2)).toMatchObject({ accepted: true });
});
