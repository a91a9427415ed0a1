import { Button, NativeSelect, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import { membersOf } from './family.ts';
import type { MemberRow } from './family.ts';
import classes from './MeasuresInput.module.css';

const relations = ['mother', 'father', 'guardian', 'child', 'grandparent', 'other'];

/** The family's people, one row each. */
export function FamilyInput({ form, today }: { form: Form; today: string }) {
  const { t } = useTranslation('command');
  const word = useCodes();
  const rows = membersOf(form.values);
  const change = (next: MemberRow[]): void => form.setFieldValue('members', next);
  const set = (at: number, name: keyof MemberRow, value: string): void => {
    change(rows.map((row, index) => (index === at ? { ...row, [name]: value } : row)));
    form.clearFieldError(`members.${at}.${name}`);
  };
  const add = (): void => {
    const highest = Math.max(0, ...rows.map((row) => Number(row.id.slice(1))));
    change([...rows, { id: `p${highest + 1}`, name: '', relation: 'child', bornOn: '' }]);
    setTimeout(() => document.getElementById(fieldId(`members.${rows.length}.name`))?.focus(), 0);
  };

  return (
    <fieldset className={classes.measures}>
      <legend>{t('family.legend')}</legend>
      {rows.map((row, index) => (
        <div key={row.id} role="group" aria-label={t('family.row', { number: index + 1 })} className={classes.row}>
          <TextInput
            id={fieldId(`members.${index}.name`)}
            className={classes.wide ?? ''}
            label={t('family.name')}
            value={row.name}
            error={form.errors[`members.${index}.name`] as string | undefined}
            onChange={(event) => set(index, 'name', event.currentTarget.value)}
          />
          <NativeSelect
            id={fieldId(`members.${index}.relation`)}
            label={t('family.relation')}
            value={row.relation}
            onChange={(event) => set(index, 'relation', event.currentTarget.value)}
            data={relations.map((code) => ({ value: code, label: word('relation', code) }))}
          />
          <DayInput
            id={fieldId(`members.${index}.bornOn`)}
            label={t('optional', { label: t('family.bornOn') })}
            value={row.bornOn}
            today={today}
            error={form.errors[`members.${index}.bornOn`] as string | undefined}
            onChange={(value) => set(index, 'bornOn', value)}
          />
          {rows.length > 1 && (
            <button
              type="button"
              className="k-link-button"
              onClick={() => change(rows.filter((_, at) => at !== index))}
            >
              {t('family.remove', { number: index + 1 })}
            </button>
          )}
        </div>
      ))}
      <Button variant="default" size="xs" onClick={add}>
        {t('family.add')}
      </Button>
    </fieldset>
  );
}
