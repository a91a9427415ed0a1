import { fieldId } from './FormFaults.tsx';
import type { Form } from './FormPanel.tsx';

/** What ties an input of text to its field of the form; a fault goes as soon as the field is changed. */
export const bound = (form: Form, name: string) => ({
  id: fieldId(name),
  value: (form.values[name] as string | undefined) ?? '',
  error: form.errors[name] as string | undefined,
  onChange: (event: { currentTarget: { value: string } }) => {
    form.setFieldValue(name, event.currentTarget.value);
    form.clearFieldError(name);
  },
});
