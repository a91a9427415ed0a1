import { describe, expect, it } from 'vitest';
import { dayOf } from '../../../domain/calendar/zone.ts';
import { buildAgenda } from '../../../domain/case/build-agenda.ts';
import { duties } from '../../../domain/case/duties.ts';
import { nextWake } from '../../../domain/case/next-wake.ts';
import { calendar, opening, regulation, zone } from '../support/family.ts';
import { file, perform, performAll } from '../support/play.ts';

const at = (asOf: string) => ({ asOf, horizon: '2028-01-01', zone });

describe('the next wake', () => {
  const state = performAll(
    opening({ stage: 'activity', on: '2026-01-15', category: 'lowIncome', until: '2026-06-27' }),
  );
  const ask = (now: string, agenda: ReturnType<typeof buildAgenda> = []) => {
    const all = duties(state, file, calendar, at(dayOf(now, zone)));
    return nextWake({ state, duties: all, agenda, regulation: file, zone, now, prepareAhead: 4 * 3_600_000 });
  };

  it('comes in the night after a day has passed, before the morning, by the calendar alone', () => {
    // The acknowledgements are due on 20 January, the first window ends on 15 April, the plan on 27 June.
    expect(ask('2026-01-19T09:00:00.000Z')).toBe('2026-01-21T02:00:00.000Z');
    expect(ask('2026-02-01T09:00:00.000Z')).toBe('2026-04-16T02:00:00.000Z');
    expect(ask('2026-06-20T09:00:00.000Z')).toBe('2026-06-28T02:00:00.000Z');
  });

  it('leaves time to prepare the next notice, and not for one that is prepared', () => {
    const agenda = buildAgenda(duties(state, file, calendar, at('2026-02-01')), file.house, calendar, zone);
    expect(ask('2026-04-07T22:00:00.000Z', agenda)).toBe('2026-04-08T02:00:00.000Z');
    expect(ask('2026-04-08T02:00:00.000Z', agenda)).toBe('2026-04-14T02:00:00.000Z');
  });

  it('never comes before the day has begun, however long the preparing', () => {
    const all = duties(state, file, calendar, at('2026-01-19'));
    const question = { state, duties: all, agenda: [], regulation: file, zone, now: '2026-01-19T09:00:00.000Z' };
    expect(nextWake({ ...question, prepareAhead: 12 * 3_600_000 })).toBe('2026-01-20T21:00:00.000Z');
  });

  it('comes on the first day of a window that opens after a while: that of a contract yet to begin', () => {
    const town = regulation('gus-khrustalny@1');
    const later = opening({ stage: 'socialContract', on: '2026-03-02', from: '2026-06-01', until: '2026-12-01' });
    const family = performAll(later, undefined, town);
    const all = duties(family, town, calendar, at('2026-03-03')).filter(({ window }) => window?.index === 1);
    const now = '2026-03-03T09:00:00.000Z';
    const question = { state: family, agenda: [], regulation: town, zone, now, prepareAhead: 4 * 3_600_000 };
    // A window begins on the day after its anchor.
    expect(nextWake({ ...question, duties: all })).toBe('2026-06-02T02:00:00.000Z');
  });

  it('never comes for a case that has ended', () => {
    const ended = perform(state, { on: '2026-01-16', command: 'endSupport', ground: 'refusal' }).state;
    const question = {
      duties: [],
      agenda: [],
      regulation: file,
      zone,
      now: '2026-01-16T09:00:00.000Z',
      prepareAhead: 0,
    };
    expect(nextWake({ ...question, state: ended })).toBeNull();
  });
});
