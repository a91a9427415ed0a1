import { describe, expect, it } from 'vitest';
import { duties } from '../../../domain/case/duties.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { fold } from '../../../domain/case/fold.ts';
import { calendar, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

// Borovichi 3.3: windows of three months from 15 January; the first ends on 15 April and can be made up for until 15 July.
const active = opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' });
const diagnosed = (on: string, more = {}): Input => ({ on, command: 'recordDiagnostics', kind: 'interim', ...more });
const monitored = (on: string, more = {}): Input => ({ on, command: 'recordMonitoring', kind: 'interim', ...more });

/** The first window: its state, what was served of it, and what is said of a reason, if one is asked. */
const firstWindow = (state: CaseState, asOf: string) => {
  const all = duties(state, file, calendar, { asOf, horizon: '2027-12-31', zone });
  const found = all.find(({ rule, window }) => rule === 'monitoring' && window?.index === 1);
  if (!found) throw new Error('no window');
  const words = found.why.map(({ text }) => text.en).find((text) => text.includes('reason'));
  return {
    state: found.state,
    served: found.window?.served,
    needed: found.window?.needed,
    reason: found.reasonIn,
    words,
  };
};
const enteredOn = (state: CaseState, today: string, ...inputs: Input[]): CaseState =>
  inputs.reduce((now, input) => perform(now, input, today).state, state);
const family = performAll(active);

describe('the reason of a missed window', () => {
  it('is not asked of one that was served in time, or late, by entries of its time', () => {
    const inTime = performAll([...active, diagnosed('2026-04-10'), monitored('2026-04-13')]);
    expect(firstWindow(inTime, '2026-08-03')).toEqual({
      ...{ state: 'met', served: 2, needed: 2, reason: undefined, words: undefined },
    });
    const late = performAll([...active, diagnosed('2026-04-10'), monitored('2026-07-15')]);
    expect(firstWindow(late, '2026-08-03')).toMatchObject({ state: 'met late', reason: undefined });
  });

  it('is asked while it is not given, also of one half served', () => {
    const half = performAll([...active, diagnosed('2026-04-10')]);
    expect(firstWindow(half, '2026-07-15')).toMatchObject({
      state: 'overdue',
      served: 1,
      needed: 2,
      reason: undefined,
    });
    expect(firstWindow(half, '2026-07-16')).toEqual({
      ...{ state: 'missed', served: 1, needed: 2, reason: null },
      words: 'the window was missed; no reason is on record: give it in the note of the next act you enter',
    });
  });

  it('is asked where any of its acts was entered only after it had closed', () => {
    const half = performAll([...active, diagnosed('2026-04-10')]);
    const state = enteredOn(half, '2026-08-03', monitored('2026-04-13'));
    expect(firstWindow(state, '2026-08-03')).toMatchObject({ state: 'met', reason: null });
  });

  it('stands in the note of an act entered since', () => {
    const state = enteredOn(family, '2026-08-03', diagnosed('2026-08-03', { note: 'the curator was ill' }));
    expect(firstWindow(state, '2026-08-03')).toMatchObject({
      ...{ state: 'missed', reason: 10, words: 'the window was missed; the reason is in the note of entry 10' },
    });
  });

  it('is asked of nobody for what had closed before the case came here', () => {
    const facts = [...active, diagnosed('2026-04-10'), monitored('2026-04-13')];
    const adopt = { on: '2026-08-03', command: 'adoptCase', regulation: 'borovichi@1', facts };
    expect(firstWindow(perform(fold([], file), adopt).state, '2026-08-03')).toMatchObject({
      ...{ state: 'met', reason: undefined },
    });
  });
});
