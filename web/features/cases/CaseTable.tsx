import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useAwaited } from '../../lib/codes.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { CaseRow } from '../../lib/shapes.ts';
import { DataTable } from '../../ui/DataTable.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { Tag } from '../../ui/Tag.tsx';
import { agenciesQuery } from '../people/queries.ts';

export function CaseTable({ rows }: { rows: readonly CaseRow[] }) {
  const { t } = useTranslation('pages');
  const { t: shell } = useTranslation();
  const { data: agencies } = useQuery(agenciesQuery());
  const awaited = useAwaited(agencies);
  return (
    <DataTable
      caption={t('cases.title')}
      rows={rows}
      rowKey={(row) => row.id}
      alarming={(row) => row.late > 0}
      columns={[
        {
          key: 'family',
          title: t('cases.family'),
          heads: true,
          cell: (row) => (
            <>
              <Link to="/cases/$caseId" params={{ caseId: row.id }}>
                {row.family ?? t('duty.noName')}
              </Link>
              <br />
              <span className="k-small k-dimmed k-number">
                {row.number}
                {row.training && ` · ${t('duty.training')}`}
              </span>
            </>
          ),
        },
        {
          key: 'stage',
          title: t('cases.stage'),
          cell: (row) => (
            <span className="k-row">
              {row.status === 'closed' ? (
                <Tag>{t('cases.closed')}</Tag>
              ) : (
                shell(row.stage === null ? 'stage.none' : `stage.${row.stage}`)
              )}
              {row.late > 0 && <Tag tone="danger">{t('cases.lateCount', { count: row.late })}</Tag>}
            </span>
          ),
        },
        {
          key: 'next',
          title: t('cases.next'),
          cell: (row) => (
            <>
              {row.nextDueOn === null ? (
                <span className="k-dimmed">{t('cases.noDate')}</span>
              ) : (
                <DateText day={row.nextDueOn} today={row.today} />
              )}
              {row.nextDuty !== null && <div className="k-small">{sayTitle(row.nextDuty.what)}</div>}
            </>
          ),
        },
        {
          key: 'awaited',
          title: t('cases.awaited'),
          cell: (row) =>
            row.awaited.length === 0 ? (
              <span className="k-dimmed">{t('cases.nobody')}</span>
            ) : (
              [...new Set(row.awaited.map(awaited))].join(', ')
            ),
        },
        {
          key: 'curator',
          title: t('cases.curator'),
          cell: (row) => row.curator?.name ?? <span className="k-dimmed">{t('cases.noCurator')}</span>,
        },
      ]}
    />
  );
}
