import type { Duty, EventView } from '../../lib/shapes.ts';

/** What a duty is about, in the words of the entry that made it: a measure of a plan, or one given by itself. */
export function subjectWords(duty: Pick<Duty, 'rootEntry' | 'subject'>, log: readonly EventView[]): string | undefined {
  if (duty.subject === null) return undefined;
  const entry = log.find(({ root, annulledBy }) => root === duty.rootEntry && annulledBy === null);
  if (entry === undefined) return undefined;
  return measureWords(entry, duty.subject) ?? entry.texts['what'];
}

/** The words of a plan's measure by its id. */
export function measureWords(plan: EventView, id: string): string | undefined {
  const rows = Array.isArray(plan.data['measures']) ? (plan.data['measures'] as Record<string, unknown>[]) : [];
  const index = rows.findIndex((row, at) => (row['id'] ?? `m${at + 1}`) === id);
  return index < 0 ? undefined : plan.texts[`measures.${index}.what`];
}
