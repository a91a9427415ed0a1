import { Checkbox, NativeSelect, TextInput, Textarea } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../../lib/api.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { AdoptCaseBody, Me } from '../../lib/shapes.ts';
import { fieldId } from '../../ui/FormFaults.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Form, Values } from '../../ui/FormPanel.tsx';
import { isBlank } from '../command/body.ts';
import { adoptCase, isDefinite, newKey } from '../command/commands.ts';
import { FamilyInput, membersOf } from '../command/FamilyInput.tsx';
import { regulationsQuery } from '../command/queries.ts';
import { useWording } from '../command/wording.ts';
import { curatorOptions, nobody } from '../people/curators.ts';
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
  const key = useRef(newKey());
  const { data: me } = useQuery(meQuery());
  const { data: staff } = useQuery(staffQuery());
  const { data: law } = useQuery(regulationsQuery());
  if (me === undefined || law === undefined) return null;

  const initial: Values = {
    regulation: `${me.institution.regulation.id}@${me.institution.regulation.version}`,
    curator: '',
    familyName: '',
    address: '',
    members: [{ id: 'p1', name: '', relation: 'mother', bornOn: '' }],
    facts: '',
    training: false,
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
        if (isBlank(values['familyName'])) faults['familyName'] = shell('form.required');
        const [fault] = past(values).faults;
        if (fault) faults['facts'] = `${t('adopt.line', { line: fault.line })}: ${fault.message}`;
        return faults;
      }}
      labelOf={(path) => wording.label('openCase', path === 'family.name' ? 'familyName' : path)}
      fields={(form) => (
        <>
          <NativeSelect
            {...bound(form, 'regulation')}
            label={t('adopt.regulation')}
            data={law.map(({ id, version, title }) => ({ value: `${id}@${version}`, label: sayTitle(title) }))}
          />
          <TextInput
            {...bound(form, 'familyName')}
            label={wording.label('openCase', 'familyName')}
            description={t('family.nameHint')}
          />
          <Textarea
            {...bound(form, 'address')}
            label={t('optional', { label: wording.label('openCase', 'address') })}
            autosize
            minRows={1}
          />
          <FamilyInput form={form} today={me.today} />
          <NativeSelect
            {...bound(form, 'curator')}
            label={t('adopt.curator')}
            description={t('adopt.curatorHint')}
            data={curatorOptions(staff ?? [], t('choose'), '').filter(({ value }) => value !== nobody)}
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
          <Checkbox
            label={wording.label('openCase', 'training')}
            description={t('family.trainingHint')}
            checked={form.values['training'] === true}
            onChange={(event) => form.setFieldValue('training', event.currentTarget.checked)}
          />
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
        try {
          const { caseId } = await adoptCase(bodyOf(values, read, me), key.current);
          await Promise.all([
            queries.invalidateQueries({ queryKey: ['cases'] }),
            queries.invalidateQueries({ queryKey: ['duties'] }),
          ]);
          onDone(caseId);
        } catch (error) {
          if (isDefinite(error)) key.current = newKey();
          throw error instanceof ApiProblem ? byLine(error, read) : error;
        }
      }}
      onClose={onClose}
    />
  );

  function bound(form: Form, name: string) {
    return {
      id: fieldId(name),
      value: textField(form.values, name),
      error: form.errors[name] as string | undefined,
      onChange: (event: { currentTarget: { value: string } }) => {
        form.setFieldValue(name, event.currentTarget.value);
        form.clearFieldError(name);
      },
    };
  }

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
  const members = membersOf(values).filter(({ name }) => !isBlank(name));
  const name = textField(values, 'familyName').trim();
  return {
    on: me.today,
    regulation: textField(values, 'regulation'),
    family: {
      // A preview may be asked before the name is typed; the form itself demands it.
      name: name === '' ? '—' : name,
      address: isBlank(values['address']) ? null : textField(values, 'address').trim(),
      members: members.map(({ id, name: called, relation, bornOn }) => ({
        id,
        name: called.trim(),
        relation: isBlank(relation) ? null : relation,
        bornOn: isBlank(bornOn) ? null : bornOn,
      })),
    },
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
