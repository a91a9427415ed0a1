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

/** Reads the address; what it does not understand is left out. */
export function readDutyFilter(search: Record<string, unknown>): DutyFilter {
  const filter: DutyFilter = {};
  if (isDay(search['from'])) filter.from = search['from'];
  if (isDay(search['to'])) filter.to = search['to'];
  const state = dutyStates.find((code) => code === search['state']);
  if (state !== undefined) filter.state = state;
  if (typeof search['awaited'] === 'string' && /^[\w.:-]{1,60}$/.test(search['awaited']))
    filter.awaited = search['awaited'];
  const curator = readCurator(search['curator']);
  if (curator !== undefined) filter.curator = curator;
  return filter;
}
