import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../lib/api.ts';
import classes from './Async.module.css';
import { Note } from './Note.tsx';
import { BusyButton } from './BusyButton.tsx';

interface AsyncProps<Data> {
  query: Pick<UseQueryResult<Data>, 'data' | 'error' | 'isFetching' | 'refetch'>;
  children: (data: Data) => ReactNode;
  isEmpty?: (data: Data) => boolean;
  whenEmpty?: ReactNode;
  /** Lines of the skeleton, about as many as the answer will have. */
  lines?: number;
}

/** The one way a list is shown: skeleton, the data (kept while they reload), the error with its code and Retry, the empty words. */
export function Async<Data>({ query, children, isEmpty, whenEmpty, lines = 4 }: AsyncProps<Data>) {
  const { data, error } = query;
  if (data === undefined && error === null) return <Skeleton lines={lines} />;
  return (
    <>
      {/* What stands is still right, and the banner above says that the server is silent. */}
      {error !== null && !(data !== undefined && error instanceof ApiProblem && error.status === 0) && (
        <Trouble error={error} stale={data !== undefined} busy={query.isFetching} retry={() => void query.refetch()} />
      )}
      {data !== undefined && (isEmpty?.(data) && whenEmpty !== undefined ? whenEmpty : children(data))}
    </>
  );
}

function Skeleton({ lines }: { lines: number }) {
  const { t } = useTranslation();
  return (
    <div className={classes.skeleton} role="status">
      <span className="k-hidden">{t('async.loading')}</span>
      {Array.from({ length: lines }, (_, line) => (
        <span key={line} className={classes.line} />
      ))}
    </div>
  );
}

export function Trouble(props: { error: Error; stale?: boolean; busy?: boolean; retry?: () => void }) {
  const { t } = useTranslation();
  const problem = props.error instanceof ApiProblem ? props.error : null;
  // Asking again gives nobody a right he lacks.
  const denied = problem?.status === 403;
  const words = problem?.status === 0 ? t('async.offline') : (problem?.message ?? t('async.unknown'));
  return (
    <Note
      tone="danger"
      title={t(denied ? 'async.deniedTitle' : props.stale === true ? 'async.staleTitle' : 'async.failedTitle')}
      live="alert"
    >
      <p>{words}</p>
      <div className="k-row">
        {props.retry !== undefined && !denied && (
          <BusyButton size="xs" variant="default" onClick={props.retry} busy={props.busy === true}>
            {t('async.retry')}
          </BusyButton>
        )}
        {problem !== null && (
          <span className="k-small k-dimmed">
            {t('async.code', { code: problem.code })}
            {problem.requestId !== null && ` · ${problem.requestId}`}
          </span>
        )}
      </div>
    </Note>
  );
}
