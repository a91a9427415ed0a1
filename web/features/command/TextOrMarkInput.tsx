import { Checkbox, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';

interface TextOrMarkInputProps {
  id: string;
  label: string;
  error?: string | undefined;
  /** `true`: it is there, its words stand elsewhere; a text: these are its words. */
  value: unknown;
  onChange: (value: string | boolean) => void;
}

/** That something was said or given, and, where one wants, what. */
export function TextOrMarkInput({ id, label, error, value, onChange }: TextOrMarkInputProps) {
  const { t } = useTranslation('command');
  const isThere = value === true || typeof value === 'string';
  return (
    <>
      <Checkbox
        id={id}
        label={label}
        error={error}
        checked={isThere}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
      {isThere && (
        <Textarea
          label={t('words.of', { label })}
          value={typeof value === 'string' ? value : ''}
          autosize
          minRows={1}
          maxRows={10}
          onChange={(event) => onChange(event.currentTarget.value.trim() === '' ? true : event.currentTarget.value)}
        />
      )}
    </>
  );
}
