import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { MeasureRow } from './fields.ts';
import classes from './MeasuresInput.module.css';

interface MeasureDetailsProps {
  row: MeasureRow;
  path: string;
  onChange: (name: keyof MeasureRow, value: string | boolean) => void;
}

const choices = {
  kind: ['advisory', 'legal', 'psychological', 'medical', 'pedagogical', 'social'],
  place: ['home', 'institution'],
  form: ['individual', 'group'],
} as const;

/** What only some regulations ask of a measure: kind of aid, contact, place, form, whether another organisation does it. */
export function MeasureDetails({ row, path, onChange }: MeasureDetailsProps) {
  const { t } = useTranslation('command');
  const word = useCodes();
  const given = [row.kind, row.contact, row.place, row.form].some((value) => value) || row.outside === true;
  const select = (name: keyof typeof choices) => {
    const known: readonly string[] = choices[name];
    const value = row[name] ?? '';
    const codes = value === '' || known.includes(value) ? known : [...known, value];
    return (
      <NativeSelect
        id={fieldId(`${path}.${name}`)}
        label={t(`measures.${name}`)}
        value={value}
        onChange={(event) => onChange(name, event.currentTarget.value)}
        data={[
          { value: '', label: t('notGiven') },
          ...codes.map((code) => ({ value: code, label: word(name === 'form' ? 'form' : 'value', code) })),
        ]}
      />
    );
  };
  return (
    <details className={classes.wide} open={given}>
      <summary>{t('measures.more')}</summary>
      <div className={classes.details}>
        {select('kind')}
        <TextInput
          id={fieldId(`${path}.contact`)}
          label={t('measures.contact')}
          value={row.contact ?? ''}
          onChange={(event) => onChange('contact', event.currentTarget.value)}
        />
        {select('place')}
        {select('form')}
        <Checkbox
          className={classes.wide ?? ''}
          label={t('measures.outside')}
          checked={row.outside === true}
          onChange={(event) => onChange('outside', event.currentTarget.checked)}
        />
      </div>
    </details>
  );
}
