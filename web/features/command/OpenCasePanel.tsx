import { Checkbox, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../domain/calendar/civil.ts';
import { useCodes } from '../../lib/codes.ts';
import { renewRecords } from '../../lib/query-client.ts';
import { bound } from '../../ui/bound.ts';
import { DayInput } from '../../ui/DayInput.tsx';
import { fieldId } from '../../ui/FormFaults.tsx';
import { Fold } from '../../ui/Fold.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Values } from '../../ui/FormPanel.tsx';
import { meQuery } from '../session/queries.ts';
import { isBlank } from './body.ts';
import { openCase } from './commands.ts';
import { blankFamily, familyFaults, familyField, familyOf } from './family.ts';
import { FamilyFields } from './FamilyFields.tsx';
import { RadioChoice } from './RadioChoice.tsx';
import { ruleCode } from './RegulationChoice.tsx';
import { RegulationInput } from './RegulationInput.tsx';
import { TrainingMark } from './TrainingMark.tsx';
import { useDeed } from './use-deed.ts';
import classes from './FormFields.module.css';
import { useWording } from './wording.ts';

const forms = ['individual', 'group'];

const groundDays = ['socialContractFrom', 'socialContractTo', 'familyFormedOn'] as const;

/** What some regulations rest on: a social contract, a young family, a need that is recognised. */
function groundsFrom(values: Values): Record<string, unknown> {
  const dayOf = (name: (typeof groundDays)[number]) => (isBlank(values[name]) ? null : (values[name] as string));
  const [from, to, familyFormedOn] = groundDays.map(dayOf);
  return {
    ...(values['recognisedInNeed'] === true ? { recognisedInNeed: true } : {}),
    ...(from !== null || to !== null ? { socialContract: { from, to } } : {}),
    ...(familyFormedOn === null ? {} : { familyFormedOn }),
  };
}

/** Opens a family's case: who they are, on what ground, and whether it is a case for learning. */
export function OpenCasePanel({ onClose, onDone }: { onClose: () => void; onDone: (caseId: string) => void }) {
  const { t } = useTranslation('command');
  const { t: shell } = useTranslation();
  const word = useCodes();
  const wording = useWording();
  const queries = useQueryClient();
  const give = useDeed();
  const { data: me } = useQuery(meQuery());
  if (me === undefined) return null;

  const initial: Values = {
    on: me.today,
    regulation: ruleCode(me.institution.regulation),
    ground: 'application',
    category: '',
    form: 'group',
    ...blankFamily,
    recognisedInNeed: false,
    socialContractFrom: '',
    socialContractTo: '',
    familyFormedOn: '',
    note: '',
  };

  return (
    <FormPanel
      title={wording.title('openCase')}
      draftKey={`${me.staffId}.openCase`}
      initial={initial}
      submitLabel={wording.submit('openCase')}
      validate={(values) => {
        const faults: Record<string, string> = {};
        for (const [name, said] of Object.entries(familyFaults(values))) faults[name] = shell(said);
        for (const name of ['ground', 'category']) if (isBlank(values[name])) faults[name] = shell('form.required');
        for (const name of groundDays)
          if (!isBlank(values[name]) && !isDay(values[name])) faults[name] = shell('date.notADay');
        if (!isDay(values['on'])) faults['on'] = shell('date.notADay');
        return faults;
      }}
      labelOf={(path) => wording.label('openCase', path)}
      fieldOf={(path) => {
        const part = /^socialContract\.(from|to)$/.exec(path)?.[1];
        if (part !== undefined) return part === 'from' ? 'socialContractFrom' : 'socialContractTo';
        return familyField(path);
      }}
      fields={(form) => (
        <>
          <FamilyFields form={form} today={me.today} />
          <RegulationInput form={form} />
          <RadioChoice
            id={fieldId('form')}
            label={wording.label('openCase', 'form')}
            error={form.errors['form']}
            value={form.values['form'] as string}
            options={forms.map((code) => ({ value: code, label: word('form', code) }))}
            onChange={(value) => {
              form.setFieldValue('form', value);
              form.clearFieldError('form');
            }}
          />
          <DayInput
            id={fieldId('on')}
            label={wording.label('openCase', 'on')}
            value={form.values['on'] as string}
            today={me.today}
            error={form.errors['on'] as string | undefined}
            onChange={(value) => form.setFieldValue('on', value)}
          />
          <Fold
            summary={t('family.more')}
            asked={['recognisedInNeed', ...groundDays].some((name) => form.errors[name] !== undefined)}
          >
            <div className={classes.folded}>
              <Checkbox
                id={fieldId('recognisedInNeed')}
                error={form.errors['recognisedInNeed']}
                label={wording.label('openCase', 'recognisedInNeed')}
                checked={form.values['recognisedInNeed'] === true}
                onChange={(event) => {
                  form.setFieldValue('recognisedInNeed', event.currentTarget.checked);
                  form.clearFieldError('recognisedInNeed');
                }}
              />
              {groundDays.map((name) => (
                <DayInput
                  key={name}
                  id={fieldId(name)}
                  label={t('optional', { label: wording.label('openCase', name) })}
                  value={form.values[name] as string}
                  today={me.today}
                  leaning={name === 'socialContractTo' ? 'future' : 'past'}
                  error={form.errors[name] as string | undefined}
                  onChange={(value) => {
                    form.setFieldValue(name, value);
                    form.clearFieldError(name);
                  }}
                />
              ))}
            </div>
          </Fold>
          <TrainingMark form={form} />
          <Textarea
            {...bound(form, 'note')}
            label={t('optional', { label: wording.label('openCase', 'note') })}
            autosize
            minRows={2}
          />
        </>
      )}
      submit={async (values) => {
        const family = familyOf(values);
        const { caseId } = await give((key) =>
          openCase(
            {
              on: values['on'] as string,
              ground: values['ground'] as string,
              category: values['category'] as string,
              form: values['form'] as string,
              regulation: values['regulation'] as string,
              members: family.members.map(({ id }) => id),
              family,
              ...groundsFrom(values),
              training: values['training'] === true,
              ...(isBlank(values['note']) ? {} : { note: (values['note'] as string).trim() }),
            },
            key,
          ),
        );
        await renewRecords(queries);
        onDone(caseId);
      }}
      onClose={onClose}
    />
  );
}
