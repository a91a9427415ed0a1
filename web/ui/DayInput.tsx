import { TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { dateOf } from '../lib/clock.ts';
import { dottedDay } from '../lib/days.ts';
import { parseDay } from '../lib/parse-day.ts';
import type { Leaning } from '../lib/parse-day.ts';
import './form-styles.ts';

interface DayInputProps {
  id?: string;
  label: string;
  /** An ISO day, or what was typed when it is no day yet. */
  value: string;
  onChange: (value: string) => void;
  today: string;
  leaning?: Leaning;
  error?: string | undefined;
  required?: boolean;
  hint?: string | undefined;
  /** Says nothing below: for a row of controls that explains itself. */
  quiet?: boolean;
}

export const isIsoDay = (value: unknown): value is string =>
  typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value) && parseDay(value, value) === value;

/** A day typed as people write it, day before month, with the understood day told back in words. */
export function DayInput({
  value,
  onChange,
  today,
  leaning = 'past',
  label,
  hint,
  quiet = false,
  ...rest
}: DayInputProps) {
  const { t, i18n } = useTranslation();
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? (isIsoDay(value) ? dottedDay(value) : value);
  const understood = isIsoDay(value)
    ? new Intl.DateTimeFormat(i18n.language, { dateStyle: 'full', timeZone: 'UTC' }).format(dateOf(value))
    : null;
  return (
    <TextInput
      {...rest}
      label={label}
      value={shown}
      inputMode="text"
      autoComplete="off"
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      {...(quiet ? {} : { description: understood ?? hint ?? t('date.howToType') })}
      onChange={(event) => {
        setTyped(event.currentTarget.value);
        onChange(parseDay(event.currentTarget.value, today, leaning) ?? event.currentTarget.value.trim());
      }}
      onBlur={() => setTyped(null)}
    />
  );
}
