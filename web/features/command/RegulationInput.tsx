import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayTitle } from '../../lib/i18n.ts';
import { Trouble } from '../../ui/Async.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import { regulationQuery, regulationsQuery } from './queries.ts';
import { useWording } from './wording.ts';

export const ruleCode = ({ id, version }: { id: string; version: number }): string => `${id}@${version}`;

/** By which regulation a family is taken in, and which of its categories the family is of. */
export function RegulationInput({ form }: { form: Form }) {
  const { t } = useTranslation('command');
  const wording = useWording();
  const published = useQuery(regulationsQuery());
  const rules = published.data?.find((rule) => ruleCode(rule) === form.values['regulation']);
  const law = useQuery({
    ...regulationQuery(rules),
    enabled: rules !== undefined,
    placeholderData: keepPreviousData,
  });
  const failed = [published, law].find(({ error, data }) => error !== null && data === undefined);
  if (failed?.error) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  const set = (name: string, value: string): void => {
    form.setFieldValue(name, value);
    form.clearFieldError(name);
  };
  return (
    <>
      <NativeSelect
        id={fieldId('regulation')}
        label={t('adopt.regulation')}
        value={form.values['regulation'] as string}
        error={form.errors['regulation']}
        data={(published.data ?? []).map((rule) => ({ value: ruleCode(rule), label: sayTitle(rule.title) }))}
        onChange={(event) => {
          set('regulation', event.currentTarget.value);
          // The other text may know no such category.
          set('category', '');
        }}
      />
      <NativeSelect
        id={fieldId('category')}
        label={wording.label('openCase', 'category')}
        value={form.values['category'] as string}
        error={form.errors['category']}
        data={[
          { value: '', label: t('choose') },
          ...(law.data?.categories ?? []).map(({ code, name }) => ({ value: code, label: sayTitle(name) })),
        ]}
        onChange={(event) => set('category', event.currentTarget.value)}
      />
    </>
  );
}
