import { NativeSelect, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../lib/api.ts';
import { renewRecords } from '../../lib/query-client.ts';
import type { AdoptCaseBody, Me } from '../../lib/shapes.ts';
import { bound } from '../../ui/bound.ts';
import { fieldId } from '../../ui/FormFaults.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Values } from '../../ui/FormPanel.tsx';
import { adoptCase } from '../command/commands.ts';
import { blankFamily, familyFaults, familyField, familyOf } from '../command/family.ts';
import { FamilyFields } from '../command/FamilyFields.tsx';
import { RegulationChoice, ruleCode } from '../command/RegulationChoice.tsx';
import { TrainingMark } from '../command/TrainingMark.tsx';
import { useDeed } from '../command/use-deed.ts';
import { useWording } from '../command/wording.ts';
import { workingCurators } from '../people/curators.ts';
import { staffQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import { AdoptionEffect } from './AdoptionEffect.tsx';
import { readPast, withCurator } from './facts-text.ts';
import type { ReadPast } from './facts-text.ts';

interface AdoptPanelProps {
  onClose: () => void;
  onDone: (caseId: string) => void;
}

const textField = (values: Values, name: string): string => (values[name] as string | undefined) ?? '';

/** Takes in a family already under way: who they are, and its past as a list of dated commands. */
export default function AdoptPanel({ onClose, onDone }: AdoptPanelProps) {
  const { t } = useTranslation('command');
  const { t: shell } = useTranslation();
  const wording = useWording();
  const queries = useQueryClient();
  const give = useDeed();
  const { data: me } = useQuery(meQuery());
  const { data: staff } = useQuery(staffQuery());
  if (me === undefined) return null;

  const initial: Values = {
    regulation: ruleCode(me.institution.regulation),
    curator: '',
    ...blankFamily,
    facts: '',
  };
  const past = (values: Values): ReadPast => readPast(textField(values, 'facts'), (shape) => t(`adopt.shape.${shape}`));

  return (
    <FormPanel
      title={t('adopt.title')}
      lead={<p>{t('adopt.lead')}</p>}
      draftKey={`${me.staffId}.adoptCase`}
      initial={initial}
      submitLabel={t('adopt.submit')}
      validate={(values) => {
        const faults: Record<string, string> = {};
        for (const [name, said] of Object.entries(familyFaults(values))) faults[name] = shell(said);
        const [fault] = past(values).faults;
        if (fault) faults['facts'] = `${t('adopt.line', { line: fault.line })}: ${fault.message}`;
        return faults;
      }}
      labelOf={(path) => wording.label('openCase', path)}
      fieldOf={familyField}
      fields={(form) => (
        <>
          <RegulationChoice form={form} />
          <FamilyFields form={form} today={me.today} />
          <NativeSelect
            {...bound(form, 'curator')}
            label={t('adopt.curator')}
            description={t('adopt.curatorHint')}
            data={[{ value: '', label: t('choose') }, ...workingCurators(staff ?? [])]}
          />
          <Textarea
            {...bound(form, 'facts')}
            label={t('adopt.facts')}
            description={t('adopt.factsHint')}
            placeholder={t('adopt.example')}
            styles={{ input: { fontFamily: 'monospace' } }}
            spellCheck={false}
            rows={12}
          />
          <label>
            {t('adopt.file')}{' '}
            <input
              type="file"
              accept=".yaml,.yml,.json"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                void file?.text().then((text) => form.setFieldValue('facts', text));
              }}
            />
          </label>
          <TrainingMark form={form} />
        </>
      )}
      effect={(values) => {
        const read = past(values);
        const typed = textField(values, 'facts').trim() !== '';
        return (
          <AdoptionEffect
            body={typed && read.faults.length === 0 ? bodyOf(values, read, me) : null}
            faults={typed ? read.faults : []}
            lineOf={read.lineOf}
            onLine={goToLine}
          />
        );
      }}
      submit={async (values) => {
        const read = past(values);
        const { caseId } = await give((key) => adoptCase(bodyOf(values, read, me), key)).catch((error: unknown) => {
          throw error instanceof ApiProblem ? byLine(error, read) : error;
        });
        await renewRecords(queries);
        onDone(caseId);
      }}
      onClose={onClose}
    />
  );

  /** The faults of the past belong to one field: its text. */
  function byLine(problem: ApiProblem, read: ReadPast): ApiProblem {
    const ofPast = problem.errors.filter(({ path }) => path.startsWith('facts'));
    if (ofPast.length === 0) return problem;
    const told = ofPast.map(({ path, message }) => `${t('adopt.line', { line: read.lineOf(path) })}: ${message}`);
    const errors = [
      ...problem.errors.filter(({ path }) => !path.startsWith('facts')),
      { path: 'facts', message: told.join('; ') },
    ];
    return new ApiProblem(problem.status, { code: problem.code, detail: problem.message, errors });
  }
}

function bodyOf(values: Values, { facts }: ReadPast, me: Me): AdoptCaseBody {
  const family = familyOf(values);
  return {
    on: me.today,
    regulation: textField(values, 'regulation'),
    // A preview may be asked before the name is typed; the form itself demands it.
    family: family.name === '' ? { ...family, name: '—' } : family,
    training: values['training'] === true,
    facts: withCurator(facts, textField(values, 'curator'), me.today),
  };
}

/** Selects a line of the text, so that the fault is before one's eyes. */
function goToLine(line: number): void {
  const field = document.getElementById(fieldId('facts'));
  if (!(field instanceof HTMLTextAreaElement)) return;
  const lines = field.value.split('\n');
  const start = lines.slice(0, line - 1).reduce((sum, text) => sum + text.length + 1, 0);
  field.focus();
  field.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
}
