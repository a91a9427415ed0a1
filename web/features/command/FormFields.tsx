import { useTranslation } from 'react-i18next';
import { Fold } from '../../ui/Fold.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import { isBlank } from './body.ts';
import { FieldInput } from './FieldInput.tsx';
import type { About, Field } from './fields.ts';
import classes from './FormFields.module.css';

interface FormFieldsProps {
  fields: readonly Field[];
  form: Form;
  about: About;
  labelOf: (path: string) => string;
}

/** The lines of a form that hold now; those asked for seldom are folded until one of them is filled or at fault. */
export function FormFields({ fields, form, about, labelOf }: FormFieldsProps) {
  const { t } = useTranslation('command');
  const shown = fields.filter((field) => field.when?.(form.values) ?? true);
  const seldom = shown.filter(({ more, kind }) => more === true && kind !== 'hidden');
  const line = (field: Field) => (
    <FieldInput key={field.name} field={field} form={form} about={about} label={labelOf(field.name)} />
  );
  return (
    <>
      {shown.filter((field) => !seldom.includes(field)).map(line)}
      {seldom.length > 0 && (
        <Fold
          summary={t('more')}
          asked={seldom.some(({ name }) => form.errors[name] !== undefined || !isBlank(form.values[name]))}
        >
          <div className={classes.folded}>{seldom.map(line)}</div>
        </Fold>
      )}
    </>
  );
}
