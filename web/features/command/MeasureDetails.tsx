import { Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { Fold } from '../../ui/Fold.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import { CodeOrTextInput } from './CodeOrTextInput.tsx';
import type { About, MeasureRow } from './fields.ts';
import { choicesFor, withOwn } from './options.ts';
import type { Option } from './options.ts';
import classes from './MeasuresInput.module.css';

interface MeasureDetailsProps {
  row: MeasureRow;
  path: string;
  /** Something may be missing in it. */
  asked: boolean;
  lists: About['lists'];
  onChange: (name: keyof MeasureRow, value: string | boolean) => void;
}

const choices = {
  kind: ['advisory', 'legal', 'psychological', 'medical', 'pedagogical', 'social'],
  place: ['home', 'institution'],
  form: ['individual', 'group'],
} as const;

/** What only some regulations ask of a measure: kind of aid, contact, place, form, whether another organisation does it. */
export function MeasureDetails({ row, path, asked, lists, onChange }: MeasureDetailsProps) {
  const { t } = useTranslation('command');
  const word = useCodes();
  const given = [row.kind, row.contact, row.place, row.form].some((value) => value) || row.outside === true;
  const optionsFor = (name: keyof typeof choices): Option[] =>
    choicesFor(lists, `draftPlan.measures.${name}`) ??
    choices[name].map((code) => ({ value: code, label: word(name === 'form' ? 'form' : 'value', code) }));
  const select = (name: 'kind' | 'form') => {
    const value = row[name] ?? '';
    return (
      <NativeSelect
        id={fieldId(`${path}.${name}`)}
        label={t(`measures.${name}`)}
        value={value}
        onChange={(event) => onChange(name, event.currentTarget.value)}
        data={[{ value: '', label: t('notGiven') }, ...withOwn(optionsFor(name), value, (own) => word('value', own))]}
      />
    );
  };
  return (
    <Fold className={classes.wide} summary={t('measures.more')} asked={asked || given}>
      <div className={classes.details}>
        {select('kind')}
        <TextInput
          id={fieldId(`${path}.contact`)}
          label={t('measures.contact')}
          value={row.contact ?? ''}
          onChange={(event) => onChange('contact', event.currentTarget.value)}
        />
        <CodeOrTextInput
          id={fieldId(`${path}.place`)}
          label={t('measures.place')}
          value={row.place ?? ''}
          options={optionsFor('place')}
          optional
          onChange={(value) => onChange('place', value)}
        />
        {select('form')}
        <Checkbox
          className={classes.wide ?? ''}
          label={t('measures.outside')}
          checked={row.outside === true}
          onChange={(event) => onChange('outside', event.currentTarget.checked)}
        />
      </div>
    </Fold>
  );
}
