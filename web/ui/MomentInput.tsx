import { Button, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { hourNow } from '../lib/clock.ts';
import { parseHour } from '../lib/parse-hour.ts';
import { DayInput } from './DayInput.tsx';
import classes from './MomentInput.module.css';

interface MomentInputProps {
  id: string;
  label: string;
  /** `2026-05-09`, `2026-05-09T21:40`, or what was typed when it is neither yet. */
  value: string;
  onChange: (value: string) => void;
  today: string;
  zone: string;
  error?: string | undefined;
}

/** A day and, where it is known, the hour: what must be done at once is reckoned from the hour. */
export function MomentInput({ id, label, value, onChange, today, zone, error }: MomentInputProps) {
  const { t } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const [day = '', hour = ''] = value.split('T');
  const put = (nextDay: string, nextHour: string): void =>
    onChange(nextHour === '' ? nextDay : `${nextDay}T${nextHour}`);
  return (
    <div className={classes.moment}>
      <DayInput id={id} label={label} value={day} today={today} error={error} onChange={(next) => put(next, hour)} />
      <TextInput
        id={`${id}-hour`}
        label={t('date.hour')}
        aria-label={`${label}: ${t('date.hour')}`}
        value={typed ?? hour}
        inputMode="numeric"
        autoComplete="off"
        placeholder={t('date.hourExample')}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          put(day, parseHour(event.currentTarget.value) ?? event.currentTarget.value.trim());
        }}
        onBlur={() => setTyped(null)}
      />
      <Button
        variant="default"
        className={classes.now ?? ''}
        onClick={() => {
          setTyped(null);
          put(today, hourNow(zone));
        }}
      >
        {t('date.now')}
        <span className="k-hidden">{`: ${label}`}</span>
      </Button>
    </div>
  );
}
