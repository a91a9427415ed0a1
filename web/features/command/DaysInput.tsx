import { Button } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import classes from './MeasuresInput.module.css';

/** Several days, one line each. */
export function DaysInput({ name, label, form, today }: { name: string; label: string; form: Form; today: string }) {
  const { t } = useTranslation('command');
  const given = (form.values[name] ?? []) as string[];
  const days = given.length === 0 ? [''] : given;
  const change = (next: string[]): void => form.setFieldValue(name, next);
  return (
    <fieldset className={classes.measures}>
      <legend>{label}</legend>
      {days.map((day, index) => (
        <DayInput
          key={index}
          id={fieldId(`${name}.${index}`)}
          label={t('days.row', { number: index + 1 })}
          value={day}
          today={today}
          leaning="future"
          error={form.errors[`${name}.${index}`] as string | undefined}
          onChange={(next) => {
            change(days.map((other, at) => (at === index ? next : other)));
            form.clearFieldError(`${name}.${index}`);
          }}
        />
      ))}
      <div className="k-row">
        <Button
          variant="default"
          size="xs"
          onClick={() => {
            change([...days, '']);
            setTimeout(() => document.getElementById(fieldId(`${name}.${days.length}`))?.focus(), 0);
          }}
        >
          {t('days.add')}
        </Button>
        {days.length > 1 && (
          <button type="button" className="k-link-button" onClick={() => change(days.slice(0, -1))}>
            {t('days.removeLast')}
          </button>
        )}
      </div>
    </fieldset>
  );
}
