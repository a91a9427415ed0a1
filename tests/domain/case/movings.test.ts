import { expect, it } from 'vitest';
import { duties } from '../../../domain/case/duties.ts';
import { fold } from '../../../domain/case/fold.ts';
import { movings } from '../../../domain/case/movings.ts';
import type { FormerDay } from '../../../domain/case/movings.ts';
import { calendar, opening, recorded, zone } from '../support/family.ts';
import { file, performAll } from '../support/play.ts';

const state = performAll(opening({ stage: 'agreement', on: '2027-12-27', category: 'lowIncome' }));
const shown = duties(state, file, calendar, { asOf: '2028-01-02', horizon: '2028-06-01', zone });
const diagnosis = shown.find(({ rule }) => rule === 'diagnosis');
if (!diagnosis) throw new Error('nothing to move');
const by = { version: 'later' };
const moved = (former: FormerDay[]) => movings(former, shown, by, '2028-01-02');
const { key } = diagnosis;

it('tells of the day that an awaited duty had, of the one it has, and of the calendar', () => {
  const data = { key, movedFrom: '2028-01-12', dueOn: diagnosis.dueOn, calendarVersion: 'later' };
  expect(moved([{ key, state: 'open', dueOn: '2028-01-12' }])).toEqual([{ kind: 'dutyMoved', on: '2028-01-02', data }]);
  expect(moved([{ key, state: 'overdue', dueOn: '2028-01-12' }])).toHaveLength(1);
});

it('tells nothing of what stayed, was closed or is no longer there', () => {
  expect(moved([{ key, state: 'open', dueOn: diagnosis.dueOn }])).toEqual([]);
  expect(moved([{ key, state: 'met', dueOn: '2028-01-12' }])).toEqual([]);
  expect(moved([{ key, state: 'upcoming', dueOn: '2028-01-12' }])).toEqual([]);
  expect(moved([{ key: 'another@1', state: 'open', dueOn: '2028-01-12' }])).toEqual([]);
  const done = shown.map((duty) => ({ ...duty, state: 'met' as const }));
  expect(movings([{ key, state: 'open', dueOn: '2028-01-12' }], done, by, '2028-01-02')).toEqual([]);
});

it('is a note: no day follows from it', () => {
  const facts = moved([{ key, state: 'open', dueOn: '2028-01-12' }]);
  const noted = fold([...state.log, ...recorded(facts, state.seq + 1, '2028-01-02T09:00:00.000Z')], file);
  expect(noted.facts).toEqual(state.facts);
  expect(duties(noted, file, calendar, { asOf: '2028-01-02', horizon: '2028-06-01', zone })).toEqual(shown);
});
