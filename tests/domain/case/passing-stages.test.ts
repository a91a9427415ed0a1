import { expect, it } from 'vitest';
import { stagesSeen } from '../../../domain/case/passing-stages.ts';
import { stages } from '../../../domain/case/stages.ts';
import { calendar, opening } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, performAll } from '../support/play.ts';

const on = '2026-03-02';
const asOf = '2026-09-10';
const counted = (inputs: readonly Input[]) => stages(performAll(inputs, asOf), file, calendar, asOf);
const seen = (inputs: readonly Input[]) => stagesSeen(performAll(inputs, asOf), file, calendar, asOf);

it('shows a stage that began and ended within a day with its day; the reckoning knows nothing of it', () => {
  const inputs = opening({ stage: 'activity', on, until: '2026-08-31' });
  const later = [
    { stage: 'activity', from: on, to: '2026-08-31' },
    { stage: 'reflective', from: '2026-09-01', to: null },
  ];
  expect(counted(inputs)).toEqual(later);
  expect(seen(inputs)).toEqual([
    { stage: 'diagnostic', from: on, to: on },
    { stage: 'contract', from: on, to: on },
    ...later,
  ]);
});

it('adds only what passed within the day: a stage that stood from the day before is not told twice', () => {
  const [opened, curator, consent, agreement, ...rest] = opening({ stage: 'activity', on, until: '2026-08-31' });
  const inputs = [opened, curator, consent, agreement, ...rest.map((one) => ({ ...one, on: '2026-03-10' }))] as Input[];
  expect(seen(inputs)).toEqual([
    { stage: 'diagnostic', from: on, to: '2026-03-09' },
    { stage: 'contract', from: '2026-03-10', to: '2026-03-10' },
    ...counted(inputs).slice(1),
  ]);
});

it('adds nothing where every stage stood at the end of a day', () => {
  const inputs = opening({ stage: 'agreement', on });
  expect(seen(inputs)).toEqual(counted(inputs));
});
