import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import type { Awaited } from './shapes.ts';

export type CodeGroup =
  | 'role'
  | 'body'
  | 'category'
  | 'form'
  | 'ground'
  | 'endGround'
  | 'level'
  | 'fact'
  | 'field'
  | 'step'
  | 'notice'
  | 'request'
  | 'answer'
  | 'value'
  | 'relation'
  | 'requestKind'
  | 'report';

/** A code of the records in words; a code that no catalogue knows (a new regulation's own) is shown as it is. */
export function useCodes(): (group: CodeGroup, code: string) => string {
  const { t, i18n } = useTranslation('codes');
  return useCallback(
    (group, code) => {
      const key = `${group}.${code}`;
      return i18n.exists(key, { ns: 'codes' }) ? t(key as never) : code;
    },
    [t, i18n],
  );
}

/** Who is awaited, by name: a role, a body, or an agency of these. */
export function useAwaited(agencies: readonly { code: string; name: string }[] = []): (awaited: Awaited) => string {
  const word = useCodes();
  return useCallback(
    ({ kind, code }) =>
      kind === 'agency' ? (agencies.find((agency) => agency.code === code)?.name ?? code) : word(kind, code),
    [word, agencies],
  );
}
