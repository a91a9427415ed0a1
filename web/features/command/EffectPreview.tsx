import { useDebouncedValue } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useAwaited } from '../../lib/codes.ts';
import { say } from '../../lib/i18n.ts';
import { useNamed } from '../../lib/names.ts';
import type { Duty, Preview } from '../../lib/shapes.ts';
import { dottedDay } from '../../lib/days.ts';
import { ApiProblem } from '../../lib/api.ts';
import { Note } from '../../ui/Note.tsx';
import { RefusalWords } from '../../ui/RefusalWords.tsx';
import { wordsOf } from '../duties/words.ts';
import type { About } from './fields.ts';
import type { CommandBody } from './commands.ts';
import classes from './EffectPreview.module.css';
import { previewQuery } from './queries.ts';

const pause = 300;

interface EffectPreviewProps {
  caseId: string;
  body: CommandBody | null;
  agencies: About['agencies'];
}

/** Dates move before you press: what the command would change, asked of the same rules that will judge it. */
export function EffectPreview({ caseId, body, agencies }: EffectPreviewProps) {
  const { t } = useTranslation('command');
  const [settled] = useDebouncedValue(body, pause);
  const { data, error } = useQuery(previewQuery(caseId, settled));
  if (settled === null) return null;
  return (
    <section aria-label={t('effect.title')} className={classes.effect}>
      <h3>{t('effect.title')}</h3>
      {error instanceof ApiProblem && error.errors.length > 0 ? (
        <p className="k-dimmed">{t('effect.incomplete')}</p>
      ) : (
        data !== undefined && <Effect preview={data} body={settled} agencies={agencies} />
      )}
    </section>
  );
}

/** The words of a measure that is only being typed stand in the form. */
function typedWords(subject: string | null, body: CommandBody): string | null {
  const rows = Array.isArray(body['measures']) ? (body['measures'] as { id?: string; what?: string }[]) : [];
  const what = subject === null ? undefined : (rows.find(({ id }) => id === subject)?.what ?? body['what']);
  return typeof what === 'string' ? what : null;
}

function Effect({ preview, body, agencies }: { preview: Preview; body: CommandBody; agencies: About['agencies'] }) {
  const { t } = useTranslation('command');
  const awaited = useAwaited(agencies);
  const named = useNamed();
  if (preview.refusal !== null) {
    return (
      <Note tone="warn" title={t('effect.wouldRefuse')}>
        <RefusalWords {...preview.refusal} text={say(preview.refusal.text)} />
      </Note>
    );
  }
  const nothing =
    preview.moved.length + preview.appears.length + preview.disappears.length + preview.meets.length === 0;
  return (
    <>
      {preview.advice.map((advice) => (
        <Note key={advice.code} tone="warn" title={t('effect.advice')}>
          <p>
            {named(say(advice.text))} {advice.clause !== null && `(${sayClause(advice.clause)})`}
          </p>
        </Note>
      ))}
      {nothing && <p className="k-dimmed">{t('effect.nothing')}</p>}
      <ul className={classes.list}>
        {preview.meets.map((duty) => (
          <li key={duty.key} data-kind="meets">
            {t('effect.meets')} {wordsOf(duty)} — {dutyDay(duty)}
          </li>
        ))}
        {preview.moved.map((duty) => (
          <li key={duty.key} data-kind="moved">
            {say(duty.what)}: <s>{dayOr(duty.from)}</s> → <b>{dayOr(duty.to)}</b>
          </li>
        ))}
        {preview.appears.map((duty) => (
          <li key={duty.key} data-kind="appears">
            {t('effect.appears')} {wordsOf({ ...duty, about: typedWords(duty.subject, body) })}
            {duty.awaited.kind === 'agency' && `, ${awaited(duty.awaited)}`} — <b>{dutyDay(duty)}</b>
          </li>
        ))}
        {preview.disappears.map((duty) => (
          <li key={duty.key} data-kind="disappears">
            {t('effect.disappears')} {wordsOf(duty)} — {dutyDay(duty)}
          </li>
        ))}
      </ul>
    </>
  );

  function dayOr(day: string | null): string {
    return day === null ? t('effect.noDay') : dottedDay(day);
  }

  function dutyDay(duty: Duty): string {
    return dayOr(duty.dueOn);
  }
}
