/**
 * Which entry took another one out of force, by the number of the one taken out: an annulment, or the correction
 * that stands in its place.
 */
export function supersededBy(entries: readonly { seq: number; root: number; kind: string; data: Readonly<Record<string, unknown>> }[]): Map<number, number> {
  const found = new Map<number, number>();
  for (const entry of entries) {
    const target = entry.data['entry'];
    if (entry.kind === 'entryAnnulled' && typeof target === 'number') found.set(target, entry.seq);
  }
  return found;
}
