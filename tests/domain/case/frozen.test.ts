import { describe, expect, it } from 'vitest';
import type { ProductionCalendar } from '../../../domain/calendar/production-calendar.ts';
import { closings } from '../../../domain/case/closings.ts';
import { duties } from '../../../domain/case/duties.ts';
import { fold } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { calendar, opening, recorded, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

/** The decree on 2028, as it may come out: until then only the holidays of article 112 are known. */
const published = (daysOff: readonly string[], workingSaturdays: readonly string[] = []): ProductionCalendar => {
  const named = (days: readonly string[]) => Object.fromEntries(days.map((day) => [day, { ru: 'указ', en: 'decree' }]));
  const holidays = Array.from({ length: 7 }, (_, index) => `2028-01-0${index + 1}`);
  const year = {
    ...{ year: 2028, source: 'a decree', official: true, edition: 1 },
    ...{ daysOff: named([...holidays, ...daysOff]), workingSaturdays: named(workingSaturdays) },
  };
  return { ...calendar, version: `${calendar.version} 2028/1`, years: { ...calendar.years, 2028: year } };
};
/** Saturday 8 January becomes a working day: what was due on Monday the 10th would have been due two days earlier. */
const shorter = published([], ['2028-01-08']);
/** Monday 10 January becomes a day off: due on the 11th. */
const longer = published(['2028-01-10']);

const agreed = opening({ stage: 'agreement', on: '2027-12-27', category: 'lowIncome' });
const diagnosed = (on: string): Input => ({ on, command: 'recordDiagnostics', kind: 'initial' });
const dutiesBy = (by: ProductionCalendar, state: CaseState, asOf: string) =>
  duties(state, file, by, { asOf, horizon: '2028-06-01', zone });
const diagnosis = (by: ProductionCalendar, state: CaseState, asOf = '2028-02-01') => {
  const found = dutiesBy(by, state, asOf).find(({ rule }) => rule === 'diagnosis');
  return { dueOn: found?.dueOn, state: found?.state, last: found?.why.at(-1)?.kind };
};
/** Looked at on a day, as each transaction does: what has closed is frozen by the calendar of that day. */
const lookedAt = (state: CaseState, asOf: string): CaseState => {
  const facts = closings(state, dutiesBy(calendar, state, asOf), calendar);
  return fold([...state.log, ...recorded(facts, state.seq + 1, `${asOf}T09:00:00.000Z`)], file);
};

describe('a calendar that is published later', () => {
  it('makes nothing late that was done on its last day', () => {
    const state = lookedAt(performAll([...agreed, diagnosed('2028-01-10')]), '2028-01-10');
    expect(diagnosis(calendar, state)).toEqual({ dueOn: '2028-01-10', state: 'met', last: 'result' });
    expect(diagnosis(shorter, state)).toEqual({ dueOn: '2028-01-10', state: 'met', last: 'frozen' });
  });

  it('excuses nothing that was late', () => {
    const state = lookedAt(performAll([...agreed, diagnosed('2028-01-11')]), '2028-01-11');
    expect(diagnosis(longer, state)).toEqual({ dueOn: '2028-01-10', state: 'met late', last: 'frozen' });
  });

  it('leaves missed what was missed when support ended', () => {
    const ended = performAll([...agreed, { on: '2028-01-20', command: 'endSupport', ground: 'refusal' }]);
    const state = lookedAt(ended, '2028-01-20');
    expect(diagnosis(longer, state)).toEqual({ dueOn: '2028-01-10', state: 'missed', last: 'frozen' });
  });

  const left = (on: string): CaseState => performAll([...agreed, { on, command: 'endSupport', ground: 'refusal' }], on);
  /** Reopened by the head: the end was entered by mistake. */
  const endAnnulled = (state: CaseState, on: string): CaseState => {
    const { state: again, decision } = perform(state, { on, command: 'annulEntry', entry: 5, reason: 'other family' });
    expect(decision.accepted).toBe(true);
    return lookedAt(again, on);
  };

  it('takes nothing off the record that was missed, though its day moves past the end of support', () => {
    const state = lookedAt(left('2028-01-11'), '2028-01-11');
    expect(diagnosis(calendar, state)).toEqual({ dueOn: '2028-01-10', state: 'missed', last: 'result' });
    expect(diagnosis(longer, state)).toEqual({ dueOn: '2028-01-10', state: 'missed', last: 'frozen' });
  });

  it('makes nothing missed that the end of support had cancelled on its day', () => {
    const state = lookedAt(left('2028-01-10'), '2028-01-10');
    expect(diagnosis(calendar, state)).toEqual({ dueOn: '2028-01-10', state: 'cancelled', last: 'result' });
    expect(diagnosis(shorter, state)).toEqual({ dueOn: '2028-01-10', state: 'cancelled', last: 'frozen' });
    expect(state.log.findLast(({ data }) => data['key'] === 'diagnosis@4')).toMatchObject({
      kind: 'dutyClosed',
      on: '2028-01-10',
    });
  });

  it('keeps a day no longer than the duty is closed: reopened, it is closed under the calendar of its time', () => {
    const state = endAnnulled(lookedAt(left('2028-01-11'), '2028-01-11'), '2028-01-11');
    const again = state.log.filter(({ kind }) => kind === 'dutyReopened');
    expect(again.map(({ on, data }) => ({ on, ...data }))).toContainEqual({ on: '2028-01-11', key: 'diagnosis@4' });
    expect(diagnosis(calendar, state)).toEqual({ dueOn: '2028-01-10', state: 'overdue', last: 'result' });
    const done = perform(state, diagnosed('2028-01-11')).state;
    expect(diagnosis(longer, done)).toEqual({ dueOn: '2028-01-11', state: 'met', last: 'result' });
    const facts = closings(done, dutiesBy(longer, done, '2028-01-11'), longer);
    expect(facts.find(({ data }) => data['key'] === 'diagnosis@4')).toMatchObject({
      kind: 'dutyClosed',
      data: { dueOn: '2028-01-11', calendarVersion: longer.version },
    });
    const closed = fold([...done.log, ...recorded(facts, done.seq + 1, '2028-01-11T09:00:00.000Z')], file);
    expect(diagnosis(calendar, closed)).toEqual({ dueOn: '2028-01-11', state: 'met', last: 'frozen' });
    expect(closings(closed, dutiesBy(longer, closed, '2028-01-12'), longer)).toEqual([]);
  });

  it('is let go of once: what is awaited again is not told of again', () => {
    const state = endAnnulled(lookedAt(left('2028-01-11'), '2028-01-11'), '2028-01-11');
    expect(closings(state, dutiesBy(longer, state, '2028-01-12'), longer)).toEqual([]);
  });

  it('moves what still awaits its day, also when it was done once and the entry was annulled', () => {
    const open = performAll(agreed);
    expect(diagnosis(longer, open, '2028-01-11')).toEqual({ dueOn: '2028-01-11', state: 'open', last: 'result' });
    const done = lookedAt(performAll([...agreed, diagnosed('2027-12-28')]), '2027-12-28');
    const annulled = perform(done, { on: '2027-12-29', command: 'annulEntry', entry: 5, reason: 'another family' });
    expect(annulled.decision.accepted).toBe(true);
    expect(diagnosis(longer, annulled.state, '2028-01-11')).toMatchObject({ dueOn: '2028-01-11', state: 'open' });
  });

  it('moves what is counted from another day by a correction', () => {
    const done = lookedAt(performAll([...agreed, diagnosed('2028-01-09')]), '2028-01-09');
    const replacement = { on: '2027-12-28', command: 'signAgreement' };
    const corrected = perform(done, {
      on: '2028-01-10',
      command: 'correctEntry',
      entry: 4,
      reason: 'day',
      replacement,
    });
    // Ten days from the 28th end on the 7th, a holiday: by the decree the 8th is a working day.
    expect(diagnosis(shorter, corrected.state)).toEqual({ dueOn: '2028-01-08', state: 'met late', last: 'result' });
  });

  it('is asked once: what is frozen is not frozen again', () => {
    const state = lookedAt(performAll([...agreed, diagnosed('2028-01-10')]), '2028-01-10');
    expect(closings(state, dutiesBy(longer, state, '2028-02-01'), longer)).toEqual([]);
  });
});

describe('a rule of counting that is corrected later', () => {
  const { diagnosis: rule } = file.duties;
  if (rule?.form !== 'term') throw new Error('the rule has changed');
  const counted = (term: { calendarDays: number } | null) => (state: CaseState) => {
    const by = { ...file, duties: { ...file.duties, diagnosis: { ...rule, term } } };
    const found = duties(state, by, calendar, { asOf: '2028-02-01', horizon: '2028-06-01', zone }).find(
      ({ key }) => key === 'diagnosis@4',
    );
    return { dueOn: found?.dueOn, state: found?.state, basis: found?.basis, last: found?.why.at(-1)?.kind };
  };
  const end = (on: string): Input => ({ on, command: 'endSupport', ground: 'refusal' });

  it.each([{ calendarDays: 25 }, { calendarDays: 1 }, null])('by %j changes nothing that is closed', (term) => {
    const missed = lookedAt(performAll([...agreed, end('2028-01-11')], '2028-01-11'), '2028-01-11');
    expect(counted(term)(missed)).toMatchObject({
      dueOn: '2028-01-10',
      state: 'missed',
      basis: 'legal',
      last: 'frozen',
    });
    const met = lookedAt(performAll([...agreed, diagnosed('2028-01-10')]), '2028-01-10');
    expect(counted(term)(met)).toMatchObject({ dueOn: '2028-01-10', state: 'met', last: 'frozen' });
    const late = lookedAt(performAll([...agreed, diagnosed('2028-01-11')]), '2028-01-11');
    expect(counted(term)(late)).toMatchObject({ dueOn: '2028-01-10', state: 'met late', last: 'frozen' });
    const cancelled = lookedAt(performAll([...agreed, end('2028-01-10')], '2028-01-10'), '2028-01-10');
    expect(counted(term)(cancelled)).toMatchObject({ dueOn: '2028-01-10', state: 'cancelled', last: 'frozen' });
  });

  it('moves what is awaited', () => {
    expect(counted({ calendarDays: 25 })(performAll(agreed))).toMatchObject({ dueOn: '2028-01-21', state: 'overdue' });
  });
});
