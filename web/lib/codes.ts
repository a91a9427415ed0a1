import { createContext, useCallback, useContext } from 'react';
import { useTranslation } from 'react-i18next';
import type { CodeGroup } from './code-group.ts';
import { say, sayTitle } from './i18n.ts';
import type { Awaited, Law, Sentence } from './shapes.ts';

/** The regulation of the case that is shown: its own names come before those of the catalogue. */
export const LawOfCase = createContext<Law | undefined>(undefined);

function namedBy(law: Law | undefined, group: CodeGroup, code: string): string | undefined {
  if (law === undefined) return undefined;
  const lists: Partial<Record<CodeGroup, Law['bodies']>> = {
    body: law.bodies,
    category: law.categories,
    level: law.levels,
    // Only lists that fields are chosen from name codes of the records.
    value: law.lists
      .filter(({ serves }) => serves.some((served) => served.includes('.')))
      .flatMap(({ items }) => items),
  };
  const found = lists[group]?.find((named) => named.code === code);
  return found && sayTitle(found.name);
}

/** A code of the records in words; a code that no catalogue knows (a new regulation's own) is shown as it is. */
export function useCodes(): (group: CodeGroup, code: string) => string {
  const { t, i18n } = useTranslation('codes');
  const law = useContext(LawOfCase);
  return useCallback(
    (group, code) => {
      const named = namedBy(law, group, code);
      if (named !== undefined) return named;
      const key = `${group}.${code}`;
      return i18n.exists(key, { ns: 'codes' }) ? t(key as never) : code;
    },
    [t, i18n, law],
  );
}

/** Who is awaited, by name: a role, a body, or an agency of these; `undefined` while they are still asked for. */
export function useAwaited(
  agencies: readonly { code: string; name: string }[] | undefined,
): (awaited: Awaited) => string {
  const word = useCodes();
  return useCallback(
    ({ kind, code }) =>
      kind !== 'agency'
        ? word(kind, code)
        : // A code that turns into a name under the reader's eye is no word of his.
          agencies === undefined
          ? '…'
          : (agencies.find((agency) => agency.code === code)?.name ?? code),
    [word, agencies],
  );
}

/** What comes by itself, in words: `remind-5` as it is known, else as the records word it, else by its family. */
export function useStepWords(): (step: string, text?: Sentence) => string {
  const word = useCodes();
  return useCallback(
    (step, text) => {
      const own = word('step', step);
      if (own !== step) return own;
      return text === undefined ? word('step', step.split('-')[0] ?? step) : say(text);
    },
    [word],
  );
}
