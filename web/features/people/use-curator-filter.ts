import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { curatorOptions } from './curators.ts';
import { staffQuery } from './queries.ts';

/** Whose cases a list may be narrowed to, in words; `chosen`: whom the address names now. Not asked for where it is not shown. */
export function useCuratorFilter(chosen: string | undefined, enabled = true) {
  const { t } = useTranslation('pages');
  const { data: staff } = useQuery({ ...staffQuery(), enabled });
  return curatorOptions(staff ?? [], chosen, {
    any: t('duties.curatorAny'),
    without: t('cases.noCurator'),
    left: (name) => t('cases.curatorLeft', { name }),
  });
}
