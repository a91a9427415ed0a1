import { Checkbox, NativeSelect, NumberInput, Radio, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { sayTitle } from '../../lib/i18n.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import type { About, Field } from './fields.ts';
import { MeasuresInput } from './MeasuresInput.tsx';
import { plannedMeasures } from './prefill.ts';

interface Option {
  value: string;
  label: string;
}

const radiosAtMost = 4;

/** One line of a form, drawn by its kind. */
export function FieldInput({ field, form, about, label }: { field: Field; form: Form; about: About; label: string }) {
  const { t } = useTranslation('command');
  const word = useCodes();
  const value = form.values[field.name];
  const set = (next: unknown): void => {
    form.setFieldValue(field.name, next);
    form.clearFieldError(field.name);
  };
  const error = form.errors[field.name] as string | undefined;
  const common = { id: fieldId(field.name), label: field.optional === true ? t('optional', { label }) : label, error };
  const text = typeof value === 'string' ? value : '';

  switch (field.kind) {
    case 'day':
      return (
        <DayInput {...common} value={text} onChange={set} today={about.kase.today} leaning={field.leaning ?? 'past'} />
      );
    case 'text':
      return <TextInput {...common} value={text} onChange={(event) => set(event.currentTarget.value)} />;
    case 'longText':
      return (
        <Textarea
          {...common}
          value={text}
          autosize
          minRows={2}
          maxRows={10}
          onChange={(event) => set(event.currentTarget.value)}
        />
      );
    case 'number':
      return (
        <NumberInput
          {...common}
          value={typeof value === 'number' ? value : ''}
          onChange={set}
          allowDecimal={false}
          hideControls
        />
      );
    case 'flag':
      return (
        <Checkbox
          id={common.id}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'hidden':
      return null;
    case 'measures':
      return <MeasuresInput form={form} about={about} />;
    case 'agencies':
      return many(about.agencies.map(({ code, name }) => ({ value: code, label: name })));
    case 'members':
      return many((about.kase.family?.members ?? []).map(({ id, name }) => ({ value: id, label: name })));
    default:
      return one(optionsOf());
  }

  function optionsOf(): Option[] {
    switch (field.kind) {
      case 'choice':
        return field.options.map((code) => ({ value: code, label: word(field.group, code) }));
      case 'body':
        return about.bodies.map(({ code, name }) => ({ value: code, label: sayTitle(name) }));
      case 'agency':
        return about.agencies.map(({ code, name }) => ({ value: code, label: name }));
      case 'curator':
        return about.staff
          .filter(({ role, active }) => active && role === 'curator')
          .map(({ id, name }) => ({ value: id, label: name }));
      case 'member':
        return (about.kase.family?.members ?? []).map(({ id, name }) => ({ value: id, label: name }));
      case 'measure':
        return plannedMeasures(about).map(({ id, what }) => ({ value: id, label: what === '' ? id : what }));
      default:
        return [];
    }
  }

  function one(options: Option[]) {
    if (field.kind === 'choice' && field.optional !== true && options.length <= radiosAtMost) {
      return (
        <Radio.Group label={common.label} error={error} value={text} onChange={set}>
          {options.map((option, index) => (
            <Radio
              key={option.value}
              value={option.value}
              label={option.label}
              mt={6}
              {...(index === 0 ? { id: common.id } : {})}
            />
          ))}
        </Radio.Group>
      );
    }
    return (
      <NativeSelect
        {...common}
        value={text}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[{ value: '', label: t('choose') }, ...options]}
      />
    );
  }

  function many(options: Option[]) {
    return (
      <Checkbox.Group
        label={common.label}
        error={error}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={set}
      >
        {options.map((option, index) => (
          <Checkbox
            key={option.value}
            value={option.value}
            label={option.label}
            mt={6}
            {...(index === 0 ? { id: common.id } : {})}
          />
        ))}
      </Checkbox.Group>
    );
  }

  /** Choosing a measure of the plan fills in what the plan says about it. */
  function choose(next: string): void {
    set(next);
    const measure = field.kind === 'measure' ? plannedMeasures(about).find(({ id }) => id === next) : undefined;
    if (measure === undefined) return;
    for (const name of ['agency', 'what', 'dueOn'] as const)
      if (name in form.values) form.setFieldValue(name, measure[name]);
  }
}
