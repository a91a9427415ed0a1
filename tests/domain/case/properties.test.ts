import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../domain/calendar/civil.ts';
import { isDayOff } from '../../../domain/calendar/production-calendar.ts';
import type { ProductionCalendar } from '../../../domain/calendar/production-calendar.ts';
import { closings } from '../../../domain/case/closings.ts';
import { duties } from '../../../domain/case/duties.ts';
import { fold, foldOnto } from '../../../domain/case/fold.ts';
import { simulate } from '../../../domain/case/simulate.ts';
import { stages } from '../../../domain/case/stages.ts';
import { calendar, command, measures, opening, recorded, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';
import { runs } from '../../support/runs.ts';

const start = '2026-02-02';
const bodies = ['commission', 'workingGroup', 'curator', null];

/** Commands of a Borovichi case in any order, most of them out of place. */
const anyCommand: fc.Arbitrary<Input> = fc
  .tuple(
    fc.integer({ min: 0, max: 700 }),
    fc.integer({ min: 0, max: 10 }),
    fc.constantFrom<(pick: number) => Record<string, unknown> & { command: string }>(
      () => ({ command: 'signAgreement' }),
      (n) => ({
        command: 'recordDiagnostics',
        kind: ['initial', 'interim', 'final'][n % 3],
        finding: n % 4 ? null : 'sop',
      }),
      (n) => ({ command: 'recordMonitoring', kind: ['interim', 'final'][n % 2] }),
      (n) => ({
        command: 'draftPlan',
        until: addDays(start, 90 + n * 17),
        measures: measures(['school', 'clinic'].slice(0, 1 + (n % 2)), addDays(start, 60 + n * 13)),
      }),
      (n) => ({ command: 'decidePlan', by: bodies[n % 4], decision: n % 3 ? 'approve' : 'reject' }),
      (n) => ({ command: 'sendPlan', to: [['school'], ['clinic'], ['school', 'clinic'], []][n % 4] }),
      (n) => ({ command: 'giveMeasure', agency: 'police', what: 'a talk', dueOn: addDays(start, 30 * n) }),
      (n) => ({ command: 'recordResult', measure: `m${1 + (n % 3)}` }),
      () => ({ command: 'recordVisit' }),
      (n) => ({
        command: 'drawConclusion',
        kind: ['interim', 'final'][n % 2],
        by: bodies[n % 3],
        decision: ['stop', 'continue'][n % 2],
        recommendations: true,
      }),
      () => ({ command: 'recordSop', by: 'commission', resolutionNo: '1' }),
      () => ({ command: 'liftSop', by: 'commission', resolutionNo: '2' }),
      () => ({ command: 'startPostSupport' }),
      (n) => ({ command: 'endSupport', ground: ['goalsReached', 'refusal', 'movedAway'][n % 3] }),
      () => ({ command: 'suspend' }),
      () => ({ command: 'resume' }),
      (n) => ({ command: 'annulEntry', entry: 1 + n, reason: 'a mistake' }),
      (n) => ({
        command: 'correctEntry',
        entry: 1 + n,
        reason: 'a mistake',
        replacement: { command: 'recordVisit', on: addDays(start, n) },
      }),
      (n) => ({ command: 'requestFailed', entry: 1 + n, subject: 'school', code: 'refused' }),
      (n) => ({ command: 'answerRequest', entry: 1 + n, subject: 'school', answer: 'done' }),
    ),
  )
  .map(([offset, pick, make]) => ({ on: addDays(start, offset), ...make(pick) }));

const anyCategory = fc.constantFrom('sop', 'juvenileOffender', 'lowIncome');
const anyCase = fc
  .tuple(anyCategory, fc.boolean(), fc.array(anyCommand, { maxLength: 40 }))
  .map(([category, activity, commands]) => [
    ...opening({ stage: activity ? 'activity' : 'agreement', on: start, category, until: addDays(start, 200) }),
    ...commands.sort((a, b) => (a.on < b.on ? -1 : 1)),
  ]);

const outliving = new Set(
  Object.values(file.duties).flatMap((rule) => ('outlivesSupport' in rule && rule.outlivesSupport ? [rule.rule] : [])),
);
const states = ['upcoming', 'open', 'met', 'met late', 'overdue', 'missed', 'cancelled'];

describe('whatever is commanded, in whatever order', () => {
  it('the duties stay sound', () => {
    fc.assert(
      fc.property(anyCase, fc.integer({ min: 0, max: 800 }), (inputs, after) => {
        const until = addDays(start, after);
        const result = simulate({ commands: inputs.map(command), until, zone }, file, calendar);
        expect(new Set(result.duties.map(({ key }) => key)).size).toBe(result.duties.length);
        for (const duty of result.duties) {
          expect(duty.key).not.toMatch(/\d{4}-\d{2}/);
          expect(states).toContain(duty.state);
          expect(duty.metOn !== null).toBe(duty.state === 'met' || duty.state === 'met late');
          if (duty.metOn) expect(duty.metOn <= until).toBe(true);
          if (duty.dueOn === null) expect(['open', 'met', 'cancelled']).toContain(duty.state);
          else {
            if (!duty.window) expect(isDayOff(calendar, duty.dueOn), duty.key).toBeNull();
            if (duty.state === 'overdue' || duty.state === 'missed') expect(duty.dueOn < until).toBe(true);
            if (duty.state === 'open' && !duty.neverLate) expect(duty.dueOn >= until).toBe(true);
            expect((duty.unmovedDueOn ?? '') <= duty.dueOn).toBe(true);
            expect(
              [...duty.remindOn, ...duty.escalateOn.map(({ on }) => on)].every((day) => !isDayOff(calendar, day)),
            ).toBe(true);
          }
        }
        if (result.state.status === 'closed' && (result.state.closedOn ?? '') <= until) {
          expect(
            result.duties
              .filter(({ state, rule }) => ['open', 'overdue', 'upcoming'].includes(state) && !outliving.has(rule))
              .map(({ key }) => key),
          ).toEqual([]);
        }
        result.stages.forEach(({ from, to }, index) => {
          const next = result.stages[index + 1];
          if (next) expect(to !== null && addDays(to, 1) <= next.from).toBe(true);
          if (to !== null) expect(from <= to).toBe(true);
        });
      }),
      { numRuns: runs(150) },
    );
  });

  it('folding in pieces gives the same state, in any order of reading', () => {
    fc.assert(
      fc.property(anyCase, fc.nat(), fc.nat(), (inputs, cut, turn) => {
        const { log } = simulate({ commands: inputs.map(command), until: start, zone }, file, calendar).state;
        const whole = fold(log, file);
        const at = log.length ? cut % (log.length + 1) : 0;
        expect(foldOnto(fold(log.slice(0, at), file), log.slice(at), file)).toEqual(whole);
        const by = log.length ? turn % log.length : 0;
        expect(fold([...log.slice(by), ...log.slice(0, by)], file)).toEqual(whole);
      }),
      { numRuns: runs(100) },
    );
  });

  it('a refusal leaves everything untouched and says what is missing or why', () => {
    fc.assert(
      fc.property(anyCase, anyCommand, (inputs, last) => {
        const { state } = simulate({ commands: inputs.map(command), until: start, zone }, file, calendar);
        const before = JSON.stringify(state);
        const { decision, state: after } = perform(state, last, addDays(start, 800));
        expect(JSON.stringify(state)).toBe(before);
        if (decision.accepted) return;
        expect(after).toBe(state);
        expect(decision.refusal.clause !== null).toBe(decision.refusal.code === 'clause.not-fulfilled');
        expect(decision.refusal.text.ru.length * decision.refusal.text.en.length).toBeGreaterThan(0);
      }),
      { numRuns: runs(100) },
    );
  });

  it('the same inputs give the same duties', () => {
    fc.assert(
      fc.property(anyCase, (inputs) => {
        const { state } = simulate({ commands: inputs.map(command), until: start, zone }, file, calendar);
        const at = { asOf: addDays(start, 300), horizon: addDays(start, 700), zone };
        expect(duties(state, file, calendar, at)).toEqual(duties(structuredClone(state), file, calendar, at));
        expect(stages(state, file, calendar, at.asOf)).toEqual(stages(structuredClone(state), file, calendar, at.asOf));
      }),
      { numRuns: runs(30) },
    );
  });
});

describe('whatever calendar is published later', () => {
  const anyDays = fc.uniqueArray(fc.integer({ min: 0, max: 900 }), { maxLength: 60 });
  const anyCalendar = fc.tuple(anyDays, anyDays).map(([off, working]): ProductionCalendar => {
    const named = (days: readonly number[], name: string) =>
      Object.fromEntries(days.map((day) => [addDays(start, day), { ru: name, en: name }]));
    const years = Object.values(calendar.years).map((year) => ({
      ...year,
      workingSaturdays: { ...year.workingSaturdays, ...named(working, 'a working day') },
    }));
    return {
      version: 'later',
      years: Object.fromEntries(years.map((year) => [year.year, year])),
      regional: named(
        off.filter((day) => !working.includes(day)),
        'a day off',
      ),
    };
  });

  it('what is closed stays what it was on its day, and what is awaited stays awaited, each under its key', () => {
    const later = { asOf: addDays(start, 850), horizon: addDays(start, 900), zone };
    fc.assert(
      fc.property(anyCase, anyCalendar, fc.boolean(), (inputs, published, ended) => {
        const end: Input[] = ended ? [{ on: addDays(start, 720), command: 'endSupport', ground: 'movedAway' }] : [];
        const commands = [...inputs, ...end].map(command);
        const { state } = simulate({ commands, until: later.asOf, zone }, file, calendar);
        const before = duties(state, file, calendar, later);
        const news = recorded(closings(state, before, calendar), state.seq + 1, `${later.asOf}T09:00:00.000Z`);
        const looked = fold([...state.log, ...news], file);
        expect(duties(looked, file, calendar, later)).toEqual(before);
        const after = new Map(duties(looked, file, published, later).map((duty) => [duty.key, duty]));
        expect([...after.keys()].sort()).toEqual(before.map(({ key }) => key).sort());
        for (const { key, state: was, dueOn, metOn, why } of before) {
          const now = after.get(key);
          if (was === 'open' || was === 'overdue' || was === 'upcoming') {
            expect(['open', 'overdue', 'upcoming'], key).toContain(now?.state);
            if (now?.dueOn !== dueOn)
              expect(now?.why.map(({ text }) => text.en)).not.toEqual(why.map(({ text }) => text.en));
          } else
            expect({ key, state: now?.state, dueOn: now?.dueOn, metOn: now?.metOn }).toEqual({
              key,
              state: was,
              dueOn,
              metOn,
            });
        }
        expect(closings(looked, [...after.values()], published)).toEqual([]);
      }),
      { numRuns: runs(100) },
    );
  });
});

describe('keys of duties', () => {
  const family = opening({ stage: 'activity', on: start, category: 'sop', until: addDays(start, 400) });
  const at = { asOf: addDays(start, 30), horizon: addDays(start, 400), zone };
  const keysOf = (state: ReturnType<typeof performAll>): string[] =>
    duties(state, file, calendar, at)
      .map(({ key }) => key)
      .sort();

  it.each([4, 5, 6, 8, 9])('survive a correction of entry %i to another day', (entry) => {
    const state = performAll(family);
    const original = family[entry - 1] as Input;
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 20 }), (later) => {
        const replacement = { ...original, on: addDays(start, later) };
        const { state: corrected, decision } = perform(state, {
          on: addDays(start, 25),
          command: 'correctEntry',
          entry,
          reason: 'the wrong day',
          replacement,
        });
        expect(decision.accepted).toBe(true);
        expect(keysOf(corrected).filter((key) => !key.startsWith('monitoring'))).toEqual(
          keysOf(state).filter((key) => !key.startsWith('monitoring')),
        );
        const roots = new Set(
          keysOf(corrected)
            .filter((key) => key.startsWith('monitoring'))
            .map((key) => key.split('/')[0]),
        );
        expect([...roots]).toEqual(['monitoring@9']);
      }),
      { numRuns: runs(20) },
    );
  });

  it('survive another calendar: only days move', () => {
    const state = performAll(family);
    const strict = {
      ...calendar,
      version: 'regional',
      regional: { '2026-02-12': { ru: 'день района', en: 'day of the district' } },
    };
    const moved = duties(state, file, strict, at);
    expect(moved.map(({ key }) => key).sort()).toEqual(keysOf(state));
    expect(moved.find(({ rule }) => rule === 'diagnosis')?.dueOn).toBe('2026-02-13');
  });
});

it('a case of two years with a visit each week is played well under a second', () => {
  const visits = Array.from({ length: 104 }, (_, week): Input => ({
    on: addDays(start, 1 + week * 7),
    command: 'recordVisit',
  }));
  const inputs = [
    ...opening({ stage: 'activity', on: start, category: 'sop', until: addDays(start, 730) }),
    ...visits,
  ].map(command);
  // Of the processor's time, some thirtieth of it is needed; how many share the machine does not count.
  const began = process.cpuUsage();
  simulate({ commands: inputs, until: addDays(start, 730), zone }, file, calendar);
  expect(process.cpuUsage(began).user).toBeLessThan(1_000_000);
});
