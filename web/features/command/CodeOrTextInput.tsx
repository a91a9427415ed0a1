import { NativeSelect, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Option } from './options.ts';
import { RadioChoice } from './RadioChoice.tsx';

interface CodeOrTextInputProps {
  id: string;
  label: string;
  error?: string | undefined;
  value: string;
  options: readonly Option[];
  /** Nothing needs to be said: then it is a list, else a choice that is seen at once. */
  optional: boolean;
  onChange: (value: string) => void;
}

/** No code of the records has a blank in it. */
const ownWords = 'own words';

/** One of the codes that rules may ask, or what a person says in words of their own. */
export function CodeOrTextInput({ id, label, error, value, options, optional, onChange }: CodeOrTextInputProps) {
  const { t } = useTranslation('command');
  const [typing, setTyping] = useState(false);
  const isOwn = typing || (value !== '' && options.every((option) => option.value !== value));
  const chosen = isOwn ? ownWords : value;
  const choices = [...options, { value: ownWords, label: t('words.own') }];
  const choose = (next: string): void => {
    setTyping(next === ownWords);
    onChange(next === ownWords ? '' : next);
  };
  return (
    <>
      {optional ? (
        <NativeSelect
          id={id}
          label={label}
          error={isOwn ? undefined : error}
          value={chosen}
          onChange={(event) => choose(event.currentTarget.value)}
          data={[{ value: '', label: t('notGiven') }, ...choices]}
        />
      ) : (
        <RadioChoice
          id={id}
          label={label}
          error={isOwn ? undefined : error}
          value={chosen}
          options={choices}
          onChange={choose}
        />
      )}
      {isOwn && (
        <Textarea
          label={t('words.of', { label })}
          error={error}
          value={value}
          autosize
          minRows={1}
          maxRows={10}
          onChange={(event) => {
            setTyping(true);
            onChange(event.currentTarget.value);
          }}
        />
      )}
    </>
  );
}
