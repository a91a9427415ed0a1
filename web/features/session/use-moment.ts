import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../../lib/clock.ts';
import { meQuery } from './queries.ts';

/** An instant as the clocks of the institution show it. */
export function useMoment(): (iso: string) => string {
  const { i18n } = useTranslation();
  const { data: me } = useQuery(meQuery());
  const zone = me?.institution.zone;
  return useCallback(
    (iso) =>
      new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'short', timeZone: zone }).format(
        instantOf(iso),
      ),
    [i18n.language, zone],
  );
}
