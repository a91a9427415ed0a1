import { describe, expect, it } from 'vitest';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { duties } from '../../../domain/case/duties.ts';
import { calendar, opening, regulation, zone } from '../support/family.ts';
import { performAll } from '../support/play.ts';

const at = (asOf: string) => ({ asOf, horizon: '2028-01-01', zone });

describe("the house's ladder", () => {
  const ladder = (name: string, inputs: Parameters<typeof performAll>[0], rule: string) => {
    const town = regulation(name);
    const day = inputs.at(-1)?.on ?? '';
    const found = duties(performAll(inputs, undefined, town), town, calendar, at(day)).find(
      (duty) => duty.rule === rule,
    );
    return { dueOn: found?.dueOn, remindOn: found?.remindOn, escalateOn: found?.escalateOn };
  };

  it('is counted in working days, and reminds of nothing before the duty began, though on that day', () => {
    // Sunday 8 March 2026 is a holiday, moved to Monday the 9th.
    const agreed = opening({ stage: 'agreement', on: '2026-03-02', category: 'lowIncome' });
    const escalateOn = [
      { on: '2026-03-13', to: 'head' },
      { on: '2026-03-17', to: 'deputyDirector' },
    ];
    expect(ladder('borovichi@1', agreed, 'diagnosis')).toEqual({
      ...{ dueOn: '2026-03-12', remindOn: ['2026-03-04', '2026-03-11'], escalateOn },
    });
    const given = { command: 'giveMeasure', agency: 'police', what: 'a talk' };
    const measure = (on: string) =>
      ladder(
        'gus-khrustalny@1',
        [
          ...opening({ stage: 'socialContract', on: '2026-03-02', until: '2026-09-15' }),
          { ...given, on, dueOn: '2026-03-12' },
        ],
        'measure',
      ).remindOn;
    expect(measure('2026-03-04')).toEqual(['2026-03-04', '2026-03-11']);
    expect(measure('2026-03-05')).toEqual(['2026-03-11']);
  });

  it('escalates nothing that is never late: a least length of support', () => {
    const family = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });
    const { dueOn, escalateOn } = ladder('gus-khrustalny@1', family, 'supportTerm');
    expect([dueOn, escalateOn]).toEqual(['2027-09-15', []]);
    const town = regulation('gus-khrustalny@1');
    const all = duties(performAll(family, undefined, town), town, calendar, at('2026-04-01'));
    const term = all.filter(({ rule }) => rule === 'supportTerm');
    const told = buildAgenda(term, town.house, calendar, zone).map(({ step }) => step);
    expect(told).toEqual(['remind-5', 'remind-1']);
  });
});
