import { describe, expect, it } from 'vitest';
import { parseCommand } from '../../../domain/commands/catalog.ts';
import { decideReport } from '../../../domain/institution/decide-report.ts';
import type { InstitutionEntry } from '../../../domain/institution/decide-report.ts';
import { loadCalendar, loadRegulations } from '../../../platform/regulations/load.ts';

const regulation = loadRegulations().get('taganrog@1');
if (!regulation) throw new Error('no regulation taganrog@1');
const life = {
  laws: [
    {
      ...{ id: 'taganrog', own: true, supportsSince: null, supportsUntil: null },
      versions: [{ regulation, from: null }] as const,
    },
  ],
  ...{ calendar: loadCalendar(), enteredOn: '2026-05-12', enteredAt: '2026-05-12T07:00:00.000Z' },
};
const today = '2026-10-05';

const decide = (log: InstitutionEntry[], body: Record<string, unknown>) => {
  const parsed = parseCommand({ on: today, ...body });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
  return decideReport(log, parsed.command, today, life);
};
const submit = (more: object) => ({ command: 'submitReport', report: 'quarterAnalysis', ...more });
const annul = (entry: number) => ({ command: 'annulEntry', entry, reason: 'ошибка' });
const after = (log: InstitutionEntry[], body: Record<string, unknown>): InstitutionEntry[] => {
  const decision = decide(log, body);
  if (!decision.accepted) throw new Error(decision.refusal.code);
  const [fact] = decision.facts;
  return fact ? [...log, { ...fact, seq: log.length + 1, recordedAt: `${today}T09:00:00.000Z` }] : log;
};
const refusalOf = (log: InstitutionEntry[], body: Record<string, unknown>) => {
  const decision = decide(log, body);
  return decision.accepted ? null : decision.refusal;
};
const periodsOf = (log: InstitutionEntry[]) => log.map(({ data }) => data['period']);

describe('a report that is submitted', () => {
  it('without its period serves the oldest that lacks one, then the next, and a third has nothing to serve', () => {
    const first = after([], submit({}));
    const second = after(first, submit({}));
    const third = after(second, submit({}));
    expect(periodsOf(third)).toEqual(['2026Q2', '2026Q3', '2026Q4']);
    expect(refusalOf(third, submit({}))?.code).toBe('case.duplicate');
  });

  it('twice on one period is one too many, and after the first was annulled it is not', () => {
    const once = after([], submit({ period: '2026Q2' }));
    expect(refusalOf(once, submit({ period: '2026Q2' }))?.code).toBe('case.duplicate');
    const annulled = after(once, annul(1));
    expect(periodsOf(after(annulled, submit({ period: '2026Q2' }))).at(-1)).toBe('2026Q2');
  });

  it('on a period that had not begun on the day of the submission is a slip of the pen', () => {
    expect(refusalOf([], submit({ on: '2026-06-30', period: '2026Q3' }))?.code).toBe('entry.day-in-future');
    expect(refusalOf([], submit({ on: '2026-07-01', period: '2026Q3' }))).toBeNull();
  });

  it('on a day that is still ahead cannot have been submitted; today it can', () => {
    expect(refusalOf([], submit({ on: '2026-10-06' }))?.code).toBe('entry.day-in-future');
    expect(refusalOf([], submit({ on: today }))).toBeNull();
  });
});

describe('what is taken back', () => {
  const log = after([], submit({}));

  it('is a submission that stands: no entry there is not, none twice, no taking back itself', () => {
    const annulled = after(log, annul(1));
    expect(refusalOf(log, annul(2))?.code).toBe('entry.unknown');
    expect(refusalOf(annulled, annul(1))?.code).toBe('entry.already-annulled');
    expect(refusalOf(annulled, annul(2))?.code).toBe('entry.unknown');
  });
});
