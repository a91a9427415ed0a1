import { useEffect, useRef, useState } from 'react';
import { draftOf, dropDraft, saveDraft } from '../lib/drafts.ts';

type Values = Record<string, unknown>;

const draftDelay = 600;

/** Keeps what was typed until it is sent: saved shortly after each change, and at once when the page or the form goes. */
export function useDraft(key: string, initial: Values, values: Values) {
  const [restored, setRestored] = useState(() => draftOf(key) !== null);
  const sent = useRef(false);
  // Saved by changed fields only, so that a later opening takes fresh defaults for the rest.
  const changedText = JSON.stringify(changesOf(values, initial));
  const flush = useRef<() => void>(() => undefined);
  useEffect(() => {
    flush.current = () => {
      if (sent.current) return;
      if (changedText === '{}') dropDraft(key);
      else saveDraft(key, JSON.parse(changedText) as Values);
    };
    const timer = setTimeout(() => flush.current(), draftDelay);
    return () => clearTimeout(timer);
  }, [changedText, key]);
  useEffect(() => {
    const now = (): void => flush.current();
    window.addEventListener('pagehide', now);
    return () => {
      window.removeEventListener('pagehide', now);
      now();
    };
  }, []);
  return {
    restored,
    kept: changedText !== '{}',
    /** Sent: nothing of it stays on this device. */
    done: (): void => {
      sent.current = true;
      dropDraft(key);
    },
    forget: (): void => {
      dropDraft(key);
      setRestored(false);
    },
  };
}

/** The fields that differ from what the form opened with. */
function changesOf(values: Values, initial: Values): Values {
  return Object.fromEntries(
    Object.entries(values).filter(([name, value]) => JSON.stringify(value) !== JSON.stringify(initial[name])),
  );
}
