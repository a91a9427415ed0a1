import { isDay } from '../../../domain/calendar/civil.ts';
import type { Duty } from '../../lib/shapes.ts';
import { readCurator } from '../people/curators.ts';
import type { DutyFilter } from './queries.ts';

export const dutyStates: readonly Duty['state'][] = [
  'open',
  'overdue',
  'upcoming',
  'missed',
  'met',
  'met late',
  'cancelled',
];

/** What still has to be done or will have to be: with this the page opens, for what was done months ago stands first by day. */
const awaitedStates: readonly Duty['state'][] = ['overdue', 'open', 'upcoming'];

/** The states that the API is asked for; `undefined`: any. */
export const statesOf = (state: DutyFilter['state']): Duty['state'][] | undefined =>
  state === undefined ? [...awaitedStates] : state === 'all' ? undefined : [state];

/** Reads the address; what it does not understand is left out. */
export function readDutyFilter(search: Record<string, unknown>): DutyFilter {
  const filter: DutyFilter = {};
  if (isDay(search['from'])) filter.from = search['from'];
  if (isDay(search['to'])) filter.to = search['to'];
  const state = (['all', ...dutyStates] as const).find((code) => code === search['state']);
  if (state !== undefined) filter.state = state;
  if (typeof search['awaited'] === 'string' && /^[\w.:-]{1,60}$/.test(search['awaited']))
    filter.awaited = search['awaited'];
  const curator = readCurator(search['curator']);
  if (curator !== undefined) filter.curator = curator;
  return filter;
}
