import { describe, expect, it } from 'vitest';
import type { EventView } from '../../lib/shapes.ts';
import { bodyOf } from './body.ts';
import type { About } from './fields.ts';
import { planForms } from './forms/plan.ts';
import { agenciesToTell, measuresWithResult, plannedMeasures, rowsToCorrect } from './prefill.ts';

const entry = (
  seq: number,
  kind: string,
  data: Record<string, unknown>,
  texts: Record<string, string> = {},
): EventView => ({
  seq,
  root: seq,
  kind,
  on: `2026-03-0${seq}`,
  recordedAt: `2026-03-0${seq}T09:00:00Z`,
  recordedOn: `2026-03-0${seq}`,
  by: { kind: 'user', name: null },
  data,
  texts,
  annulledBy: null,
});
const drafted = entry(
  1,
  'planDrafted',
  {
    until: '2026-09-01',
    measures: [
      { id: 'm1', agency: 'school', dueOn: '2026-06-01', kind: 'pedagogical' },
      { id: 'm2', agency: 'clinic', dueOn: '2026-06-01', outside: true },
    ],
  },
  { 'measures.0.what': 'Помощь в учёбе', 'measures.0.responsible': 'завуч', 'measures.1.what': 'Осмотр' },
);
const approved = entry(2, 'planDecided', { decision: 'approve', by: 'commission' });
const sent = entry(3, 'planSent', { to: ['school', 'clinic'] });
const corrected = entry(
  4,
  'planCorrected',
  { measures: [{ id: 'm1', agency: 'police', dueOn: '2026-07-01' }, { agency: 'school' }] },
  { 'measures.0.what': 'Беседы', 'measures.1.what': 'Кружок' },
);
const about = (...log: EventView[]): About =>
  ({ log: log.reverse(), kase: { regulation: { id: 'town', version: 1 } } }) as unknown as About;

describe('plannedMeasures', () => {
  it('reads the draft before it is approved', () => {
    expect(plannedMeasures(about(drafted)).map(({ what }) => what)).toEqual(['Помощь в учёбе', 'Осмотр']);
  });

  it('merges an earlier correction: the changed row, the untouched one, the new one', () => {
    expect(plannedMeasures(about(drafted, approved, sent, corrected))).toEqual([
      { id: 'm1', what: 'Беседы', agency: 'police', responsible: '', dueOn: '2026-07-01' },
      { id: 'm2', what: 'Осмотр', agency: 'clinic', responsible: '', dueOn: '2026-06-01', outside: true },
      { id: 'm3', what: 'Кружок', agency: 'school', responsible: '', dueOn: '' },
    ]);
  });

  it('takes the plan that counts, not a later draft that nobody has approved', () => {
    const later = entry(5, 'planDrafted', { measures: [{ id: 'm1' }] }, { 'measures.0.what': 'Новое' });
    expect(plannedMeasures(about(drafted, approved, later))[0]?.what).toBe('Помощь в учёбе');
  });
});

it('sends in a correction only the rows that change, under their ids', () => {
  const rows = rowsToCorrect(about(drafted, approved, sent, corrected));
  const measures = [
    rows[0],
    { ...rows[1], what: 'Осмотр врача' },
    rows[2],
    { ...rows[2], id: undefined, was: undefined },
  ];
  const body = bodyOf(planForms['correctPlan']?.fields ?? [], { change: 'Другой врач', measures });
  expect(body['measures']).toEqual([
    { id: 'm2', what: 'Осмотр врача', agency: 'clinic', dueOn: '2026-06-01', outside: true },
    { id: 'm4', what: 'Кружок', agency: 'school' },
  ]);
});

it('sends no measures at all when the words of the change say it all', () => {
  const measures = rowsToCorrect(about(drafted, approved));
  expect(bodyOf(planForms['correctPlan']?.fields ?? [], { change: 'Уточнение', measures })).toEqual({
    change: 'Уточнение',
  });
});

it('tells the agencies that a correction made responsible, and all of them before anything is sent', () => {
  expect(agenciesToTell(about(drafted, approved))).toEqual(['school', 'clinic']);
  expect(agenciesToTell(about(drafted, approved, sent, corrected))).toEqual(['police']);
});

it('takes a result of a measure that was given by itself', () => {
  const given = entry(5, 'measureGiven', { agency: 'school', dueOn: '2026-05-01' }, { what: 'Характеристика' });
  expect(measuresWithResult(about(drafted, approved, given)).at(-1)).toMatchObject({
    id: 'g5',
    what: 'Характеристика',
  });
});
