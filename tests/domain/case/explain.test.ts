import { describe, expect, it } from 'vitest';
import { atTime } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { duties } from '../../../domain/case/duties.ts';
import { explain } from '../../../domain/case/explain.ts';
import { refusalSettled } from '../../../domain/case/judge.ts';
import { stages } from '../../../domain/case/stages.ts';
import { calendar, measures, nobody, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, performAll } from '../support/play.ts';

/** The explanation of a case at noon of a day. */
const explained = (inputs: readonly Input[], today: string) => {
  const state = performAll(inputs);
  const all = duties(state, file, calendar, { asOf: today, horizon: '2027-12-31', zone });
  return explain(
    {
      state,
      stages: stages(state, file, calendar, today),
      duties: all,
      agenda: buildAgenda(all, file.house, calendar, zone),
    },
    { at: atTime(today, '12:00', zone), today },
    nobody,
    file,
    calendar,
  );
};

const agreed = opening({ stage: 'agreement', on: '2026-03-02', category: 'sop' });
const active = opening({ stage: 'activity', on: '2026-03-02', category: 'sop', until: '2026-09-30' });

describe('an explanation', () => {
  it('says in which stage the case is, by which entry, and what the next one waits for', () => {
    const { stage, nextStage } = explained(agreed, '2026-03-03');
    expect(stage).toMatchObject({ stage: 'diagnostic', clause: '3.1', from: '2026-03-02' });
    expect(stage?.because).toEqual([
      {
        entry: 1,
        text: { ru: 'дело открыто 02.03.2026 (запись № 1)', en: 'case opened on 02.03.2026 (entry 1)' },
      },
    ]);
    expect(nextStage).toMatchObject({ stage: 'contract', clause: '3.2' });
    expect(nextStage?.missing.map(({ ru }) => ru)).toEqual(['нет записи: проведена диагностика (первичная)']);
  });

  it('names both reasons of a stage that the calendar brought, and the last day of the plan', () => {
    const { stage } = explained(active, '2026-10-01');
    expect(stage?.stage).toBe('reflective');
    expect(stage?.because.map(({ text }) => text.ru)).toEqual([
      expect.stringMatching(/^план утверждён 02\.03\.2026 \(запись № \d+\)$/),
      'срок плана истёк: последний день — 30.09.2026',
    ]);
  });

  it('says for each duty what performs it, and what must be there first', () => {
    const { waitsFor } = explained(agreed, '2026-03-03');
    const of = (rule: string) => waitsFor.find(({ duty }) => duty.rule === rule);
    expect(of('diagnosis')?.unblockedBy).toEqual([
      { command: 'recordDiagnostics', fields: { kind: 'initial' }, refusal: null },
    ]);
    expect(of('planApproval')?.unblockedBy[0]).toMatchObject({
      command: 'decidePlan',
      fields: { decision: 'approve', by: 'commission' },
      refusal: { clause: '3.2', missing: [{ ru: 'план ещё не составлен' }] },
    });
    expect(of('planDispatch')?.unblockedBy[0]?.refusal?.missing[0]?.ru).toBe('план ещё не утверждён');
  });

  it('judges an act by the fields that its rule settles, and no others', () => {
    const state = performAll(active);
    const against = (day: string, settled: object) =>
      refusalSettled(state, 'conclusionDrawn', day, { ...settled }, { regulation: file, calendar });
    expect(against('2026-05-04', {})).toBeNull();
    expect(against('2026-05-04', { kind: 'interim' })).toBeNull();
    expect(against('2026-05-04', { kind: 'final' })?.missing[0]?.ru).toContain('срок плана идёт до 30.09.2026');
    expect(against('2026-10-01', { kind: 'final' })).toBeNull();
    expect(against('2026-05-04', { by: 'workingGroup' })?.missing[0]?.ru).toContain('решает РКДНиЗП');
  });

  it('lists what the process does next by itself, in order, with the clause, and nothing that has passed', () => {
    const { agenda, waitsFor } = explained(agreed, '2026-03-16');
    expect(agenda[0]).toMatchObject({
      at: atTime('2026-03-17', '09:00', zone),
      step: 'escalate-3',
      clause: '3.1',
      dueOn: '2026-03-12',
      audience: { kind: 'role', code: 'deputyDirector' },
      text: { ru: 'сообщение через 3 рабочих дня после срока', en: 'escalation 3 working days after the day' },
    });
    expect(agenda.map(({ at }) => at)).toEqual(agenda.map(({ at }) => at).sort());
    expect(agenda.every(({ at }) => at > atTime('2026-03-16', '12:00', zone))).toBe(true);
    expect(waitsFor[0]?.nextStep).toEqual(agenda[0]);
  });

  it('puts the gist into one sentence, what is late first', () => {
    expect(explained(agreed, '2026-03-03').summary.ru).toMatch(
      /^Этап «диагностико-поисковый» \(п\. 3\.1\) с 02\.03\.2026\. Ближайший срок 12\.03\.2026: диагностика семьи/,
    );
    expect(explained(agreed, '2026-03-16').summary.en).toMatch(/Overdue: 1; first, by 12\.03\.2026: diagnostics/);
  });

  it('waits for nothing once support has ended', () => {
    const ended = explained([...active, { on: '2026-04-01', command: 'endSupport', ground: 'refusal' }], '2026-04-02');
    expect(ended).toMatchObject({ stage: null, nextStage: null, waitsFor: [], agenda: [] });
    expect(ended.summary).toEqual({
      ru: 'Сопровождение прекращено 01.04.2026.',
      en: 'Support ended on 01.04.2026.',
    });
    expect(ended.blocked.find(({ command }) => command === 'recordVisit')?.refusal.code).toBe('case.closed');
  });

  it('holds nothing that a person typed', () => {
    const typed = [
      ...agreed.slice(0, 4),
      { on: '2026-03-02', command: 'recordDiagnostics', kind: 'initial', finding: 'ВЫДУМАННАЯ находка' },
      {
        on: '2026-03-02',
        command: 'draftPlan',
        until: '2026-09-30',
        measures: measures(['school'], '2026-05-29').map((one) => ({ ...one, what: 'ВЫДУМАННАЯ помощь' })),
      },
      { on: '2026-03-02', command: 'decidePlan', by: 'commission', decision: 'approve' },
      { on: '2026-03-02', command: 'sendPlan', to: ['school'] },
    ];
    const said = JSON.stringify(explained(typed, '2026-06-01'));
    expect(said).toContain('measure');
    expect(said).not.toContain('ВЫДУМАННАЯ');
  });
});
