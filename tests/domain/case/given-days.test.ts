import { describe, expect, it } from 'vitest';
import { atTime } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { duties } from '../../../domain/case/duties.ts';
import { explainStage } from '../../../domain/case/explain-stage.ts';
import { fold } from '../../../domain/case/fold.ts';
import { nextWake } from '../../../domain/case/next-wake.ts';
import { simulate } from '../../../domain/case/simulate.ts';
import { stages } from '../../../domain/case/stages.ts';
import { parseCommand } from '../../../domain/commands/catalog.ts';
import { calendar, command, opening, regulation, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';

const file = regulation('gus-khrustalny@1');
const family = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });

const stateAt = (inputs: readonly Input[], until: string) =>
  fold(simulate({ commands: inputs.map(command), until, zone }, file, calendar).state.log, file);

const wakeAfter = (inputs: readonly Input[], today: string): string | null => {
  const state = stateAt(inputs, today);
  const all = duties(state, file, calendar, { asOf: today, horizon: '2027-12-31', zone });
  return nextWake({
    ...{ state, duties: all, regulation: file, zone, prepareAhead: 0 },
    ...{ agenda: buildAgenda(all, file.house, calendar, zone), now: atTime(today, '12:00', zone) },
  });
};

describe('a stage that begins when a day of the case is past', () => {
  it('wakes the case in the night after that day', () => {
    expect(wakeAfter(family, '2026-09-11')).toBe(atTime('2026-09-16', '09:00', zone));
  });

  it('wakes it on the day to which the contract was prolonged', () => {
    const prolonged = [...family, { on: '2026-09-01', command: 'amendSocialContract', to: '2026-09-18' }];
    expect(wakeAfter(prolonged, '2026-09-16')).toBe(atTime('2026-09-19', '09:00', zone));
  });

  it('says why it came, and before it for what the case waits', () => {
    const state = stateAt(family, '2026-09-20');
    const explained = (today: string) =>
      explainStage(state, stages(state, file, calendar, today), file, calendar, today);
    expect(explained('2026-09-16').stage?.because).toEqual([
      {
        entry: 1,
        text: {
          ru: 'прошёл день 15.09.2026: окончание социального контракта (запись № 1)',
          en: 'the day 15.09.2026 is past: the social contract ends (entry 1)',
        },
      },
    ]);
    expect(explained('2026-09-15').nextStage?.missing.map(({ ru }) => ru)).toEqual(['ещё не прошёл день 15.09.2026']);
  });
});

it('a contract that ends before it begins is no input', () => {
  const parsed = parseCommand({
    ...{ command: 'openCase', on: '2026-03-31' },
    socialContract: { from: '2026-03-31', to: '2026-03-30' },
  });
  expect(parsed).toMatchObject({
    ok: false,
    errors: [{ path: 'socialContract', ru: /последний день раньше первого/ }],
  });
});

it('a refusal says in words what is missing', () => {
  const asked: Input[] = [
    { on: '2026-03-31', command: 'openCase', category: 'manyChildren', recognisedInNeed: true },
    ...family,
    { on: '2026-04-01', command: 'endSupport', ground: 'movedAway' },
  ];
  const { rejected } = simulate({ commands: asked.map(command), until: '2026-04-01', zone }, file, calendar);
  expect(rejected.map(({ refusal }) => refusal.missing.map(({ ru }) => ru))).toEqual([
    [
      'категория семьи: нужно малоимущая',
      'не указано: начало социального контракта',
      'не указано: окончание социального контракта',
    ],
    ['основание: нужно отказ семьи, цели достигнуты, непреодолимые препятствия, срок окончен'],
  ]);
});
