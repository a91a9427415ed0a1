import { Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ApiProblem } from '../lib/api.ts';
import { Page } from '../ui/Page.tsx';

/** What a person sees when a page itself breaks: what happened and what to do, never a blank screen. */
export function FailureRoute({ error }: { error: unknown }) {
  const { t } = useTranslation();
  return (
    <Page title={t('error.title')}>
      <p>{error instanceof ApiProblem && error.status === 0 ? t('async.offline') : t('error.text')}</p>
      <div>
        <Button onClick={() => window.location.reload()}>{t('error.reload')}</Button>
      </div>
    </Page>
  );
}

export function NotFoundRoute() {
  const { t } = useTranslation();
  return (
    <Page title={t('error.notFoundTitle')}>
      <p>{t('error.notFoundText')}</p>
      <p>
        <Link to="/">{t('error.home')}</Link>
      </p>
    </Page>
  );
}
