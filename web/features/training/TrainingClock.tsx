import { useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../domain/calendar/civil.ts';
import { useStepWords } from '../../lib/codes.ts';
import { dottedDay } from '../../lib/days.ts';
import type { CaseView } from '../../lib/shapes.ts';
import { Trouble } from '../../ui/Async.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import classes from './TrainingClock.module.css';
import { BusyButton } from '../../ui/BusyButton.tsx';
import { useAdvance } from './use-advance.ts';
import { WatchLive } from './WatchLive.tsx';

interface Moved {
  fired: number;
  next: { on: string; step: string } | null;
  seq: number | undefined;
}

/** The clock of a training case: to the next thing that happens by itself, or to a day; says what fell due on the way. */
export function TrainingClock({ kase }: { kase: CaseView }) {
  const { t } = useTranslation('case');
  const stepWords = useStepWords();
  const move = useAdvance(kase.id);
  const field = useRef<HTMLFormElement>(null);
  const [day, setDay] = useState('');
  const [busy, setBusy] = useState(false);
  const [moved, setMoved] = useState<Moved | null>(null);
  const [error, setError] = useState<Error | null>(null);

  const advance = async (to: string): Promise<void> => {
    setBusy(true);
    setError(null);
    try {
      const answer = await move(to);
      setMoved({ fired: answer.fired, next: answer.nextEvent, seq: answer.seq });
      setDay('');
    } catch (caught) {
      setError(caught instanceof Error ? caught : new Error(String(caught)));
    } finally {
      setBusy(false);
    }
  };

  return (
    <section aria-labelledby="clock" className={classes.clock}>
      <div>
        <h2 id="clock">{t('clock.title')}</h2>
        <p className="k-number">{t('clock.today', { day: dottedDay(kase.today) })}</p>
      </div>
      {kase.status === 'open' && (
        <form
          ref={field}
          className={classes.controls}
          noValidate
          onSubmit={(event) => {
            event.preventDefault();
            if (isDay(day)) void advance(day);
            else field.current?.querySelector('input')?.focus();
          }}
        >
          <BusyButton busy={busy} onClick={() => void advance('nextEvent')}>
            {t('clock.next')}
          </BusyButton>
          <DayInput label={t('clock.to')} value={day} onChange={setDay} today={kase.today} leaning="future" quiet />
          <BusyButton type="submit" variant="default" busy={busy}>
            {t('clock.go')}
          </BusyButton>
        </form>
      )}
      <div role="status" className={classes.said}>
        {moved !== null && (
          <>
            <p>{t('clock.fired', { count: moved.fired })}</p>
            {/* An entry made since may have met the duty or ended support: what was to come no longer holds. */}
            {kase.status === 'open' && moved.seq === kase.seq && (
              <p>
                {moved.next === null
                  ? t('clock.noEvent')
                  : t('clock.nextEvent', { step: stepWords(moved.next.step), day: dottedDay(moved.next.on) })}
              </p>
            )}
          </>
        )}
      </div>
      {error !== null && <Trouble error={error} />}
      {kase.status === 'open' && <WatchLive advance={move} stepWords={stepWords} />}
    </section>
  );
}
