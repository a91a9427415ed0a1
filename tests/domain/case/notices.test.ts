import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { closings } from '../../../domain/case/closings.ts';
import { actingDuties, duties } from '../../../domain/case/duties.ts';
import { foldOnto } from '../../../domain/case/fold.ts';
import type { CaseState } from '../../../domain/case/fold.ts';
import { nextWake } from '../../../domain/case/next-wake.ts';
import { calendar, opening, recorded, regulation, zone } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

const at = (asOf: string) => ({ asOf, horizon: '2028-01-01', zone });
const agendaOf = (state: CaseState, asOf: string, rule: string, by = file): string[] =>
  buildAgenda(actingDuties(state, duties(state, by, calendar, at(asOf))), by.house, calendar, zone)
    .filter(({ dutyKey }) => dutyKey.startsWith(`${rule}@`))
    .map(({ at: moment, step, audience, urgency }) => `${dayOf(moment, zone)} ${step} ${audience.code} ${urgency}`);

describe('a day that the records learn of too late', () => {
  it('tells each of the latest urgent step that has passed, and at once', () => {
    const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }), '2026-03-16');
    expect(agendaOf(state, '2026-03-16', 'diagnosis')).toEqual([
      '2026-03-16 escalate-1 head urgent',
      '2026-03-16 overdue curator urgent',
      '2026-03-17 escalate-3 deputyDirector urgent',
    ]);
  });

  it('also the one awaited, when the whole ladder has passed', () => {
    const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }), '2026-04-01');
    expect(agendaOf(state, '2026-04-01', 'diagnosis')).toEqual([
      '2026-04-01 escalate-1 head urgent',
      '2026-04-01 escalate-3 deputyDirector urgent',
      '2026-04-01 overdue curator urgent',
    ]);
  });

  it('reminds of no day that had passed before a late level made the duty known', () => {
    const rules = structuredClone(file);
    for (const rule of Object.values(rules.duties))
      if (['diagnosis', 'monitoring'].includes(rule.rule)) Object.assign(rule, { for: [{ level: ['crisis'] }] });
    const family = performAll(
      opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }),
      undefined,
      rules,
    );
    expect(agendaOf(family, '2026-03-16', 'diagnosis', rules)).toEqual([]);
    const level = { on: '2026-03-16', command: 'setLevel', level: 'crisis' };
    const late = perform(family, level, '2026-03-16', rules).state;
    expect(agendaOf(late, '2026-03-16', 'diagnosis', rules)).toEqual([
      '2026-03-16 escalate-1 head urgent',
      '2026-03-16 overdue curator urgent',
      '2026-03-17 escalate-3 deputyDirector urgent',
    ]);
    const active = performAll(
      opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' }),
      undefined,
      rules,
    );
    const set = perform(active, { ...level, on: '2026-04-20' }, '2026-04-20', rules).state;
    const windows = agendaOf(set, '2026-04-20', 'monitoring', rules);
    expect(windows.slice(0, 3)).toEqual([
      '2026-04-20 escalate-1 head urgent',
      '2026-04-20 escalate-3 deputyDirector urgent',
      '2026-04-20 overdue curator urgent',
    ]);
    expect(windows.some((line) => line.includes('remind') && line > '2026-04-20')).toBe(true);
  });

  it('a worker that was down makes up for everything: what was known in time is kept back by nobody', () => {
    const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }));
    expect(agendaOf(state, '2026-04-01', 'diagnosis').map((line) => line.split(' ')[1])).toEqual([
      'remind-5',
      'remind-1',
      'escalate-1',
      'overdue',
      'escalate-3',
    ]);
  });

  it('nor of one whose act was annulled after the day', () => {
    const open = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }));
    const done = perform(open, { on: '2026-03-03', command: 'recordDiagnostics', kind: 'initial' }).state;
    const noticed = closings(done, duties(done, file, calendar, at('2026-03-03')), calendar);
    const closed = foldOnto(done, recorded(noticed, done.seq + 1, '2026-03-03T09:00:00.000Z'), file);
    const mistake = { on: '2026-03-13', command: 'annulEntry', entry: done.seq, reason: 'another family' };
    const annulled = perform(closed, mistake).state;
    expect(agendaOf(annulled, '2026-03-13', 'diagnosis')).toEqual([
      '2026-03-13 escalate-1 head urgent',
      '2026-03-13 overdue curator urgent',
      '2026-03-17 escalate-3 deputyDirector urgent',
    ]);
  });

  it('makes up for no reminder', () => {
    const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }), '2026-03-10');
    expect(agendaOf(state, '2026-03-10', 'diagnosis')).toEqual([
      '2026-03-11 remind-1 curator routine',
      '2026-03-13 escalate-1 head urgent',
      '2026-03-13 overdue curator urgent',
      '2026-03-17 escalate-3 deputyDirector urgent',
    ]);
  });
});

describe('the agenda', () => {
  const state = performAll(
    opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' }),
  );

  it('says that a window is missed when the next one has ended', () => {
    expect(agendaOf(state, '2026-07-16', 'monitoring')).toContain('2026-07-16 missed head urgent');
    expect(agendaOf(state, '2026-07-16', 'monitoring')).toContain('2026-07-16 overdue curator urgent');
  });

  it('also when no other window follows it', () => {
    const short = performAll(
      opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2026-04-15' }),
    );
    expect(agendaOf(short, '2026-07-16', 'monitoring')).toContain('2026-07-16 missed head urgent');
  });

  it('says nothing more of a missed window than that it is missed', () => {
    // Entered when the second window, in which the first could still be made up for, is over.
    const first = duties(state, file, calendar, at('2026-07-16')).filter(({ key }) => key.endsWith('/1'));
    expect(first.map(({ state: now }) => now)).toEqual(['missed']);
    expect(buildAgenda(first, file.house, calendar, zone).map(({ step }) => step)).toEqual(['missed', 'missed']);
  });

  it('tells nobody of a window that was missed once support has ended', () => {
    const ended = perform(state, { on: '2026-07-20', command: 'endSupport', ground: 'refusal' }).state;
    expect(duties(ended, file, calendar, at('2026-07-20')).some(({ state: now }) => now === 'missed')).toBe(true);
    expect(agendaOf(ended, '2026-07-20', 'monitoring')).toEqual([]);
  });

  it('tells the curator too of what a head, a body or an agency is late with, and of his own once', () => {
    // Borovichi 3.1: a curator is assigned within ten days, by the head.
    const agreed = opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' });
    const unassigned = performAll(agreed.filter(({ command }) => command !== 'assignCurator'));
    const overdue = (rule: string) =>
      agendaOf(unassigned, '2026-03-03', rule).filter((line) => line.includes('overdue'));
    expect(overdue('curatorship')).toEqual(['2026-03-13 overdue curator urgent', '2026-03-13 overdue head urgent']);
    expect(overdue('planApproval')).toEqual([
      '2026-03-24 overdue curator urgent',
      '2026-03-24 overdue workingGroup urgent',
    ]);
    expect(overdue('diagnosis')).toEqual(['2026-03-13 overdue curator urgent']);
  });

  it('says nothing of what has closed, and nothing routine on a day off', () => {
    expect(agendaOf(state, '2026-01-20', 'planApproval')).toEqual([]);
    const routine = buildAgenda(duties(state, file, calendar, at('2026-01-16')), file.house, calendar, zone).filter(
      ({ urgency }) => urgency === 'routine',
    );
    expect(routine.length).toBeGreaterThan(5);
    expect(routine.every(({ at: moment }) => moment.endsWith('T06:00:00.000Z'))).toBe(true);
  });

  it('tells the curator at once of a request that could not be delivered, and of an answer', () => {
    const failed = perform(state, {
      on: '2026-01-16',
      command: 'requestFailed',
      entry: 9,
      subject: 'clinic',
      code: 'SMTP-550',
    }).state;
    expect(agendaOf(failed, '2026-01-16', 'delivery')).toEqual(['2026-01-16 undelivered curator urgent']);
    const answered = perform(failed, {
      on: '2026-01-19',
      command: 'answerRequest',
      entry: 9,
      subject: 'clinic',
      answer: 'done',
    }).state;
    expect(agendaOf(answered, '2026-01-19', 'delivery')).toEqual([]);
    expect(agendaOf(answered, '2026-01-19', 'acknowledgement')).toContain('2026-01-19 answered curator urgent');
  });
});

describe('answers of an agency', () => {
  const given = performAll([
    ...opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2027-01-15' }),
    { on: '2026-01-16', command: 'giveMeasure', agency: 'police', what: 'a talk', dueOn: '2026-02-02' },
  ]);
  const answer = (on: string, word: string) => ({
    on,
    command: 'answerRequest',
    entry: 10,
    subject: 'g10',
    answer: word,
  });
  const told = (state: CaseState): string[] =>
    ['acknowledgement', 'measure'].flatMap((rule) =>
      agendaOf(state, '2026-02-10', rule)
        .filter((line) => line.includes('answered'))
        .map((line) => `${rule} ${line}`),
    );

  it('are each told once, by keys without a day', () => {
    const state = [
      answer('2026-01-19', 'needTime'),
      answer('2026-01-26', 'needTime'),
      answer('2026-02-02', 'done'),
    ].reduce((now, input) => perform(now, input).state, given);
    expect(told(state)).toEqual([
      'acknowledgement 2026-01-19 answered curator urgent',
      'acknowledgement 2026-01-26 answered-12 curator urgent',
      'measure 2026-02-02 answered curator urgent',
    ]);
  });

  it('a corrected answer is not told anew', () => {
    const replacement = answer('2026-01-20', 'needTime');
    const state = [
      answer('2026-01-19', 'needTime'),
      answer('2026-01-26', 'needTime'),
      { on: '2026-01-27', command: 'correctEntry', entry: 12, reason: 'the wrong day', replacement },
    ].reduce((now, input) => perform(now, input).state, given);
    expect(told(state).map((line) => line.split(' ')[2])).toEqual(['answered', 'answered-12']);
  });
});

describe('what outlives the end of support', () => {
  const kogalym = regulation('kogalym@1');
  // Friday the 8th: the 9th to the 11th of May are days off.
  const left = performAll(
    [
      ...opening({ stage: 'group', on: '2026-03-02', until: '2026-12-01' }),
      { on: '2026-05-08', command: 'reportViolation', found: '2026-05-08' },
      { on: '2026-05-08', command: 'endSupport', ground: 'refusal' },
    ],
    undefined,
    kogalym,
  );
  const look = (state: CaseState, day: string) => {
    const acting = actingDuties(state, duties(state, kogalym, calendar, at(day)));
    const agenda = buildAgenda(acting, kogalym.house, calendar, zone);
    const now = `${day}T09:00:00.000Z`;
    return {
      told: agenda.map(({ at: moment, step, audience }) => `${dayOf(moment, zone)} ${step} ${audience.code}`),
      wake: nextWake({ state, duties: acting, agenda, regulation: kogalym, zone, now, prepareAhead: 4 * 3_600_000 }),
    };
  };

  it('is told of and escalated like before, and nothing else of the case is', () => {
    const { told, wake } = look(left, '2026-05-08');
    expect(told).toEqual([
      '2026-05-09 overdue curator',
      '2026-05-12 escalate-1 head',
      '2026-05-14 escalate-3 deputyDirector',
    ]);
    expect(wake).toBe('2026-05-09T02:00:00.000Z');
  });

  it('is silent once it is done, and the case wakes no more', () => {
    const report = { on: '2026-05-08', command: 'informBody', body: 'guardianship', about: 'violation', how: 'phone' };
    const { told, wake } = look(perform(left, report, '2026-05-08', kogalym).state, '2026-05-08');
    expect(told).toEqual([]);
    expect(wake).toBeNull();
  });
});
