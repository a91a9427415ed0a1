import { NativeSelect } from '@mantine/core';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { sayTitle } from '../../lib/i18n.ts';
import { Trouble } from '../../ui/Async.tsx';
import { bound } from '../../ui/bound.ts';
import type { Form } from '../../ui/FormPanel.tsx';
import { Lookups } from './Lookup.tsx';
import { choicesFor } from './options.ts';
import { regulationQuery, regulationsQuery } from './queries.ts';
import { RegulationChoice, ruleCode } from './RegulationChoice.tsx';
import { useWording } from './wording.ts';

const grounds = ['application', 'message', 'agencyMessage', 'phoneCall', 'commissionResolution'];

/** By which regulation a family is taken in, which of its categories the family is of, and on which of its grounds. */
export function RegulationInput({ form }: { form: Form }) {
  const { t } = useTranslation('command');
  const word = useCodes();
  const wording = useWording();
  const { data: published } = useQuery(regulationsQuery());
  const rules = published?.find((rule) => ruleCode(rule) === form.values['regulation']);
  const { data, error, refetch } = useQuery({
    ...regulationQuery(rules),
    enabled: rules !== undefined,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      {/* The other text may know no such category, nor such a ground. */}
      <RegulationChoice
        form={form}
        onChange={() => {
          form.setFieldValue('category', '');
          form.setFieldValue('ground', 'application');
        }}
      />
      {error !== null && data === undefined ? (
        <Trouble error={error} retry={() => void refetch()} />
      ) : (
        <NativeSelect
          {...bound(form, 'category')}
          label={wording.label('openCase', 'category')}
          data={[
            { value: '', label: t('choose') },
            ...(data?.categories ?? []).map(({ code, name }) => ({ value: code, label: sayTitle(name) })),
          ]}
        />
      )}
      <NativeSelect
        {...bound(form, 'ground')}
        label={wording.label('openCase', 'ground')}
        data={[
          { value: '', label: t('choose') },
          ...(choicesFor(data?.lists ?? [], 'openCase.ground') ??
            grounds.map((code) => ({ value: code, label: word('ground', code) }))),
        ]}
      />
      <Lookups lists={data?.lists ?? []} command="openCase" />
    </>
  );
}
