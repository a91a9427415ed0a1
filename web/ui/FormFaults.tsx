import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isConflict } from '../lib/api.ts';
import type { ApiProblem } from '../lib/api.ts';
import { Note } from './Note.tsx';
import { BusyButton } from './BusyButton.tsx';
import { RefusalWords } from './RefusalWords.tsx';

interface Fault {
  path: string;
  message: string;
}

/** The id of a field's input, so that a fault leads to it. */
export const fieldId = (path: string): string => `field-${path}`;

/** What stops the form, each fault leading to its field. */
export function FaultList({ faults, labelOf }: { faults: Fault[]; labelOf: (path: string) => string }) {
  const { t } = useTranslation();
  return (
    <Note tone="danger" title={t('form.faults', { count: faults.length })} live="alert">
      <ul>
        {faults.map(({ path, message }) => (
          <li key={path}>
            <FieldLink path={path} label={labelOf(path)} />: {message}
          </li>
        ))}
      </ul>
    </Note>
  );
}

function FieldLink({ path, label }: { path: string; label: string }) {
  return (
    <a
      href={`#${fieldId(path)}`}
      onClick={(event) => {
        event.preventDefault();
        document.getElementById(fieldId(path))?.focus();
      }}
    >
      {label}
    </a>
  );
}

interface ProblemNoteProps {
  problem: ApiProblem;
  /** Fields of the form by which what is missing would be named. */
  fields: readonly { path: string; label: string }[];
  refresh?: (() => Promise<unknown>) | undefined;
  onRefreshed: () => void;
}

/** A refusal with its clause and what is missing; a conflict with the way on; a lost answer with the safe repeat. */
export function ProblemNote({ problem, fields, refresh, onRefreshed }: ProblemNoteProps) {
  const { t } = useTranslation();
  const [busy, setBusy] = useState(false);
  const conflict = isConflict(problem);
  const unknown = problem.status === 0 || problem.status >= 500;
  return (
    <Note tone={conflict || unknown ? 'warn' : 'danger'} title={t(titleKey())} live="alert">
      <RefusalWords text={words()} clause={problem.clause} missing={problem.missing} />
      {fields.length > 0 && (
        <p className="k-row">
          <span>{t('form.toFields')}</span>
          {fields.map(({ path, label }) => (
            <FieldLink key={path} path={path} label={label} />
          ))}
        </p>
      )}
      {unknown && <p>{t('form.safeRepeat')}</p>}
      {conflict && refresh !== undefined && (
        <BusyButton size="xs" variant="default" busy={busy} onClick={() => void takeNew()}>
          {t('form.takeNew')}
        </BusyButton>
      )}
    </Note>
  );

  function words(): string {
    if (problem.status === 0) return t('async.offline');
    return conflict && refresh !== undefined ? t('form.conflictText') : problem.message;
  }

  function titleKey() {
    if (conflict) return 'form.conflict';
    if (unknown) return 'form.outcomeUnknown';
    return 'form.refused';
  }

  async function takeNew(): Promise<void> {
    setBusy(true);
    await refresh?.();
    setBusy(false);
    onRefreshed();
  }
}
