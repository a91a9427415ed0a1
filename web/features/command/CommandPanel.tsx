import { useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { caseQuery, logQuery } from '../case/queries.ts';
import { isConflict } from '../../lib/api.ts';
import { renewRecords } from '../../lib/query-client.ts';
import type { CommandAnswer, DutyRow } from '../../lib/shapes.ts';
import { Trouble } from '../../ui/Async.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Values } from '../../ui/FormPanel.tsx';
import { bodyOf, faultsOf } from './body.ts';
import { perform } from './commands.ts';
import type { CommandBody } from './commands.ts';
import { EffectPreview } from './EffectPreview.tsx';
import { filledFrom } from './facts.ts';
import type { About, Field } from './fields.ts';
import { FormFields } from './FormFields.tsx';
import { commandForms, dayField, noteField } from './forms.ts';
import { Lookups } from './Lookup.tsx';
import { useAbout } from './use-about.ts';
import { useDeed } from './use-deed.ts';
import { useWording } from './wording.ts';

export interface CommandPanelProps {
  caseId: string;
  command: string;
  /** Fields set from where the form was opened: a duty, a row. */
  preset?: Readonly<Values>;
  /** `annulEntry`, `correctEntry`: the entry they speak of, and the command that replaces it. */
  entry?: { seq: number; replacement?: string | undefined } | undefined;
  /** The duty's row, where the form was opened from a list: all that is known to whoever may not read the case. */
  row?: DutyRow | undefined;
  onClose: () => void;
  onDone: (answer: CommandAnswer) => void;
}

/** The form of any command on a case, drawn from its one description. */
export function CommandPanel(props: CommandPanelProps) {
  const { about, seq, failed } = useAbout(props.caseId, props.entry?.replacement ?? props.command, props.row);
  if (failed?.error) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  return about === undefined ? null : <OpenPanel {...props} about={about} seen={seq} />;
}

interface OpenPanelProps extends CommandPanelProps {
  about: About;
  seen: number | null;
}

function OpenPanel({ caseId, command, preset, entry, row, onClose, onDone, about, seen }: OpenPanelProps) {
  const { t } = useTranslation();
  const wording = useWording();
  const queries = useQueryClient();
  const give = useDeed();
  // What the person saw when the form opened; a refresh on conflict takes the new one.
  const seq = useRef(seen);
  const form = commandForms[command];
  const replaced = entry?.replacement === undefined ? undefined : commandForms[entry.replacement];
  const fields = useMemo((): Field[] => {
    const own = (form?.fields ?? []).map((field) => (replaced ? { ...field, name: amending(field.name) } : field));
    const all: Field[] = [dayField, ...(replaced?.fields ?? []), ...own, noteField];
    // Where no case is read, nothing can be chosen but what the duty has set.
    return seen === null && row !== undefined ? all.map((field) => settledBy(preset, field)) : all;
  }, [form, replaced, preset, row, seen]);
  /** A correction begins with what the entry says, not with what is usual; a plan's rows it takes from the plan. */
  const startOf = (field: Field): unknown => {
    const usual = replaced === undefined || field.kind === 'measures';
    return (usual ? field.initial?.(about, preset ?? {}) : undefined) ?? blankOf(field);
  };
  const initial = useMemo(
    () => ({
      ...Object.fromEntries(fields.map((field) => [field.name, startOf(field)])),
      ...(replaced && filledFrom(about.log, entry?.seq)),
      ...preset,
    }),
    // Filled once, when the form opens: a refetch must not change a field under the hand.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );
  const faults = (values: Values) => faultsOf(fields, values, (replaced ?? form)?.needsOne);

  const bodyFrom = (values: Values): CommandBody => {
    if (entry === undefined) return { command, ...bodyOf(fields, values) } as CommandBody;
    const { on, ...rest } = bodyOf(fields, values);
    if (entry.replacement === undefined) return { command, on: on as string, entry: entry.seq, ...rest };
    const { [amending('reason')]: reason, ...replacement } = rest;
    const { replacement: word, seq: amended } = entry;
    return {
      command,
      on: about.kase.today,
      entry: amended,
      reason,
      replacement: { command: word, on, ...replacement },
    };
  };
  /** That a request went out or a reminder came due is no news to whoever fills the form: it goes on from there. */
  const onlySystemWrote = async (): Promise<boolean> => {
    const log = await queries.fetchQuery({ ...logQuery(caseId), staleTime: 0 });
    const unseen = log.filter((one) => one.seq > (seq.current ?? 0));
    if (unseen.length === 0 || unseen.some(({ by }) => by.kind !== 'system')) return false;
    seq.current = (await queries.fetchQuery({ ...caseQuery(caseId), staleTime: 0 })).seq;
    return true;
  };
  const labelOf = (path: string): string =>
    path === amending('reason') ? wording.label(command, 'reason') : wording.label(entry?.replacement ?? command, path);

  return (
    <FormPanel
      title={wording.title(command)}
      lead={wording.lead(command) === undefined ? undefined : <p className="k-dimmed">{wording.lead(command)}</p>}
      draftKey={`${about.me.staffId}.${caseId}.${command}${entry === undefined ? '' : `.${entry.seq}`}`}
      initial={initial}
      submitLabel={wording.submit(command)}
      {...(form?.danger === true ? { confirm: wording.confirm(command) } : {})}
      validate={(values) => Object.fromEntries(Object.entries(faults(values)).map(([path, said]) => [path, t(said)]))}
      labelOf={labelOf}
      fieldOf={(path) => (replaced ? (path === 'reason' ? amending(path) : path.replace(/^replacement\./, '')) : path)}
      fields={(state) => (
        <>
          <FormFields fields={fields} form={state} about={about} labelOf={labelOf} />
          <Lookups lists={about.lists} command={about.command} />
        </>
      )}
      {...(seen === null
        ? // To whoever may not read the case the API tells no effect: "nothing changes" would be untrue.
          {}
        : {
            effect: (values: Values) => (
              <EffectPreview
                caseId={caseId}
                agencies={about.agencies}
                body={Object.keys(faults(values)).length > 0 ? null : bodyFrom(values)}
              />
            ),
          })}
      submit={async (values) => {
        const send = () => give((key) => perform(caseId, bodyFrom(values), key, seq.current));
        let answer: CommandAnswer;
        try {
          answer = await send();
        } catch (error) {
          if (!isConflict(error) || !(await onlySystemWrote())) throw error;
          answer = await send();
        }
        await renewRecords(queries, (id) => id === caseId);
        onDone(answer);
      }}
      refresh={async () => {
        const fresh = await queries.fetchQuery({ ...caseQuery(caseId), staleTime: 0 });
        seq.current = fresh.seq;
        await queries.invalidateQueries({ queryKey: ['case', caseId] });
      }}
      onClose={onClose}
    />
  );
}

/** The correction's own reason stands beside the fields of the entry that is corrected, which may have a reason too. */
const amending = (name: string): string => `amending-${name}`;

const blankOf = (field: Field): unknown => {
  if (field.kind === 'flag' || field.kind === 'textOrMark') return false;
  return ['agencies', 'members', 'measures', 'days'].includes(field.kind) ? [] : '';
};

const settledBy = (preset: CommandPanelProps['preset'], field: Field): Field => {
  if (preset?.[field.name] !== undefined) return { kind: 'hidden', name: field.name };
  const choosable = ['measure', 'agency', 'staff', 'members', 'member', 'body', 'correspondent'].includes(field.kind);
  return choosable && field.optional === true ? { kind: 'hidden', name: field.name } : field;
};
