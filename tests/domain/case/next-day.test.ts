import { expect, it } from 'vitest';
import { duties, nextDueOn } from '../../../domain/case/duties.ts';
import { fold } from '../../../domain/case/fold.ts';
import { simulate } from '../../../domain/case/simulate.ts';
import { calendar, command, opening, regulation, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';

const file = regulation('gus-khrustalny@1');

const nextAfter = (inputs: readonly Input[], today: string) => {
  const { log } = simulate({ commands: inputs.map(command), until: today, zone }, file, calendar).state;
  return nextDueOn(duties(fold(log, file), file, calendar, { asOf: today, horizon: '2027-12-31', zone }));
};

it('once a month is served, the day of the case is that of the next month, not one that lies years ahead', () => {
  // Gus-Khrustalny 4.5: months of the contract are counted from its first day, 31 March, and never moved.
  const family = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });
  expect(nextAfter(family, '2026-04-10')).toBe('2026-04-30');
  const served = [...family, { on: '2026-04-10', command: 'recordService', kind: 'legal' }];
  expect(nextAfter(served, '2026-04-11')).toBe('2026-05-31');
});

it('once support has ended and nothing outlives it, there is no next day', () => {
  const family = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });
  expect(
    nextAfter([...family, { on: '2026-04-10', command: 'endSupport', ground: 'refusal' }], '2026-04-11'),
  ).toBeNull();
});
