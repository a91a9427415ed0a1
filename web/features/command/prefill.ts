import type { EventView } from '../../lib/shapes.ts';
import type { About, MeasureRow } from './fields.ts';

/** Who is awaited to decide now: the body of the nearest open duty that a body owes. */
export function bodyAwaited({ duties }: About): string | undefined {
  return duties.find((duty) => duty.awaited.kind === 'body' && (duty.state === 'open' || duty.state === 'overdue'))
    ?.awaited.code;
}

export interface PlannedMeasure extends MeasureRow {
  id: string;
}

/** The measures of the last plan on record. What a person typed stands in `texts` by path. */
export function plannedMeasures({ log }: About): PlannedMeasure[] {
  const plan = log.find((entry) => entry.kind === 'planDrafted' && entry.annulledBy === null);
  return plan === undefined ? [] : measuresOf(plan);
}

function measuresOf(plan: EventView): PlannedMeasure[] {
  const rows = Array.isArray(plan.data['measures']) ? (plan.data['measures'] as Record<string, unknown>[]) : [];
  return rows.map((row, index) => {
    const word = (name: string): string => {
      const value = plan.texts[`measures.${index}.${name}`] ?? row[name];
      return typeof value === 'string' ? value : '';
    };
    return {
      id: word('id') || `m${index + 1}`,
      what: word('what'),
      agency: word('agency'),
      responsible: word('responsible'),
      dueOn: word('dueOn'),
    };
  });
}

/** Agencies that have something to do by the plan: the ones it is sent to. */
export const agenciesOfPlan = (about: About): string[] => [
  ...new Set(
    plannedMeasures(about)
      .map((measure) => measure.agency)
      .filter((code) => code !== ''),
  ),
];

/** The kind of diagnostics, monitoring or conclusion that the case waits for. */
export function kindAwaited({ kase }: About): 'initial' | 'interim' | 'final' {
  if (kase.stage === 'reflective' || kase.stage === 'postSupport') return 'final';
  return kase.stage === 'activity' ? 'interim' : 'initial';
}
