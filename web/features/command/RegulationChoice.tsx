import { NativeSelect } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayTitle } from '../../lib/i18n.ts';
import { Trouble } from '../../ui/Async.tsx';
import { bound } from '../../ui/bound.ts';
import type { Form } from '../../ui/FormPanel.tsx';
import { regulationsQuery } from './queries.ts';

export const ruleCode = ({ id, version }: { id: string; version: number }): string => `${id}@${version}`;

/** By which published regulation a family is taken in. */
export function RegulationChoice({ form, onChange }: { form: Form; onChange?: () => void }) {
  const { t } = useTranslation('command');
  const { data, error, refetch } = useQuery(regulationsQuery());
  if (error !== null && data === undefined) return <Trouble error={error} retry={() => void refetch()} />;
  const field = bound(form, 'regulation');
  return (
    <NativeSelect
      {...field}
      label={t('adopt.regulation')}
      data={(data ?? []).map((rule) => ({ value: ruleCode(rule), label: sayTitle(rule.title) }))}
      onChange={(event) => {
        field.onChange(event);
        onChange?.();
      }}
    />
  );
}
