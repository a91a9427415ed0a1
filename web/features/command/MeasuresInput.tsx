import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import { blankMeasure } from './fields.ts';
import type { About, MeasureRow } from './fields.ts';
import { MeasureDetails } from './MeasureDetails.tsx';
import classes from './MeasuresInput.module.css';

interface MeasuresInputProps {
  form: Form;
  about: About;
  /** What is said of the rows together: that each lacks something, or that none has it. */
  error?: string | undefined;
}

/** The rows of a plan: what, which agency, who answers for it, by when. Enter in the last field opens the next row. */
export function MeasuresInput({ form, about, error }: MeasuresInputProps) {
  const { t } = useTranslation('command');
  const rows = (form.values['measures'] ?? []) as MeasureRow[];
  const change = (next: MeasureRow[]): void => form.setFieldValue('measures', next);
  const set = (at: number, name: keyof MeasureRow, value: string | boolean): void => {
    change(rows.map((row, index) => (index === at ? { ...row, [name]: value } : row)));
    form.clearFieldError('measures');
    form.clearFieldError(path(at, name));
  };
  const add = (): void => {
    const last = rows.at(-1);
    change([...rows, blankMeasure(last?.agency, last?.dueOn)]);
    setTimeout(() => document.getElementById(fieldId(path(rows.length, 'what')))?.focus(), 0);
  };

  return (
    <fieldset className={classes.measures} id={fieldId('measures')} tabIndex={-1}>
      <legend>{t('measures.legend')}</legend>
      {error !== undefined && <p className={classes.fault}>{error}</p>}
      {rows.map((row, index) => (
        <div key={index} role="group" aria-label={t('measures.row', { number: index + 1 })} className={classes.row}>
          <p className={classes.number}>{t('measures.row', { number: index + 1 })}</p>
          <TextInput {...field(index, 'what')} className={classes.wide ?? ''} />
          <NativeSelect
            {...field(index, 'agency')}
            data={[
              { value: '', label: t('choose') },
              ...about.agencies.map(({ code, name }) => ({ value: code, label: name })),
            ]}
          />
          <TextInput {...field(index, 'responsible')} />
          <DayInput
            id={fieldId(path(index, 'dueOn'))}
            label={t('measures.dueOn')}
            value={row.dueOn}
            today={about.kase.today}
            leaning="future"
            error={form.errors[path(index, 'dueOn')] as string | undefined}
            onChange={(value) => set(index, 'dueOn', value)}
          />
          <MeasureDetails
            row={row}
            path={`measures.${index}`}
            asked={error !== undefined}
            lists={about.lists}
            onChange={(name, value) => set(index, name, value)}
          />
          {/* What stands in the plan is changed by a correction, never taken out of it. */}
          {rows.length > 1 && row.was === undefined && (
            <button
              type="button"
              className="k-link-button"
              onClick={() => change(rows.filter((_, at) => at !== index))}
            >
              {t('measures.remove', { number: index + 1 })}
            </button>
          )}
        </div>
      ))}
      <Button variant="default" size="xs" onClick={add}>
        {t('measures.add')}
      </Button>
    </fieldset>
  );

  function field(index: number, name: 'what' | 'agency' | 'responsible') {
    return {
      id: fieldId(path(index, name)),
      label: t(`measures.${name}`),
      value: rows[index]?.[name] ?? '',
      error: form.errors[path(index, name)] as string | undefined,
      onChange: (event: { currentTarget: { value: string } }) => set(index, name, event.currentTarget.value),
      onKeyDown: (event: React.KeyboardEvent) => {
        if (event.key !== 'Enter' || name !== 'responsible') return;
        event.preventDefault();
        add();
      },
    };
  }
}

const path = (index: number, name: string): string => `measures.${index}.${name}`;
