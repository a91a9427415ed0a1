import type { Day, Instant } from '../calendar/day.ts';
import type { ProductionCalendar } from '../calendar/production-calendar.ts';
import type { FactAct, Regulation, Where } from '../regulation/regulation.ts';
import type { Fact } from './fact.ts';
import { approvedPlan, plansOf } from './plans.ts';
import type { Plan } from './plans.ts';
import { wordOf } from './values.ts';

/** A case as it stood at the end of one day: what the predicates ask. */
export interface Reading {
  day: Day;
  facts: readonly Fact[];
  regulation: Regulation;
  calendar: ProductionCalendar;
  plans: readonly Plan[];
  /** The approved plan that counts. */
  plan: Plan | null;
}

export interface Setting {
  regulation: Regulation;
  calendar: ProductionCalendar;
}

/** `facts` sorted as `fold` sorts them; those after `day` are not read. */
export const readingOn = (facts: readonly Fact[], day: Day, { regulation, calendar }: Setting): Reading => {
  const known = facts.filter(({ on }) => on <= day);
  const plans = plansOf(known);
  return { day, facts: known, regulation, calendar, plans, plan: approvedPlan(plans) };
};

/** A later day of the same facts: what the calendar alone will change. */
export const readingLater = (reading: Reading, day: Day): Reading => ({ ...reading, day });

export const matches = (data: Readonly<Record<string, unknown>>, where: Where | undefined): boolean =>
  Object.entries(where ?? {}).every(([field, values]) => (values as readonly unknown[]).includes(data[field] ?? null));

export const factsOf = (reading: Pick<Reading, 'facts'>, kind: string, where?: Where): Fact[] =>
  reading.facts.filter((fact) => fact.kind === kind && matches(fact.data, where));

type FactActs = FactAct | { anyOf: readonly FactAct[] };

/** The kinds of fact that an act names. */
export const kindsOf = (act: FactActs): readonly FactAct[] => ('anyOf' in act ? act.anyOf : [act]);

/** Whether a fact is such an act. */
export const isAct = ({ kind, data }: Pick<Fact, 'kind' | 'data'>, act: FactActs): boolean =>
  kindsOf(act).some((one) => one.fact === kind && matches(data, one.where));

/** Facts that an act names, of any of its kinds, in their order. */
export const factsOfAct = (reading: Pick<Reading, 'facts'>, act: FactActs): Fact[] =>
  reading.facts.filter((fact) => isAct(fact, act));

/** The fact that put the family into the status in which it is, or took it out; `null` when it never was in it. */
export const lastSopChange = ({ facts }: Pick<Reading, 'facts'>): Fact | null =>
  facts.findLast(
    ({ kind, data }) =>
      kind === 'sopRecorded' || kind === 'sopLifted' || (kind === 'caseOpened' && data['category'] === 'sop'),
  ) ?? null;

export const inSop = (reading: Pick<Reading, 'facts'>): boolean => {
  const change = lastSopChange(reading);
  return change !== null && change.kind !== 'sopLifted';
};

export const everInSop = (reading: Pick<Reading, 'facts'>): boolean => lastSopChange(reading) !== null;

export const categoryOf = ({ facts }: Pick<Reading, 'facts'>): string | null =>
  wordOf(facts.find(({ kind }) => kind === 'caseOpened')?.data['category']);

export const levelOf = ({ facts }: Pick<Reading, 'facts'>): string | null =>
  wordOf(facts.findLast(({ kind }) => kind === 'levelSet' || kind === 'levelChanged')?.data['level']);

/** A day, or a day with an hour, that stands in a field of a fact; an hour alone is of the fact's own day. */
export const momentOf = ({ on, data }: Fact, field: string): { day: Day; moment: string } | null => {
  const value = data[field];
  if (typeof value !== 'string') return null;
  const moment = /^\d\d:\d\d$/.test(value) ? `${on}T${value}` : value.replace(' ', 'T');
  return { day: moment.slice(0, 10), moment };
};

export const curatorOf = ({ facts }: Pick<Reading, 'facts'>): string | null =>
  wordOf(facts.findLast(({ kind }) => kind === 'curatorAssigned')?.data['curator']);

export const supportEnd = ({ facts }: Pick<Reading, 'facts'>): Fact | null =>
  facts.find(({ kind }) => kind === 'supportEnded') ?? null;

export const latestInstant = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (a > b ? a : b), '');
