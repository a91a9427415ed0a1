import { describe, expect, it } from 'vitest';
import { simulate } from '../../../domain/case/simulate.ts';
import { duties } from '../../../domain/case/duties.ts';
import type { Duty } from '../../../domain/case/duty.ts';
import { institutionDuties } from '../../../domain/institution/institution-duties.ts';
import { calendar, command, opening, regulation, zone } from '../support/family.ts';
import type { Input } from '../support/family.ts';

const why = (name: string, inputs: readonly Input[], until: string, key: string): string[] => {
  const file = regulation(name);
  const { state } = simulate({ commands: inputs.map(command), until, zone }, file, calendar);
  const all = duties(state, file, calendar, { asOf: until, horizon: '2029-01-01', zone });
  const found = all.find((duty) => duty.key.startsWith(key));
  if (!found) throw new Error(`no duty ${key}`);
  return steps(found);
};
/** Without the days of the week, which stand after each day. */
const steps = (duty: Duty): string[] =>
  duty.why.map(({ kind, text }) => `${kind}: ${text.en.replaceAll(/ \((?:Mon|Tue|Wed|Thu|Fri|Sat|Sun)\)/g, '')}`);
const agreement = (on: string): Input[] => opening({ stage: 'agreement', on, category: 'lowIncome' });

describe('a day explains itself, step by step', () => {
  it('that stands where it was counted to (article 191)', () => {
    expect(why('borovichi@1', agreement('2026-03-02'), '2026-03-02', 'diagnosis@')).toEqual([
      'start: 2026-03-02: agreement signed (entry 4)',
      'term: 10 calendar days, counted from the next day (Civil Code, article 191): 2026-03-12',
      'result: due 2026-03-12',
    ]);
  });

  it('that falls on days off, each by its name (article 193)', () => {
    expect(why('borovichi@1', agreement('2026-04-29'), '2026-04-29', 'diagnosis@').slice(1)).toEqual([
      'term: 10 calendar days, counted from the next day (Civil Code, article 191): 2026-05-09',
      'dayOff: 2026-05-09 is a day off: Victory Day',
      'dayOff: 2026-05-10 is a day off: Sunday',
      expect.stringMatching(/^dayOff: 2026-05-11 is a day off: /),
      'moved: the last day is a day off, so the term ends on the next working day (Civil Code, article 193)',
      'result: due 2026-05-12',
    ]);
  });

  it('that is a Saturday on which a decree lets people work', () => {
    expect(why('borovichi@1', agreement('2027-02-10'), '2027-02-10', 'diagnosis@').slice(2)).toEqual([
      expect.stringMatching(/^notMoved: 2027-02-20 is a working .*, so it is not moved$/),
      'result: due 2027-02-20',
    ]);
  });

  it('that lies in a year whose calendar is not published', () => {
    expect(why('borovichi@1', agreement('2027-12-27'), '2027-12-27', 'planApproval@').at(-1)).toBe(
      'result: due 2028-01-17; provisional: the calendar of that year is not published yet',
    );
  });

  it('in a month that has no such day (article 192, part 3)', () => {
    const family = opening({ stage: 'socialContract', on: '2027-01-11', from: '2027-01-11', until: '2028-02-29' });
    expect(why('gus-khrustalny@1', family, '2027-02-01', 'supportTerm@')[1]).toBe(
      'term: 12 months: the month has no such day, so its last one (Civil Code, article 192): 2029-02-28',
    );
    const usual = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });
    expect(why('gus-khrustalny@1', usual, '2026-04-10', 'supportTerm@')[1]).toBe(
      'term: 12 months, counted from the next day (Civil Code, article 191): 2027-09-15',
    );
  });

  it('that ends a window: counted from the start, never moved', () => {
    const family = opening({ stage: 'socialContract', on: '2026-03-31', until: '2026-09-15' });
    const window = (index: number) => why('gus-khrustalny@1', family, '2026-05-01', `monthlyService@1/${index}`);
    expect(window(1).slice(1)).toEqual([
      'term: window 1 ends 1 month after the start; the month has no such day, so its last one: 2026-04-30',
      'notMoved: the end of a window is never moved: the minimum must fall into it',
      'result: due 2026-04-30',
    ]);
    // A Sunday.
    expect(window(2)[1]).toBe('term: window 2 ends 2 months after the start: 2026-05-31');
    expect(window(2).at(-1)).toBe('result: due 2026-05-31');
  });

  it('that a text wants on the last working day before a day off', () => {
    const town = regulation('taganrog@1');
    const { quarterAnalysis } = town.duties;
    if (quarterAnalysis?.form !== 'calendar') throw new Error('no report');
    const before = { ...town, duties: { quarterAnalysis: { ...quarterAnalysis, due: { day: 10, dayOff: 'before' } } } };
    const [report] = institutionDuties(before as typeof town, calendar, [], {
      ...{ since: '2026-07-01', asOf: '2026-07-01', horizon: '2026-07-01' },
    });
    // 10 October 2026 is a Saturday.
    expect(report).toMatchObject({ unmovedDueOn: '2026-10-10', dueOn: '2026-10-09' });
    expect(report && steps(report).slice(1)).toEqual([
      'dayOff: 2026-10-10 is a day off: Saturday',
      'moved: it is a day off; by the text, the last working day before it',
      'result: due 2026-10-09',
    ]);
  });
});
