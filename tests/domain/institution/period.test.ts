import { describe, expect, it } from 'vitest';
import { periodName, periodOf, periodWords } from '../../../domain/institution/period.ts';

describe('a period that is reported on', () => {
  it.each([
    ['month', '2026-03', '03.2026', '2026-03'],
    ['quarter', '2026Q1', '1 квартал 2026 года', 'quarter 1 of 2026'],
    ['halfYear', '2026H1', '1 полугодие 2026 года', 'half-year 1 of 2026'],
    ['year', '2026', '2026 год', '2026'],
  ] as const)('by the %s has a wire name, and words for people', (every, name, ru, en) => {
    expect(periodOf('2026-03-31', every).name).toBe(name);
    expect(periodWords(name)).toEqual({ ru, en });
  });

  it('may be written in more than one way', () => {
    expect(['2026-Q1', '2026q1', '2026Q1'].map(periodName)).toEqual(['2026Q1', '2026Q1', '2026Q1']);
  });
});
