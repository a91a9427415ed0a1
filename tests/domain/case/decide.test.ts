import { describe, expect, it } from 'vitest';
import { available } from '../../../domain/case/available.ts';
import { decide } from '../../../domain/case/decide.ts';
import { adviceCodes, refusalCodes } from '../../../domain/case/refusal-codes.ts';
import {
  commandCatalog,
  commandSchemas,
  commandWords,
  parseCommand,
  systemWords,
} from '../../../domain/commands/catalog.ts';
import { factTitles } from '../../../domain/case/fact-titles.ts';
import { calendar, command, nobody, opening } from '../support/family.ts';
import type { Input } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

const now = (today: string) => ({ at: `${today}T09:00:00.000Z`, today });

describe('what a person typed', () => {
  const typed: Input[] = [
    {
      on: '2026-03-02',
      command: 'draftPlan',
      until: '2026-09-02',
      note: 'Мария сказала',
      measures: [
        {
          what: 'Занятия с Петей',
          agency: 'school',
          responsible: 'Иванова А. А.',
          contact: '8-900',
          place: 'ул. Ленина, 5',
          dueOn: '2026-09-02',
        },
        { what: 'Беседа', responsible: 'мать', place: 'home', dueOn: '2026-09-02' },
      ],
    },
    { on: '2026-03-02', command: 'suspend', reason: 'Пётр болен' },
    { on: '2026-03-02', command: 'informBody', body: 'guardianship', how: 'phone', who: 'Сидорова' },
    { on: '2026-03-02', command: 'recordVisit', place: 'у бабушки' },
    { on: '2026-03-02', command: 'recordDiagnostics', kind: 'initial', finding: 'семья живёт дружно' },
    { on: '2026-03-02', command: 'fileDocument', kind: 'housingAct', about: 'квартира Петровых' },
    {
      on: '2026-03-02',
      command: 'correctEntry',
      entry: 2,
      reason: 'Ошиблась Анна',
      replacement: { command: 'recordVisit', on: '2026-03-02', note: 'была Анна' },
    },
  ];
  const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }));

  it.each(typed)('$command: never in data, which enters the hash chain', (input) => {
    const { decision } = perform(state, input);
    if (!decision.accepted) throw new Error(decision.refusal.text.en);
    for (const { data, texts } of decision.facts) {
      expect(JSON.stringify(data)).not.toMatch(/[а-яё]/i);
      expect(Object.keys(texts ?? {}).length).toBeGreaterThan(0);
    }
  });

  it.each([
    ['sop', { data: { finding: 'sop' }, texts: {} }],
    ['Ivanov', { data: { has: ['finding'] }, texts: { finding: 'Ivanov' } }],
  ])('takes the finding %s for what it is: a code that rules ask, or words', (finding, kept) => {
    expect(command({ on: '2026-03-02', command: 'recordMonitoring', kind: 'interim', finding })).toMatchObject(kept);
  });

  it('is kept by path, and rules see only that it is there', () => {
    const { decision } = perform(state, typed[0] as Input);
    expect(decision.accepted && decision.facts[0]).toMatchObject({
      data: {
        until: '2026-09-02',
        measures: [
          { agency: 'school', dueOn: '2026-09-02', has: ['what', 'responsible', 'contact', 'place'] },
          { place: 'home', has: ['what', 'responsible'] },
        ],
      },
      texts: {
        note: 'Мария сказала',
        'measures.0.what': 'Занятия с Петей',
        'measures.0.responsible': 'Иванова А. А.',
        'measures.1.what': 'Беседа',
      },
    });
  });

  it('names do not pass as codes or numbers', () => {
    for (const input of [
      { command: 'signAgreement', member: 'Мария' },
      { command: 'recordSop', by: 'комиссия' },
      { command: 'recordSop', resolutionNo: 'Иванова' },
      { command: 'recordVisit', members: ['Пётр'] },
    ]) {
      expect(parseCommand({ on: '2026-03-02', ...input }).ok).toBe(false);
    }
  });
});

it('two measures of one id are no plan: the place of the second is named', () => {
  const measures = ['m1', 'm1'].map((id) => ({
    id,
    what: 'x',
    agency: 'school',
    responsible: 'y',
    dueOn: '2026-05-05',
  }));
  expect(parseCommand({ on: '2026-03-02', command: 'draftPlan', measures })).toMatchObject({
    ok: false,
    errors: [{ path: 'measures.1.id' }],
  });
});

describe('references', () => {
  const state = performAll(
    opening({ stage: 'activity', on: '2026-03-02', category: 'lowIncome', until: '2026-09-02' }),
  );
  const world = { ...nobody, agencies: new Set(['school', 'clinic']), staff: new Set(['c1']) };

  it.each([
    { command: 'giveMeasure', agency: 'nobody', what: 'x', dueOn: '2026-05-05' },
    { command: 'sendPlan', to: ['school', 'nobody'] },
    {
      command: 'draftPlan',
      until: '2026-09-02',
      measures: [{ what: 'x', agency: 'nobody', responsible: 'y', dueOn: '2026-05-05' }],
    },
    { command: 'assignCurator', curator: 'c9' },
  ])('$command of somebody unknown is refused', (input) => {
    const decision = decide(state, command({ on: '2026-03-03', ...input }), now('2026-03-03'), world, file, calendar);
    expect(decision).toMatchObject({ accepted: false, refusal: { code: 'reference.unknown', clause: null } });
  });
});

it('a corrected entry keeps its place among those of its day, so it contradicts nothing that came after it', () => {
  const on = '2026-03-03';
  const state = performAll([
    ...opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }),
    { on, command: 'recordSop', by: 'commission', resolutionNo: '7' },
    {
      on,
      command: 'draftPlan',
      until: '2026-09-02',
      measures: [{ what: 'x', agency: 'school', responsible: 'y', dueOn: '2026-05-05' }],
    },
    { on, command: 'decidePlan', by: 'commission', decision: 'approve' },
  ]);
  const replacement = { on, command: 'recordSop', by: 'commission', resolutionNo: '8' };
  const { decision, state: corrected } = perform(state, {
    on,
    command: 'correctEntry',
    entry: 5,
    reason: 'the number',
    replacement,
  });
  expect(decision).toMatchObject({ accepted: true, advice: [] });
  expect(corrected.facts.map(({ root }) => root)).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

describe('what may be done now', () => {
  it('says what is missing for the others', () => {
    const state = performAll(opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }));
    const actions = new Map(
      available(state, now('2026-03-03'), nobody, file, calendar).map((one) => [one.command, one]),
    );
    expect([...actions.keys()]).toEqual([...commandWords]);
    expect(actions.get('draftPlan')).toEqual({ command: 'draftPlan', allowed: true });
    expect(actions.get('sendPlan')).toMatchObject({
      allowed: false,
      refusal: { clause: '3.2', missing: [{ ru: 'план ещё не утверждён' }] },
    });
    expect(actions.get('decidePlan')).toMatchObject({
      allowed: false,
      refusal: { clause: '3.2', missing: [{ ru: 'план ещё не составлен' }] },
    });
    expect(actions.get('startPostSupport')).toMatchObject({ allowed: false, refusal: { clause: '3.4' } });
    expect(actions.get('openCase')).toMatchObject({ allowed: false, refusal: { code: 'case.duplicate' } });
    expect(actions.get('drawConclusion')?.allowed).toBe(true);
  });
});

describe('the closed lists', () => {
  it('every command has a schema and a title for its fact', () => {
    for (const word of [...commandWords, ...systemWords]) {
      expect(commandSchemas[word].shape).toHaveProperty('on');
      expect(factTitles).toHaveProperty(commandCatalog[word].fact);
    }
  });

  it('every code has a sentence in both languages', () => {
    for (const text of [...Object.values(refusalCodes).map((one) => one.text), ...Object.values(adviceCodes)]) {
      expect(text.ru).toMatch(/[а-яё]/i);
      expect(text.en).toMatch(/^[A-Z]/);
    }
  });
});
