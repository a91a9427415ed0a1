import type { Mutant } from './instrument.mjs';

export function mutateRoom(asked: {
  root: string;
  files: readonly string[];
  tests: readonly string[];
  until: number;
  workers?: number;
}): Promise<{ all: Mutant[]; tried: (Mutant & { by: string | null; reached: boolean })[] }>;
