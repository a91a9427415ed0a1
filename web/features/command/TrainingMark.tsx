import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Form } from '../../ui/FormPanel.tsx';
import { useWording } from './wording.ts';

/** Whether the case is one for learning, with a clock of its own. */
export function TrainingMark({ form }: { form: Form }) {
  const { t } = useTranslation('command');
  const wording = useWording();
  return (
    <Checkbox
      label={wording.label('openCase', 'training')}
      description={t('family.trainingHint')}
      checked={form.values['training'] === true}
      onChange={(event) => form.setFieldValue('training', event.currentTarget.checked)}
    />
  );
}
