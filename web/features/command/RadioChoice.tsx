import { Radio } from '@mantine/core';
import type { ReactNode } from 'react';
import type { Option } from './options.ts';

interface RadioChoiceProps {
  /** Of the first one: where a fault of the field leads. */
  id: string;
  label: string;
  error?: ReactNode;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** A choice that is seen at once. */
export function RadioChoice({ id, label, error, value, options, onChange }: RadioChoiceProps) {
  return (
    <Radio.Group label={label} error={error} value={value} onChange={onChange}>
      {options.map((option, index) => (
        <Radio key={option.value} value={option.value} label={option.label} mt={6} {...(index === 0 ? { id } : {})} />
      ))}
    </Radio.Group>
  );
}
