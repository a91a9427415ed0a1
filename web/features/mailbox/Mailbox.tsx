import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { instantOf } from '../../lib/clock.ts';
import { Async } from '../../ui/Async.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { mailsQuery } from './queries.ts';
import { BusyButton } from '../../ui/BusyButton.tsx';

/** Mails that the process has sent, newest first; read in the embedded mode instead of a mail server. */
export function Mailbox() {
  const { t, i18n } = useTranslation('pages');
  const mails = useInfiniteQuery(mailsQuery());
  const rows = mails.data?.pages.flatMap((page) => page.items) ?? [];
  const moment = new Intl.DateTimeFormat(i18n.language, { dateStyle: 'short', timeStyle: 'medium' });
  return (
    <Page
      title={t('mailbox.title')}
      lead={<p className="k-dimmed">{t('mailbox.lead')}</p>}
      actions={
        <BusyButton variant="default" onClick={() => void mails.refetch()} busy={mails.isRefetching}>
          {t('mailbox.refresh')}
        </BusyButton>
      }
    >
      <Async
        query={mails}
        lines={8}
        isEmpty={() => rows.length === 0}
        whenEmpty={<EmptyState title={t('mailbox.emptyTitle')} hint={t('mailbox.emptyHint')} />}
      >
        {() => (
          <>
            <DataTable
              caption={t('mailbox.title')}
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'subject',
                  title: t('mailbox.subject'),
                  heads: true,
                  cell: (row) => (
                    <Link to="/mailbox/$mailId" params={{ mailId: row.id }}>
                      {row.subject}
                    </Link>
                  ),
                },
                { key: 'to', title: t('mailbox.to'), cell: (row) => row.to },
                {
                  key: 'at',
                  title: t('mailbox.at'),
                  cell: (row) => <span className="k-number">{moment.format(instantOf(row.receivedAt))}</span>,
                },
              ]}
            />
            {mails.hasNextPage && (
              <BusyButton variant="default" busy={mails.isFetchingNextPage} onClick={() => void mails.fetchNextPage()}>
                {t('cases.more')}
              </BusyButton>
            )}
          </>
        )}
      </Async>
    </Page>
  );
}
