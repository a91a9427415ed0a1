import { describe, expect, it } from 'vitest';
import { atTime, dayOf } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { closings } from '../../../domain/case/closings.ts';
import { duties } from '../../../domain/case/duties.ts';
import { fold } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { parseCommand } from '../../../domain/commands/catalog.ts';
import { commandWords } from '../../../domain/commands/command.ts';
import { mayDo } from '../../../domain/access/may-do.ts';
import { calendar, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

const today = '2026-06-01';
const past = opening({ stage: 'activity', on: '2026-01-15', category: 'sop', until: '2026-07-15' });
const adoption = (facts: Input[]): Input => ({ on: today, command: 'adoptCase', regulation: 'borovichi@1', facts });
const adopt = (facts: Input[]) => perform(fold([], file), adoption(facts));
const adopted = (facts: Input[]): CaseState => {
  const { state, decision } = adopt(facts);
  if (!decision.accepted) throw new Error(JSON.stringify(decision.refusal));
  return state;
};
const at = (asOf: string) => ({ asOf, horizon: '2027-12-31', zone });
const dutiesOf = (state: CaseState, asOf = today) => duties(state, file, calendar, at(asOf));
const agendaOf = (state: CaseState) =>
  buildAgenda(dutiesOf(state), file.house, calendar, zone, state.adopted?.at ?? null);

describe('a case already under way', () => {
  it('is adopted with all of its past, each fact on its day, known from today', () => {
    const state = adopted(past);
    expect(state.facts.map(({ kind }) => kind)).toEqual([
      'caseOpened',
      'curatorAssigned',
      'consentGiven',
      'agreementSigned',
      'diagnosticsRecorded',
      'planDrafted',
      'planSubmitted',
      'planDecided',
      'planSent',
      'caseAdopted',
    ]);
    expect(new Set(state.facts.map(({ recordedOn }) => recordedOn))).toEqual(new Set([today]));
    expect(state.adopted).toEqual({ seq: 10, at: atTime(today, '12:00', zone) });
  });

  it('has the duties that the same commands would have made, had they been given in their time', () => {
    const told = (state: CaseState) => dutiesOf(state).map(({ key, dueOn, state: standing }) => [key, dueOn, standing]);
    expect(told(adopted(past))).toEqual(told(performAll(past)));
  });

  it('says nothing of a moment before its adoption, shows what is late, and speaks of what comes', () => {
    const state = adopted(past);
    const late = dutiesOf(state).filter((duty) => duty.state === 'overdue');
    expect(late.map(({ rule }) => rule)).toContain('monitoring');
    const agenda = agendaOf(state);
    expect(agenda.filter((item) => item.at <= atTime(today, '12:00', zone))).toEqual([]);
    expect(agenda.map((item) => `${dayOf(item.at, zone)} ${item.step}`)).toContain('2026-07-08 remind-5');
    // The same facts entered one by one today do make up for the latest urgent step.
    const entered = performAll(past, today);
    const madeUp = buildAgenda(dutiesOf(entered), file.house, calendar, zone);
    expect(madeUp.some((item) => item.at === atTime(today, '12:00', zone) && item.urgency === 'urgent')).toBe(true);
  });

  it('makes up again for what is entered late after the adoption', () => {
    const { state } = perform(
      adopted(past),
      { on: '2026-05-20', command: 'giveMeasure', agency: 'school', what: 'help', dueOn: '2026-05-25' },
      '2026-06-02',
    );
    const late = agendaOf(state).filter(({ dutyKey }) => dutyKey.startsWith('measure@11'));
    expect(late[0]).toMatchObject({ step: expect.stringMatching(/escalate|overdue/) as string, urgency: 'urgent' });
  });

  it('tells nobody of answers that were known before', () => {
    const sent = past.length;
    const answer = { command: 'answerRequest', on: '2026-01-16', entry: sent, subject: 'school', answer: 'done' };
    expect(agendaOf(adopted([...past, answer])).filter(({ step }) => step.startsWith('answered'))).toEqual([]);
    const { state } = perform(
      adopted(past),
      { command: 'answerRequest', on: '2026-06-01', entry: sent, subject: 'school', answer: 'done' },
      '2026-06-02',
    );
    expect(agendaOf(state).filter(({ step }) => step.startsWith('answered'))).toHaveLength(1);
  });

  it('freezes the days of what its past has closed', () => {
    const state = adopted(past);
    const closed = closings(state, dutiesOf(state), calendar);
    expect(closed.map(({ on, data }) => [on, String(data['key']).split('@')[0]])).toContainEqual([
      '2026-01-15',
      'planApproval',
    ]);
    expect(closed.every(({ on }) => on <= today)).toBe(true);
  });
});

describe('what stands against a past', () => {
  it('a clause does not undo it: it is recorded, named by its place and kept in the log', () => {
    const wrong = past.map((input) => (input.command === 'decidePlan' ? { ...input, by: 'workingGroup' } : input));
    const { state, decision } = adopt(wrong);
    expect(decision).toMatchObject({
      accepted: true,
      advice: [{ code: 'advice.past-against-clause', clause: '3.2', path: 'facts.7' }],
    });
    expect(state.facts.at(-1)).toMatchObject({
      kind: 'caseAdopted',
      data: { against: [{ entry: 8, clause: '3.2' }] },
    });
  });

  it('a plan approved late is history', () => {
    const late = past.map((input, index) => (index < 5 ? input : { ...input, on: '2026-04-01' }));
    const state = adopted(late);
    expect(dutiesOf(state).find(({ rule }) => rule === 'planApproval')).toMatchObject({
      state: 'met late',
      metOn: '2026-04-01',
    });
  });

  it('an act of today is no history: its clause refuses it', () => {
    const wrong = [...past.slice(0, 7), { ...past[7], on: today, by: 'workingGroup' } as Input];
    expect(adopt(wrong).decision).toMatchObject({
      accepted: false,
      refusal: { code: 'past.refused', faults: [{ path: 'facts.7', code: 'clause.not-fulfilled', clause: '3.2' }] },
    });
  });

  it('what cannot be a fact refuses the whole, every fault by its place and none for the sake of another', () => {
    const wrong: Input[] = [
      ...past.slice(0, 4),
      { on: '2026-01-10', command: 'recordVisit', kind: 'planned' },
      ...past.slice(5),
      { on: '2026-06-02', command: 'recordVisit', kind: 'planned' },
      { on: '2026-06-01', command: 'liftSop', by: 'commission', resolutionNo: '1' },
      { on: '2026-06-01', command: 'answerRequest', entry: 3, subject: 'school', answer: 'done' },
    ];
    const { state, decision } = adopt(wrong);
    expect(state.seq).toBe(0);
    if (decision.accepted) throw new Error('accepted');
    expect(decision.refusal.faults?.map(({ path, code }) => `${path} ${code}`)).toEqual([
      'facts.4 past.out-of-order',
      'facts.9 entry.day-in-future',
      'facts.10 past.out-of-order',
      'facts.11 reference.unknown',
    ]);
    expect(decision.refusal.missing).toHaveLength(4);
    expect(decision.refusal.missing[0]?.ru).toMatch(/^№ 5 \(.+, 10\.01\.2026\): /);
  });

  it('it begins with the opening and happens once', () => {
    expect(adopt([]).decision).toMatchObject({ refusal: { code: 'case.not-open' } });
    expect(adopt(past.slice(1, 2)).decision).toMatchObject({
      refusal: { faults: [{ path: 'facts.0', code: 'case.not-open' }] },
    });
    expect(perform(adopted(past), adoption(past)).decision).toMatchObject({ refusal: { code: 'case.duplicate' } });
    expect(perform(fold([], file), { ...adoption(past), on: '2026-06-02' }, today).decision).toMatchObject({
      refusal: { code: 'entry.day-in-future' },
    });
  });

  it('its mark is never taken back: with it the silence about the past would go', () => {
    const annul = { on: today, command: 'annulEntry', entry: 10, reason: 'x' };
    expect(perform(adopted(past), annul).decision).toMatchObject({
      accepted: false,
      refusal: { code: 'entry.unknown' },
    });
  });

  it('faults of the input are named by the place of the fact', () => {
    const faulty = [
      ...past.slice(0, 2),
      { on: '2026-01-15', command: 'recordVisit', kind: 'planned', colour: 'red' },
      { on: '2026-01-15', command: 'annulEntry', entry: 1, reason: 'x' },
      { on: '2026-01-15', command: 'moveToVersion', version: 2 },
      { on: '2026-02-30', command: 'recordVisit' },
    ];
    const parsed = parseCommand(adoption(faulty));
    expect(parsed.ok ? [] : parsed.errors.map(({ path }) => path)).toEqual([
      'facts.2.colour',
      'facts.3.command',
      'facts.4.command',
      'facts.5.on',
    ]);
  });

  it('holds so many measures and no more, whatever its commands: judging them takes time', () => {
    const plans = (count: number): Input[] =>
      Array.from({ length: count }, () => ({
        ...{ on: '2026-01-15', command: 'draftPlan', until: '2026-12-01' },
        measures: Array.from({ length: 40 }, () => ({ what: 'x', dueOn: '2026-11-02' })),
      }));
    expect(parseCommand(adoption(plans(25))).ok).toBe(true);
    expect(parseCommand(adoption(plans(26)))).toMatchObject({
      ok: false,
      errors: [{ path: 'facts', message: expect.stringMatching(/1040 measures and visits, at most 1000/) as string }],
    });
  });

  it('holds no endless list: each measure, agency and visit of it would be a duty', () => {
    const draft = { on: '2026-01-15', command: 'draftPlan', until: '2026-12-01' };
    const visits = Array.from({ length: 201 }, () => '2026-02-02');
    expect(parseCommand({ ...draft, parentVisits: visits })).toMatchObject({
      ok: false,
      errors: [{ path: 'parentVisits', ru: '«parentVisits»: можно указать не больше 200' }],
    });
    expect(parseCommand({ ...draft, measures: visits.map((dueOn) => ({ what: 'x', dueOn })) }).ok).toBe(false);
    const plans = Array.from({ length: 6 }, () => ({ ...draft, parentVisits: visits.slice(1) }));
    expect(parseCommand(adoption(plans))).toMatchObject({ ok: false, errors: [{ path: 'facts' }] });
  });

  it('is judged within a second or two at its largest: a plan corrected with every entry', () => {
    const measures = (count: number, prefix: string) =>
      Array.from({ length: count }, (_, index) => ({
        ...{ id: `${prefix}${index}`, what: 'x', agency: 'school', responsible: 'y', dueOn: '2026-11-02' },
      }));
    const planned = past.map((one) => (one.command === 'draftPlan' ? { ...one, measures: measures(200, 'm') } : one));
    const corrections = Array.from({ length: 490 }, (_, index) => ({
      ...{ on: '2026-02-02', command: 'correctPlan', change: 'x' },
      measures: index < 400 ? measures(2, `c${index}m`) : [],
    }));
    const before = process.cpuUsage();
    const state = adopted([...planned, ...corrections]);
    expect(dutiesOf(state).filter(({ rule }) => rule === 'measure')).toHaveLength(1000);
    const { user, system } = process.cpuUsage(before);
    // Worked out anew for every entry it took a minute; the processor's time, since the machine may be busy.
    expect((user + system) / 1e6).toBeLessThan(5);
  });

  it('whoever may adopt may give every command of a past in a case of his department', () => {
    // Opening and adopting make a case, and reports are the institution's own: none of them is given in a case.
    const elsewhere = new Set(['adoptCase', 'openCase', 'submitReport']);
    for (const word of commandWords.filter((one) => !elsewhere.has(one)))
      expect(mayDo('head', word, 'ownDepartment').allowed, word).toBe(true);
  });
});
