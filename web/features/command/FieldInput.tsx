import { Checkbox, NativeSelect, NumberInput, Textarea, TextInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import type { Form } from '../../ui/FormPanel.tsx';
import { MomentInput } from '../../ui/MomentInput.tsx';
import { CodeOrTextInput } from './CodeOrTextInput.tsx';
import { DaysInput } from './DaysInput.tsx';
import type { About, Field } from './fields.ts';
import { LevelSigns } from './LevelSigns.tsx';
import { MeasuresInput } from './MeasuresInput.tsx';
import { optionsOf, withOwn } from './options.ts';
import type { Option } from './options.ts';
import { measuresWithResult } from './prefill.ts';
import { RadioChoice } from './RadioChoice.tsx';
import { TextOrMarkInput } from './TextOrMarkInput.tsx';

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
    case 'moment':
      return (
        <MomentInput
          {...common}
          value={text}
          onChange={set}
          today={about.kase.today}
          zone={about.me.institution.zone}
        />
      );
    case 'days':
      return <DaysInput name={field.name} label={common.label} form={form} today={about.kase.today} />;
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
          allowNegative={false}
          hideControls
        />
      );
    case 'flag':
      return (
        <Checkbox
          id={common.id}
          error={error}
          label={label}
          checked={value === true}
          onChange={(event) => set(event.currentTarget.checked)}
        />
      );
    case 'textOrMark':
      return <TextOrMarkInput {...common} label={label} value={value} onChange={set} />;
    case 'codeOrText':
      return (
        <CodeOrTextInput {...common} value={text} options={known()} optional={field.optional === true} onChange={set} />
      );
    case 'hidden':
      return null;
    case 'measures':
      return <MeasuresInput form={form} about={about} error={error} />;
    case 'agencies':
    case 'members':
      return many(options());
    case 'requestNumber':
      // A request that is in no register yet is named by its number all the same.
      return options().length === 0 ? (
        <TextInput {...common} value={text} onChange={(event) => set(event.currentTarget.value)} />
      ) : (
        one(options())
      );
    default:
      return field.kind === 'choice' && field.group === 'level' ? (
        <>
          {one(options())}
          <LevelSigns levels={about.levels} form={form} />
        </>
      ) : (
        one(options())
      );
  }

  function options(): Option[] {
    return withOwn(known(), text, (own) => word('value', own));
  }

  function known(): Option[] {
    return optionsOf(field, about, { word, number: (number) => t('numbered', { number }) });
  }

  function one(choices: Option[]) {
    if (field.kind === 'choice' && field.optional !== true && choices.length <= radiosAtMost)
      return <RadioChoice {...common} value={text} options={choices} onChange={set} />;
    return (
      <NativeSelect
        {...common}
        {...(choices.length === 0 ? { description: t('nothingToChoose') } : {})}
        value={text}
        onChange={(event) => choose(event.currentTarget.value)}
        data={[{ value: '', label: t(field.optional === true ? 'notGiven' : 'choose') }, ...choices]}
      />
    );
  }

  function many(choices: Option[]) {
    return (
      <Checkbox.Group
        label={common.label}
        error={error}
        {...(choices.length === 0 ? { description: t('nothingToChoose') } : {})}
        value={Array.isArray(value) ? (value as string[]) : []}
        onChange={set}
      >
        {choices.map((option, index) => (
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

  /** Choosing a measure of the plan fills in what the plan says about it, where it is to be asked of somebody. */
  function choose(next: string): void {
    set(next);
    const measure =
      field.kind === 'measure' && field.given !== true
        ? measuresWithResult(about).find(({ id }) => id === next)
        : undefined;
    if (measure === undefined) return;
    for (const name of ['agency', 'what', 'dueOn'] as const)
      if (name in form.values) form.setFieldValue(name, measure[name]);
  }
}
