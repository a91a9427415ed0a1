import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { simulate } from '../../../domain/case/simulate.ts';
import type { Simulated } from '../../../domain/case/simulate.ts';
import { RegulationError } from '../../../domain/regulation/parse.ts';
import { parseRegulation } from '../../../platform/regulations/load.ts';
import { calendar, command, opening, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';

const shipped = readFileSync(join(import.meta.dirname, '../../../regulations/borovichi.yaml'), 'utf8');

/** An invented regulation: the shipped one, but its house lets days be moved. */
const invented = (suspendable: string, extendable: string) =>
  parseRegulation(
    shipped
      .replace('id: borovichi', 'id: invented')
      .replace('suspendable: []', `suspendable: [${suspendable}]`)
      .replace('extendable: []', `extendable: [${extendable}]`),
    'invented.yaml',
  );

const file = invented('planApproval, diagnosis', '{ duty: planDispatch, days: 10 }');

// The agreement is of Monday 2 March 2026: diagnosis by the 12th, approval by Sunday the 22nd, dispatch by the 27th.
const play = (more: Input[], until: string): Simulated =>
  simulate(
    {
      commands: [...opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }), ...more].map(command),
      until,
      zone,
    },
    file,
    calendar,
  );
const duty = ({ duties }: Simulated, name: string) => {
  const found = duties.find(({ rule }) => rule === name);
  if (!found) throw new Error(`no duty ${name}`);
  return found;
};
const suspend = (on: string): Input => ({ on, command: 'suspend', reason: 'away' });
const resume = (on: string): Input => ({ on, command: 'resume' });

describe('a suspension moves what the house marks, by its calendar days, before days off are looked at', () => {
  it('and says so', () => {
    const played = play([suspend('2026-03-05'), resume('2026-03-12')], '2026-03-12');
    expect(played.advice.map(({ advice }) => advice.code)).not.toContain('advice.suspension-moves-nothing');
    // 22 + 7 days: Sunday 29 March, so Monday the 30th.
    const approval = duty(played, 'planApproval');
    expect(approval).toMatchObject({ unmovedDueOn: '2026-03-29', dueOn: '2026-03-30', state: 'open' });
    expect(approval.why.find(({ kind }) => kind === 'shift')).toMatchObject({
      day: '2026-03-29',
      text: { en: expect.stringContaining('+7 days') as string },
    });
    expect(duty(played, 'planDispatch').dueOn).toBe('2026-03-27');
  });

  it.each([
    ['begun before the term, counted from its start', [suspend('2026-03-02'), resume('2026-03-06')], '2026-03-16'],
    ['begun on the last day', [suspend('2026-03-12'), resume('2026-03-14')], '2026-03-16'],
    ['begun when the term was over', [suspend('2026-03-13'), resume('2026-03-20')], '2026-03-12'],
    [
      'the second begun in the days that the first had added',
      [suspend('2026-03-10'), resume('2026-03-17'), suspend('2026-03-18'), resume('2026-03-19')],
      '2026-03-20',
    ],
    ['that lasts grows with the days', [suspend('2026-03-10')], '2026-04-01'],
  ])('%s', (_, more, dueOn) => {
    expect(duty(play(more, '2026-03-30'), 'diagnosis').dueOn).toBe(dueOn);
  });
});

describe('an extension', () => {
  const extend = (on: string, days: number, rest: Record<string, unknown> = {}): Input => ({
    on,
    command: 'extend',
    duty: 'planDispatch',
    days,
    reason: 'illness',
    ...rest,
  });

  it('moves the day within the bound, by the key too, and is refused beyond it', () => {
    const played = play(
      [extend('2026-03-10', 4), extend('2026-03-11', 6, { duty: 'planDispatch@4' }), extend('2026-03-12', 1)],
      '2026-03-12',
    );
    // 27 March + 10 days: Monday 6 April.
    expect(duty(played, 'planDispatch')).toMatchObject({ unmovedDueOn: '2026-04-06', dueOn: '2026-04-06' });
    expect(played.rejected).toMatchObject([
      {
        on: '2026-03-12',
        refusal: { code: 'house.not-extendable', missing: [{ en: expect.stringMatching(/10 days/) as string }] },
      },
    ]);
  });

  it('of one duty, by its key, moves no other of its rule', () => {
    const every = parseRegulation(
      shipped
        .replace('id: borovichi', 'id: invented')
        .replace('extendable: []', 'extendable: [{ duty: diagnosis, days: 10 }]')
        .replace(
          'the diagnostic stage ends"\n    who: curator\n    start: { fact: agreementSigned',
          'the diagnostic stage ends"\n    who: curator\n    start: { fact: agreementSigned, every: true',
        ),
      'invented.yaml',
    );
    const inputs = [
      ...opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' }),
      { on: '2026-03-03', command: 'signAgreement' },
      extend('2026-03-04', 4, { duty: 'diagnosis@4' }),
    ];
    const { duties } = simulate({ commands: inputs.map(command), until: '2026-03-04', zone }, every, calendar);
    const days = duties.filter(({ rule }) => rule === 'diagnosis').map(({ key, dueOn }) => [key, dueOn]);
    expect(days).toEqual([
      ['diagnosis@5', '2026-03-13'],
      ['diagnosis@4', '2026-03-16'],
    ]);
  });

  it('needs its days and its reason, and a duty that may be put off', () => {
    const played = play(
      [
        extend('2026-03-10', 4, { reason: null }),
        extend('2026-03-10', 4, { days: null }),
        extend('2026-03-10', 4, { duty: 'planApproval' }),
      ],
      '2026-03-10',
    );
    expect(played.rejected.map(({ refusal }) => refusal.code)).toEqual([
      'field.missing',
      'field.missing',
      'house.not-extendable',
    ]);
    expect(duty(played, 'planDispatch').dueOn).toBe('2026-03-27');
  });
});

it.each([
  ['monitoring', ''],
  ['', '{ duty: finalConclusion, days: 5 }'],
  ['measure', ''],
])('a file marks nothing whose day cannot move: %s%s', (suspendable, extendable) => {
  const faults = (() => {
    try {
      invented(suspendable, extendable);
      return [];
    } catch (error) {
      if (error instanceof RegulationError) return error.faults;
      throw error;
    }
  })();
  expect(faults.join('\n')).toMatch(/^invented\.yaml:\d+: ".+" has no term counted from a start/);
});
