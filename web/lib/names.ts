import { createContext, useCallback, useContext } from 'react';
import type { CaseView } from './shapes.ts';

/** Agencies and people of the case that is shown, by the codes under which the rules know them. */
export const NamesOfCase = createContext<ReadonlyMap<string, string>>(new Map());

export const namesOf = ({ agencies, people, family }: Pick<CaseView, 'agencies' | 'people' | 'family'>) =>
  new Map<string, string>([
    ...agencies.map(({ code, name }) => [code, name] as const),
    ...[...people, ...(family?.members ?? [])].map(({ id, name }) => [id, name] as const),
  ]);

/** Codes in a sentence of the rules stand after a colon or a comma, alone; the rules know no names. */
const alone = /(?<=[:,] )[\w-]+(?=[,.;)]|$)/g;

export const nameCodes = (text: string, names: ReadonlyMap<string, string>): string =>
  text.replace(alone, (code) => names.get(code) ?? code);

/** A sentence of the rules with the names of whom it speaks of. */
export function useNamed(): (text: string) => string {
  const names = useContext(NamesOfCase);
  return useCallback((text) => nameCodes(text, names), [names]);
}
