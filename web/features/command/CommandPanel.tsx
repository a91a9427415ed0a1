import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { agenciesQuery, staffQuery } from '../people/queries.ts';
import { caseQuery, dutiesQuery, logQuery } from '../case/queries.ts';
import { meQuery } from '../session/queries.ts';
import type { CommandAnswer } from '../../lib/shapes.ts';
import { Trouble } from '../../ui/Async.tsx';
import { FormPanel } from '../../ui/FormPanel.tsx';
import type { Values } from '../../ui/FormPanel.tsx';
import { bodyOf, faultsOf } from './body.ts';
import { isDefinite, newKey, perform } from './commands.ts';
import type { CommandBody } from './commands.ts';
import { EffectPreview } from './EffectPreview.tsx';
import { FieldInput } from './FieldInput.tsx';
import type { About, Field } from './fields.ts';
import { commandForms, dayField, noteField } from './forms.ts';
import { regulationQuery } from './queries.ts';
import { useWording } from './wording.ts';

export interface CommandPanelProps {
  caseId: string;
  command: string;
  /** Fields set from where the form was opened: a duty, a row. */
  preset?: Readonly<Values>;
  /** `annulEntry`, `correctEntry`: the entry they speak of, and the command that replaces it. */
  entry?: { seq: number; replacement?: string | undefined } | undefined;
  onClose: () => void;
  onDone: (answer: CommandAnswer) => void;
}

/** The form of any command on a case, drawn from its one description. */
export function CommandPanel(props: CommandPanelProps) {
  const kase = useQuery(caseQuery(props.caseId));
  const duties = useQuery(dutiesQuery(props.caseId));
  const log = useQuery(logQuery(props.caseId));
  const agencies = useQuery(agenciesQuery());
  const staff = useQuery(staffQuery());
  const me = useQuery(meQuery());
  const law = useQuery({ ...regulationQuery(kase.data?.regulation), enabled: kase.data !== undefined });
  const failed = [kase, duties, log, me, law].find((query) => query.error !== null && query.data === undefined);
  if (failed?.error) return <Trouble error={failed.error} retry={() => void failed.refetch()} />;
  if (!kase.data || !duties.data || !log.data || !me.data || !law.data || agencies.isPending || staff.isPending)
    return null;
  const about: About = {
    kase: kase.data,
    duties: duties.data,
    log: log.data,
    agencies: agencies.data ?? kase.data.agencies.map((agency) => ({ ...agency, id: agency.code })),
    bodies: law.data.bodies,
    staff: staff.data ?? [],
    me: me.data,
  };
  return <OpenPanel {...props} about={about} />;
}

function OpenPanel({ caseId, command, preset, entry, onClose, onDone, about }: CommandPanelProps & { about: About }) {
  const { t } = useTranslation();
  const wording = useWording();
  const queries = useQueryClient();
  const key = useRef(newKey());
  // What the person saw when the form opened; a refresh on conflict takes the new one.
  const seq = useRef(about.kase.seq);
  const form = commandForms[command];
  const replaced = entry?.replacement === undefined ? undefined : commandForms[entry.replacement];
  const fields = useMemo(
    (): Field[] => [dayField, ...(replaced?.fields ?? []), ...(form?.fields ?? []), noteField],
    [form, replaced],
  );
  const initial = useMemo(
    () => ({
      ...Object.fromEntries(fields.map((field) => [field.name, field.initial?.(about) ?? blankOf(field)])),
      ...preset,
    }),
    // Filled once, when the form opens: a refetch must not change a field under the hand.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [],
  );

  const bodyFrom = (values: Values): CommandBody => {
    if (entry === undefined) return { command, ...bodyOf(fields, values) } as CommandBody;
    const { reason, note, on, ...rest } = bodyOf(fields, values);
    const own = { command, on: about.kase.today, entry: entry.seq, reason, ...(note === undefined ? {} : { note }) };
    if (entry.replacement === undefined) return { ...own, on: on as string };
    return { ...own, replacement: { command: entry.replacement, on, ...rest } };
  };

  return (
    <FormPanel
      title={wording.title(command)}
      lead={wording.lead(command) === undefined ? undefined : <p className="k-dimmed">{wording.lead(command)}</p>}
      draftKey={`${about.me.staffId}.${caseId}.${command}${entry === undefined ? '' : `.${entry.seq}`}`}
      initial={initial}
      submitLabel={wording.submit(command)}
      danger={form?.danger === true}
      validate={(values) =>
        Object.fromEntries(Object.entries(faultsOf(fields, values)).map(([path, said]) => [path, t(said)]))
      }
      labelOf={(path) => wording.label(command, path)}
      fields={(state) =>
        fields
          .filter((field) => field.when?.(state.values) ?? true)
          .map((field) => (
            <FieldInput
              key={field.name}
              field={field}
              form={state}
              about={about}
              label={wording.label(command, field.name)}
            />
          ))
      }
      effect={(values) => (
        <EffectPreview
          caseId={caseId}
          body={Object.keys(faultsOf(fields, values)).length > 0 ? null : bodyFrom(values)}
        />
      )}
      submit={async (values) => {
        try {
          const answer = await perform(caseId, bodyFrom(values), key.current, seq.current);
          await Promise.all([
            queries.invalidateQueries({ queryKey: ['case', caseId] }),
            queries.invalidateQueries({ queryKey: ['duties'] }),
            queries.invalidateQueries({ queryKey: ['cases'] }),
          ]);
          onDone(answer);
        } catch (error) {
          if (isDefinite(error)) key.current = newKey();
          throw error;
        }
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

const blankOf = (field: Field): unknown => {
  if (field.kind === 'flag') return false;
  return field.kind === 'agencies' || field.kind === 'members' || field.kind === 'measures' ? [] : '';
};
