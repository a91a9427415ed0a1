import type { Duty } from './duty.ts';

/** The order in which duties are shown: by their day, those without one last. */
export const soonestFirst = (a: Pick<Duty, 'dueOn'>, b: Pick<Duty, 'dueOn'>): number =>
  (a.dueOn ?? '9').localeCompare(b.dueOn ?? '9');
