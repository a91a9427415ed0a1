import type { EventView } from '../../lib/shapes.ts';

/** The words of a plan's measure by its id. */
export function measureWords(plan: EventView, id: string): string | undefined {
  const rows = Array.isArray(plan.data['measures']) ? (plan.data['measures'] as Record<string, unknown>[]) : [];
  const index = rows.findIndex((row, at) => (row['id'] ?? `m${at + 1}`) === id);
  return index < 0 ? undefined : plan.texts[`measures.${index}.what`];
}
