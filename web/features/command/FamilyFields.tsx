import { TextInput, Textarea } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { bound } from '../../ui/bound.ts';
import type { Form } from '../../ui/FormPanel.tsx';
import { FamilyInput } from './FamilyInput.tsx';
import { useWording } from './wording.ts';

/** Who a family is: what it is called, where it lives, its people. */
export function FamilyFields({ form, today }: { form: Form; today: string }) {
  const { t } = useTranslation('command');
  const wording = useWording();
  return (
    <>
      <TextInput
        {...bound(form, 'familyName')}
        label={wording.label('openCase', 'familyName')}
        description={t('family.nameHint')}
      />
      <Textarea
        {...bound(form, 'address')}
        label={t('optional', { label: wording.label('openCase', 'address') })}
        autosize
        minRows={1}
      />
      <FamilyInput form={form} today={today} />
    </>
  );
}
