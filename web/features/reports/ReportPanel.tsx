import { Textarea } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../domain/calendar/civil.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { Duty, Me } from '../../lib/shapes.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Form, Values } from '../../ui/FormPanel.tsx';
import { useDeed } from '../command/use-deed.ts';
import { performInInstitution } from './queries.ts';

type Deed = { duty: Duty } | { annul: number };

/** Submits a report of the institution, or takes an entry back. */
export function ReportPanel(props: { deed: Deed; me: Me; onClose: () => void; onDone: () => void }) {
  const { deed, me, onClose, onDone } = props;
  const { t } = useTranslation('pages');
  const { t: shell } = useTranslation();
  const queries = useQueryClient();
  const give = useDeed();
  const annuls = 'annul' in deed;
  const title = annuls ? t('reports.annulLabel', { seq: deed.annul }) : t('reports.submit');

  const bodyOf = ({ on, reason }: Values) =>
    annuls
      ? { command: 'annulEntry' as const, on: on as string, entry: deed.annul, reason: reason as string }
      : { command: 'submitReport' as const, on: on as string, ...deed.duty.acts[0]?.fields };

  return (
    <FormPanel
      title={title}
      lead={<p>{annuls ? t('reports.annulHint') : `${sayTitle(deed.duty.what)}. ${t('reports.hint')}`}</p>}
      draftKey={`${me.staffId}.institution.${annuls ? deed.annul : deed.duty.key}`}
      initial={{ on: me.today, reason: '' }}
      submitLabel={title}
      validate={({ on, reason }) => ({
        ...(isDay(on) ? {} : { on: shell('date.notADay') }),
        ...(annuls && String(reason).trim() === '' ? { reason: shell('form.required') } : {}),
      })}
      labelOf={(path) => t(path === 'reason' ? 'reports.reason' : path === 'on' ? 'reports.on' : 'reports.what')}
      fields={(form: Form) => (
        <>
          <DayInput
            id={fieldId('on')}
            label={t('reports.on')}
            value={form.values['on'] as string}
            today={me.today}
            error={form.errors['on'] as string | undefined}
            onChange={(value) => form.setFieldValue('on', value)}
          />
          {annuls && (
            <Textarea
              {...form.getInputProps('reason')}
              id={fieldId('reason')}
              label={t('reports.reason')}
              autosize
              minRows={2}
            />
          )}
        </>
      )}
      submit={async (values) => {
        await give((key) => performInInstitution(bodyOf(values), key));
        onDone();
        await queries.invalidateQueries({ queryKey: ['duties'] });
      }}
      onClose={onClose}
    />
  );
}
