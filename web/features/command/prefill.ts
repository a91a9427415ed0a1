import { fold } from '../../../domain/case/fold.ts';
import { agenciesNotSent, approvedPlan, plansOf, responsibleAgencies } from '../../../domain/case/plans.ts';
import type { Measure, Plan } from '../../../domain/case/plans.ts';
import { blankMeasure } from './fields.ts';
import type { About, MeasureRow } from './fields.ts';

/** Who is awaited to decide now: the body of the nearest open duty that a body owes. */
export function bodyAwaited({ duties }: About): string | undefined {
  return duties.find((duty) => duty.awaited.kind === 'body' && (duty.state === 'open' || duty.state === 'overdue'))
    ?.awaited.code;
}

export type PlannedMeasure = MeasureRow & { id: string };

/** The plan that counts, else the last draft: read by the rules that will judge the command, corrections included. */
function findPlan({ log, kase }: About): Plan | undefined {
  const plans = plansOf(fold(log, kase.regulation).facts);
  return approvedPlan(plans) ?? plans.at(-1);
}

/** The measures of the plan as earlier corrections left them. What a person typed stands in `texts` by path. */
export const plannedMeasures = (about: About): PlannedMeasure[] => findPlan(about)?.measures.map(rowOf) ?? [];

/** What a result may speak of: the plan's measures, and those given to an agency by themselves. */
export const measuresWithResult = (about: About): PlannedMeasure[] => [
  ...plannedMeasures(about),
  ...fold(about.log, about.kase.regulation)
    .facts.filter(({ kind, data }) => kind === 'measureGiven' && data['measure'] === undefined)
    .map(({ root, data, texts }) => ({
      ...blankMeasure(textOf(data['agency']), textOf(data['dueOn'])),
      id: `g${root}`,
      what: texts?.['what'] ?? '',
    })),
];

function rowOf({ id, source, textPath }: Measure): PlannedMeasure {
  const rows = (source.data['measures'] ?? []) as Record<string, unknown>[];
  const row = rows[Number(textPath.split('.')[1])] ?? {};
  const word = (name: string): string => textOf(source.texts?.[textPath + name] ?? row[name]);
  const more = Object.fromEntries(
    ['kind', 'contact', 'place', 'form'].map((name) => [name, word(name)]).filter(([, value]) => value !== ''),
  ) as Partial<MeasureRow>;
  return {
    id,
    what: word('what'),
    agency: word('agency'),
    responsible: word('responsible'),
    dueOn: word('dueOn'),
    ...more,
    ...(row['outside'] === true ? { outside: true } : {}),
  };
}

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** The rows of the plan, each remembering how it stands: a correction sends only what it changes. */
export const rowsToCorrect = (about: About): MeasureRow[] =>
  plannedMeasures(about).map((row) => ({ ...row, was: JSON.stringify(row) }));

/** Agencies that have something to do by the plan: those not told of it yet, else all. */
export function agenciesToTell(about: About): string[] {
  const plan = findPlan(about);
  if (plan === undefined) return [];
  const untold = agenciesNotSent(plan);
  return untold.length > 0 ? untold : responsibleAgencies(plan);
}

/** The kind of diagnostics, monitoring or conclusion that the case waits for. */
export function kindAwaited({ kase }: About): 'initial' | 'interim' | 'final' {
  if (kase.stage === 'reflective' || kase.stage === 'postSupport') return 'final';
  return kase.stage === 'activity' ? 'interim' : 'initial';
}
