import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { keepOpen, takeOpen } from '../../lib/resume.ts';
import { onSessionLost } from '../../lib/session-lost.ts';
import { meQuery } from './queries.ts';

/** Opens again, after a sign-in that interrupted it, the form that was open on this page. */
export function useResumed<Given>(given: Given | null, open: (given: Given) => void, ready = true): void {
  const { data: me } = useQuery(meQuery());
  const staffId = me?.staffId;
  const latest = useRef({ given, open });
  latest.current = { given, open };
  useEffect(() => {
    if (staffId === undefined) return;
    return onSessionLost(() => {
      if (latest.current.given !== null) keepOpen(window.location.pathname, staffId, latest.current.given);
    });
  }, [staffId]);
  useEffect(() => {
    if (staffId === undefined || !ready) return;
    const kept = takeOpen(window.location.pathname, staffId);
    if (kept !== undefined) latest.current.open(kept as Given);
  }, [staffId, ready]);
}
