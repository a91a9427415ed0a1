import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addDays } from '../../../domain/calendar/civil.ts';
import type { Day } from '../../../domain/calendar/day.ts';
import { parseCommand } from '../../../domain/commands/catalog.ts';
import { decideReport, standing } from '../../../domain/institution/decide-report.ts';
import type { InstitutionEntry } from '../../../domain/institution/decide-report.ts';
import { ownDuties, periodIn } from '../../../domain/institution/own-duties.ts';
import type { InstitutionLife, LawVersion, ReportingLaw } from '../../../domain/institution/own-duties.ts';
import type { Regulation } from '../../../domain/regulation/regulation.ts';
import { loadCalendar, loadRegulations } from '../../../platform/regulations/load.ts';
import { runs } from '../../support/runs.ts';

const get = (id: string): Regulation => {
  const found = loadRegulations().get(`${id}@1`);
  if (!found) throw new Error(`no regulation ${id}`);
  return found;
};
const law = (id: string, more: Partial<ReportingLaw> = {}): ReportingLaw => ({
  ...{ id, own: true, supportsSince: null, supportsUntil: null },
  versions: [{ regulation: get(id), from: null }],
  ...more,
});
const enteredOn = '2026-05-12';
const lifeUnder = (...laws: ReportingLaw[]): InstitutionLife => ({
  ...{ laws, calendar: loadCalendar(), facts: [], enteredOn },
  enteredAt: '2026-05-12T07:00:00.000Z',
});
const keysOf = (life: InstitutionLife, today: Day): string[] => ownDuties(life, today).map(({ key }) => key);

/** The institution's own law as `change` makes it anew, here from a day on. */
const newVersion = (
  id: string,
  from: Day,
  change: (duties: Regulation['duties']) => Regulation['duties'],
): LawVersion => {
  const old = get(id);
  return { regulation: { ...old, version: 2, duties: change(old.duties) }, from };
};

describe('what reports are asked, by which law', () => {
  it('of a newer version that came in mid-quarter: from that quarter on, and what had ended before stays as it was', () => {
    const later = newVersion('taganrog', '2026-08-20', (duties) =>
      Object.fromEntries(
        Object.entries(duties).map(([name, rule]) => [
          name,
          rule.form === 'calendar' ? { ...rule, due: { day: 20 } } : rule,
        ]),
      ),
    );
    const life = lifeUnder(law('taganrog', { versions: [{ regulation: get('taganrog'), from: null }, later] }));
    const days = new Map(ownDuties(life, '2026-09-01').map(({ key, dueOn }) => [key, dueOn]));
    expect(days.get('quarterAnalysis@i/2026Q2')).toBe('2026-07-10');
    expect(days.get('quarterAnalysis@i/2026Q3')).toBe('2026-10-20');
    expect(new Set(days.keys()).size).toBe(ownDuties(life, '2026-09-01').length);
  });

  it('of a newer version that asks for no report any more, or for one more', () => {
    const without = newVersion('taganrog', '2026-08-20', (duties) =>
      Object.fromEntries(Object.entries(duties).filter(([, { form }]) => form !== 'calendar')),
    );
    const none = lifeUnder(law('taganrog', { versions: [{ regulation: get('taganrog'), from: null }, without] }));
    expect(keysOf(none, '2026-09-01')).toEqual(['quarterAnalysis@i/2026Q2']);
    const more = lifeUnder(
      law('taganrog', { versions: [without, newVersion('taganrog', '2026-08-20', (duties) => duties)] }),
    );
    expect(keysOf(more, '2026-09-01')).toEqual(['quarterAnalysis@i/2026Q3', 'quarterAnalysis@i/2026Q4']);
  });

  it('of several laws: of its own, and of each other while a family is supported under it, each told from the others', () => {
    const other = law('gus-khrustalny', { own: false, supportsSince: '2026-06-10', supportsUntil: '2026-08-02' });
    const life = lifeUnder(law('taganrog'), other);
    expect(keysOf(life, '2026-12-01').filter((key) => key.includes('uarter'))).toEqual([
      'quarterReport@i/2026Q2/gus-khrustalny',
      'quarterReportToDeputy@i/2026Q2/gus-khrustalny',
      'quarterAnalysis@i/2026Q2',
      'quarterReport@i/2026Q3/gus-khrustalny',
      'quarterReportToDeputy@i/2026Q3/gus-khrustalny',
      'quarterAnalysis@i/2026Q3',
      'quarterAnalysis@i/2026Q4',
      'quarterAnalysis@i/2027Q1',
    ]);
    const [first] = ownDuties(life, '2026-12-01');
    expect(first).toMatchObject({
      acts: [{ command: 'submitReport', fields: { period: '2026Q2', regulation: 'gus-khrustalny' } }],
    });
    expect(first?.what.ru).toContain(get('gus-khrustalny').title.ru);
  });

  it('a report that two laws call by one word serves the one that it names, and its own where it names none', () => {
    const twin = law('taganrog', {
      ...{ id: 'other', own: false, supportsSince: '2026-06-10' },
      versions: [{ regulation: { ...get('taganrog'), id: 'other' }, from: null }],
    });
    const life = lifeUnder(law('taganrog'), twin);
    const today = '2026-07-05';
    const give = (log: InstitutionEntry[], more: object): InstitutionEntry[] => {
      const parsed = parseCommand({ command: 'submitReport', on: today, report: 'quarterAnalysis', ...more });
      if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
      const decision = decideReport(log, parsed.command, today, life);
      if (!decision.accepted) throw new Error(decision.refusal.code);
      const [fact] = decision.facts;
      return fact ? [...log, { ...fact, seq: log.length + 1, recordedAt: `${today}T09:00:00.000Z` }] : log;
    };
    const metBy = (log: InstitutionEntry[]): string[] =>
      ownDuties({ ...life, facts: standing(log) }, today).flatMap(({ key, metOn }) => (metOn === null ? [] : [key]));
    const bare = give([], { period: '2026Q2' });
    expect(metBy(bare)).toEqual(['quarterAnalysis@i/2026Q2']);
    expect(metBy(give(bare, { period: '2026Q2', regulation: 'other' })).sort()).toEqual([
      'quarterAnalysis@i/2026Q2',
      'quarterAnalysis@i/2026Q2/other',
    ]);
    expect(() => give(bare, { regulation: 'nowhere' })).toThrow('reference.unknown');
  });
});

describe('whatever is submitted and annulled, in whatever order', () => {
  const reports = ['quarterly', 'quarterlyToDeputy', 'halfYearly', 'quarterAnalysis', 'unknown'];
  const periods = [undefined, '2026Q2', '2026-q3', '2026H1', '2026H2', '2025Q4'];
  const anyStep = fc.record({
    on: fc.integer({ min: 0, max: 300 }).map((days) => addDays(enteredOn, days)),
    annuls: fc.option(fc.integer({ min: 1, max: 12 }), { freq: 2 }),
    report: fc.constantFrom(...reports),
    period: fc.constantFrom(...periods),
  });
  const other = law('taganrog', { own: false, supportsSince: '2026-06-10' });
  const life = lifeUnder(law('gus-khrustalny'), other);
  const bodyOf = ({
    on,
    annuls,
    report,
    period,
  }: {
    on: Day;
    annuls: number | null;
    report: string;
    period: string | undefined;
  }) =>
    annuls === null
      ? { command: 'submitReport', on, report, ...(period === undefined ? {} : { period }) }
      : { command: 'annulEntry', on, entry: annuls, reason: 'a mistake' };

  it('one submission stands for a rule and a period, keys never change, and annulling reopens the duty under its key', () => {
    fc.assert(
      fc.property(fc.array(anyStep, { maxLength: 30 }), (steps) => {
        const today = addDays(enteredOn, 300);
        const keys = keysOf(life, today);
        expect(new Set(keys).size).toBe(keys.length);
        const log: InstitutionEntry[] = [];
        const openNow = (): string[] =>
          ownDuties({ ...life, facts: standing(log) }, today).flatMap(({ key, metOn }) =>
            metOn === null ? [key] : [],
          );
        const metBy = new Map<number, string[]>();
        for (const step of steps) {
          const parsed = parseCommand(bodyOf(step));
          if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
          const open = openNow();
          const decision = decideReport(log, parsed.command, today, life);
          if (!decision.accepted) {
            expect(openNow()).toEqual(open);
            continue;
          }
          const [fact] = decision.facts;
          if (!fact) throw new Error('accepted and nothing recorded');
          const seq = log.length + 1;
          log.push({ ...fact, seq, recordedAt: `${step.on}T09:00:00.000Z` });
          const now = openNow();
          if (fact.kind === 'reportSubmitted') {
            const met = open.filter((key) => !now.includes(key));
            expect(met.length).toBeGreaterThan(0);
            metBy.set(seq, met);
          } else {
            const reopened = now.filter((key) => !open.includes(key)).sort();
            expect(reopened).toEqual(metBy.get(Number(fact.data['entry']))?.toSorted());
          }
          expect(keysOf({ ...life, facts: standing(log) }, today)).toEqual(keys);
        }
        const stands = standing(log).map(
          ({ data }) => `${String(data['regulation'])} ${String(data['report'])} ${String(data['period'])}`,
        );
        expect(new Set(stands).size).toBe(stands.length);
        const open = new Set(openNow());
        expect(keys.filter((key) => !open.has(key))).toHaveLength(stands.length);
        expect(keys.every((key) => periodIn({ key }) !== '')).toBe(true);
      }),
      { numRuns: runs(60) },
    );
  });
});

it('a report that was submitted is judged by the day it was submitted against, whatever calendar is published later', () => {
  const known = loadCalendar();
  const submit = parseCommand({
    command: 'submitReport',
    on: '2026-07-10',
    report: 'quarterAnalysis',
    period: '2026-Q2',
  });
  if (!submit.ok) throw new Error('the command has changed');
  const life = { ...lifeUnder(law('taganrog')), enteredOn: '2026-04-01' };
  const decision = decideReport([], submit.command, '2026-07-10', life);
  if (!decision.accepted) throw new Error(decision.refusal.text.en);
  const facts = decision.facts.map(({ kind, on, data }) => ({
    kind,
    on,
    data,
    recordedAt: '2026-07-10T09:00:00.000Z',
  }));
  // Friday the 10th becomes a day off, so the term would end on Monday.
  const off = { ...known, version: 'later', regional: { '2026-07-10': { ru: 'указ', en: 'decree' } } };
  const analysis = (calendar: typeof known, reports: typeof facts) => {
    const all = ownDuties({ ...life, calendar, facts: reports }, '2026-08-01');
    const found = all.find(({ key }) => key === 'quarterAnalysis@i/2026Q2');
    return { dueOn: found?.dueOn, state: found?.state, last: found?.why.at(-1)?.kind };
  };
  expect(analysis(known, facts)).toEqual({ dueOn: '2026-07-10', state: 'met', last: 'result' });
  expect(analysis(off, facts)).toEqual({ dueOn: '2026-07-10', state: 'met', last: 'frozen' });
  expect(analysis(off, [])).toEqual({ dueOn: '2026-07-13', state: 'overdue', last: 'result' });
  // Submitted under the longer term, it is not late by the shorter one.
  const monday = parseCommand({
    command: 'submitReport',
    on: '2026-07-13',
    report: 'quarterAnalysis',
    period: '2026-Q2',
  });
  if (!monday.ok) throw new Error('the command has changed');
  const later = decideReport([], monday.command, '2026-07-13', { ...life, calendar: off });
  if (!later.accepted) throw new Error(later.refusal.text.en);
  const longer = later.facts.map(({ kind, on, data }) => ({ kind, on, data, recordedAt: '2026-07-13T09:00:00.000Z' }));
  expect(analysis(known, longer)).toEqual({ dueOn: '2026-07-13', state: 'met', last: 'frozen' });
});
