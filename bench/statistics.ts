/** Median, 95th percentile, smallest and largest of a list of milliseconds. */
export interface Summary {
  n: number;
  p50: number;
  p95: number;
  min: number;
  max: number;
}

export function summarise(values: readonly number[]): Summary {
  const sorted = [...values].sort((a, b) => a - b);
  const at = (share: number): number => sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? NaN;
  return { n: sorted.length, p50: at(0.5), p95: at(0.95), min: at(0), max: sorted.at(-1) ?? NaN };
}

export const ms = (value: number): string => `${value.toFixed(1)} ms`;
