import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { answerOf, api, ApiProblem } from '../../lib/api.ts';
import { dottedDay } from '../../lib/days.ts';
import { say } from '../../lib/i18n.ts';
import type { AdoptCaseBody, Duty } from '../../lib/shapes.ts';
import { Note } from '../../ui/Note.tsx';
import { wordsOf } from '../duties/words.ts';

/** A fault of the past: where it stands in the text. */
export interface LineFault {
  line: number;
  message: string;
}

interface AdoptionEffectProps {
  /** `null` while the form lacks something. */
  body: AdoptCaseBody | null;
  faults: readonly LineFault[];
  lineOf: (path: string) => number;
  onLine: (line: number) => void;
}

const pause = 400;
const shownAhead = 8;

/** What the adoption would bring, asked of the same rules that will judge it: its faults by line, what is late today, what comes. */
export function AdoptionEffect({ body, faults, lineOf, onLine }: AdoptionEffectProps) {
  const { t } = useTranslation('command');
  const { t: shell } = useTranslation();
  const [settled] = useDebouncedValue(body, pause);
  const { data, error } = useQuery({
    queryKey: ['adoption', settled],
    enabled: settled !== null,
    staleTime: 0,
    gcTime: 0,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => answerOf(api.POST('/api/v1/cases/adopt/preview', { body: settled as AdoptCaseBody })),
  });
  if (faults.length > 0) return <Faults faults={faults} onLine={onLine} />;
  if (settled === null) return <p className="k-dimmed">{t('adopt.incomplete')}</p>;
  if (error instanceof ApiProblem) {
    const told = error.errors.map(({ path, message }) => ({ line: lineOf(path), message }));
    return told.length > 0 ? <Faults faults={told} onLine={onLine} /> : <Note tone="danger">{error.message}</Note>;
  }
  if (data === undefined) return null;
  if (data.refusal !== null) {
    const told = (data.refusal.faults ?? []).map(({ path, text }) => ({ line: lineOf(path), message: say(text) }));
    return told.length > 0 ? (
      <Faults faults={told} onLine={onLine} />
    ) : (
      <Note tone="danger">{say(data.refusal.text)}</Note>
    );
  }
  const ahead = data.duties.filter(({ state }) => state === 'open' || state === 'upcoming').slice(0, shownAhead);
  return (
    <section aria-label={t('adopt.effect')}>
      <h3>{t('adopt.effect')}</h3>
      {data.stage !== null && <p>{t('adopt.stage', { stage: shell(`stage.${data.stage}`) })}</p>}
      {data.advice.length > 0 && (
        <Note tone="warn" title={t('adopt.history')}>
          <ul>
            {data.advice.map((advice, index) => (
              <li key={index}>
                {say(advice.text)} {advice.clause !== null && `(${sayClause(advice.clause)})`}
              </li>
            ))}
          </ul>
        </Note>
      )}
      <h4>{data.late.length === 0 ? t('adopt.lateNone') : t('adopt.late', { count: data.late.length })}</h4>
      <Days duties={data.late} />
      {ahead.length > 0 && (
        <>
          <h4>{t('adopt.ahead')}</h4>
          <Days duties={ahead} />
        </>
      )}
    </section>
  );
}

function Days({ duties }: { duties: readonly Duty[] }) {
  const { t } = useTranslation('command');
  return (
    <ul>
      {duties.map((duty) => (
        <li key={duty.key}>
          {wordsOf(duty)} — <b>{duty.dueOn === null ? t('effect.noDay') : dottedDay(duty.dueOn)}</b>
        </li>
      ))}
    </ul>
  );
}

function Faults({ faults, onLine }: { faults: readonly LineFault[]; onLine: (line: number) => void }) {
  const { t } = useTranslation('command');
  return (
    <Note tone="danger" title={t('adopt.faults', { count: faults.length })}>
      <ul>
        {faults.map(({ line, message }, index) => (
          <li key={index}>
            <button type="button" className="k-link-button" onClick={() => onLine(line)}>
              {t('adopt.line', { line })}
            </button>
            : {message}
          </li>
        ))}
      </ul>
    </Note>
  );
}
