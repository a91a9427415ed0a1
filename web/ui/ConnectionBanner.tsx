import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef, useSyncExternalStore } from 'react';
import { useTranslation } from 'react-i18next';
import { connectionIsLost, tryConnection, watchConnection } from '../lib/connection.ts';
import classes from './ConnectionBanner.module.css';

const everyMs = 3_000;

/** Stands above everything while the server does not answer, asks it again by itself, and then brings the page up to date. */
export function ConnectionBanner() {
  const { t } = useTranslation();
  const queries = useQueryClient();
  const lost = useSyncExternalStore(watchConnection, connectionIsLost);
  const wasLost = useRef(false);
  useEffect(() => {
    if (!lost) {
      if (wasLost.current) void queries.invalidateQueries();
      wasLost.current = false;
      return;
    }
    wasLost.current = true;
    const timer = setInterval(() => void tryConnection(), everyMs);
    return () => clearInterval(timer);
  }, [lost, queries]);
  return (
    <div role="status" className={classes.banner} data-lost={lost || undefined}>
      {lost && (
        <>
          <b>{t('connection.lost')}</b> {t('connection.kept')}{' '}
          <button type="button" className="k-link-button" onClick={() => void tryConnection()}>
            {t('connection.retry')}
          </button>
        </>
      )}
    </div>
  );
}
