import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useAwaited, useCodes, useStepWords } from '../../lib/codes.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { Awaited, NoticeView } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Tag } from '../../ui/Tag.tsx';
import type { Tone } from '../../ui/tokens.ts';
import { useMoment } from '../session/use-moment.ts';
import { caseQuery, dutiesQuery, noticesQuery } from './queries.ts';
import { BusyButton } from '../../ui/BusyButton.tsx';

const tones: Partial<Record<NoticeView['state'], Tone>> = {
  bounced: 'danger',
  ambiguous: 'warn',
  queued: 'info',
  sending: 'info',
};

/** The ledger of notices: what went or will go, to whom, when, and what became of it. */
export function Notices({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const word = useCodes();
  const stepWords = useStepWords();
  const moment = useMoment();
  const notices = useInfiniteQuery(noticesQuery(caseId));
  const { data: kase } = useQuery(caseQuery(caseId));
  const { data: duties } = useQuery(dutiesQuery(caseId));
  const awaited = useAwaited(kase?.agencies);
  const rows = notices.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <section aria-labelledby="notices" className="k-stack">
      <h2 id="notices">{t('notices.title')}</h2>
      <Async
        query={notices}
        isEmpty={() => rows.length === 0}
        whenEmpty={<EmptyState title={t('notices.emptyTitle')} hint={t('notices.emptyHint')} />}
      >
        {() => (
          <>
            <DataTable
              caption={t('notices.title')}
              rows={rows}
              rowKey={(row) => row.id}
              columns={[
                {
                  key: 'step',
                  title: t('notices.step'),
                  heads: true,
                  cell: (row) => (
                    <>
                      {stepWords(row.step)}
                      <div className="k-small k-dimmed">{dutyWords(row)}</div>
                    </>
                  ),
                },
                {
                  key: 'who',
                  title: t('notices.who'),
                  cell: (row) => row.recipient ?? awaited(audienceOf(row.audience)),
                },
                {
                  key: 'when',
                  title: t('notices.when'),
                  cell: (row) => <span className="k-number k-nowrap">{moment(row.notBefore)}</span>,
                },
                {
                  key: 'state',
                  title: t('notices.state'),
                  cell: (row) => <Tag tone={tones[row.state] ?? 'plain'}>{word('notice', row.state)}</Tag>,
                },
              ]}
            />
            {notices.hasNextPage && (
              <BusyButton
                variant="default"
                busy={notices.isFetchingNextPage}
                onClick={() => void notices.fetchNextPage()}
              >
                {t('notices.more')}
              </BusyButton>
            )}
          </>
        )}
      </Async>
    </section>
  );

  function dutyWords({ dutyKey }: NoticeView): string {
    const duty = duties?.find(({ key }) => key === dutyKey);
    return duty === undefined ? '' : sayTitle(duty.what);
  }
}

function audienceOf(audience: string): Awaited {
  const [kind = 'role', code = ''] = audience.split(':');
  return { kind: kind as Awaited['kind'], code };
}
