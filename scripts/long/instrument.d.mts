export interface Mutant {
  number: number;
  file: string;
  line: number;
  column: number;
  from: string;
  to: string;
}
export function instrument(source: string, file: string, first: number): { code: string; mutants: Mutant[] };
