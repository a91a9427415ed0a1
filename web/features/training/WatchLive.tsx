import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dottedDay } from '../../lib/days.ts';
import { Trouble } from '../../ui/Async.tsx';
import { BusyButton } from '../../ui/BusyButton.tsx';
import type { Advance, Advanced } from './use-advance.ts';
import classes from './TrainingClock.module.css';

interface WatchLiveProps {
  advance: Advance;
  stepWords: (step: string) => string;
}

/** How often the clock goes on, and how many events it lives through at most: years of a busy case. */
const everyMs = 1_000;
const mostEvents = 400;
const shownEvents = 6;

interface Happened {
  number: number;
  today: string;
  fired: number;
  step: string | null;
}

/** Lives through a training case event by event, one a second, until it is stopped, the page is left, or nothing is ahead. */
export function WatchLive({ advance, stepWords }: WatchLiveProps) {
  const { t } = useTranslation('case');
  const [watching, setWatching] = useState(false);
  const [happened, setHappened] = useState<Happened[]>([]);
  const [ended, setEnded] = useState<'nothing' | 'bound' | null>(null);
  const [error, setError] = useState<Error | null>(null);
  // The walk reads the newest way to advance without beginning anew at each drawing of the page.
  const go = useRef(advance);
  useEffect(() => {
    go.current = advance;
  }, [advance]);

  useEffect(() => {
    if (!watching) return;
    let left = false;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let announced: Advanced['nextEvent'] = null;
    const stop = (): void => setWatching(false);
    const next = async (number: number): Promise<void> => {
      const began = performance.now();
      try {
        const { today, fired, nextEvent } = await go.current('nextEvent');
        if (left) return;
        // What the step before announced is what has come now.
        const step = announced?.step ?? null;
        announced = nextEvent;
        setHappened((before) => [...before, { number, today, fired, step }].slice(-shownEvents));
        if (nextEvent === null || number === mostEvents) {
          setEnded(nextEvent === null ? 'nothing' : 'bound');
          stop();
        } else timer = setTimeout(() => void next(number + 1), Math.max(0, everyMs - (performance.now() - began)));
      } catch (caught) {
        if (left) return;
        const fault = caught instanceof Error ? caught : new Error(String(caught));
        if ('code' in fault && fault.code === 'clock.nothing-ahead') setEnded('nothing');
        else setError(fault);
        stop();
      }
    };
    const hidden = (): void => {
      if (document.hidden) stop();
    };
    document.addEventListener('visibilitychange', hidden);
    void next(1);
    return () => {
      left = true;
      clearTimeout(timer);
      document.removeEventListener('visibilitychange', hidden);
    };
  }, [watching]);

  const toggle = (): void => {
    if (!watching) {
      setHappened([]);
      setEnded(null);
      setError(null);
    }
    setWatching(!watching);
  };

  return (
    <div className={classes.live}>
      <BusyButton variant="default" busy={false} aria-pressed={watching} onClick={toggle}>
        {t(watching ? 'clock.stop' : 'clock.watch')}
      </BusyButton>
      <p role="status" className={classes.said}>
        {watching && t('clock.watching')}
        {!watching && ended !== null && t(ended === 'nothing' ? 'clock.noEvent' : 'clock.bound', { count: mostEvents })}
      </p>
      {happened.length > 0 && (
        <ol className={classes.happened} aria-label={t('clock.happened')}>
          {happened.map(({ number, today, fired, step }) => (
            <li key={number}>
              <span className="k-number">{dottedDay(today)}</span>
              {step === null ? '' : ` ${stepWords(step)}`}: {t('clock.fired', { count: fired })}
            </li>
          ))}
        </ol>
      )}
      {error !== null && <Trouble error={error} />}
    </div>
  );
}
