import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { addDays } from '../../../domain/calendar/civil.ts';
import { Async } from '../../ui/Async.tsx';
import { DataTable } from '../../ui/DataTable.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { DutyTable } from '../duties/DutyTable.tsx';
import { UnknownLaws } from '../duties/UnknownLaws.tsx';
import { nobody } from '../people/curators.ts';
import { agenciesQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import { lateQuery } from './queries.ts';
import type { Late } from './queries.ts';

/** What the API counts as soon. */
const soonDays = 7;

type Figures = Late['byCurator'][number];

/** What is late and whose. A figure of the table is a link to the rows it was counted over. */
export function Supervision({ curator }: { curator: string | undefined }) {
  const { t } = useTranslation('pages');
  const late = useQuery(lateQuery());
  const { data: me } = useQuery(meQuery());
  const { data: agencies } = useQuery(agenciesQuery());
  const nameOf = (figures: Figures): string => figures.curator?.name ?? t('supervision.without');

  return (
    <Page title={t('supervision.title')}>
      <Async
        query={late}
        lines={6}
        isEmpty={(data) =>
          [data.byCurator, data.items, data.unknownLaws, data.unreckoned].every(({ length }) => length === 0) &&
          data.overdueWakes + data.outdated + data.waitingMails === 0
        }
        whenEmpty={<EmptyState title={t('supervision.emptyTitle')} hint={t('supervision.emptyHint')} />}
      >
        {(data) => {
          const rows = data.items.filter((row) => curator === undefined || (row.curator?.id ?? nobody) === curator);
          const chosen = data.byCurator.find((figures) => (figures.curator?.id ?? nobody) === curator);
          return (
            <>
              <UnknownLaws laws={data.unknownLaws} cases={data.unreckoned} />
              {data.overdueWakes > 0 && (
                <Note tone="danger">
                  <p>{t('supervision.wakes', { count: data.overdueWakes })}</p>
                </Note>
              )}
              {data.waitingMails > 0 && (
                <Note tone="danger">
                  <p>{t('supervision.waitingMails', { count: data.waitingMails })}</p>
                </Note>
              )}
              {data.outdated > 0 && (
                <Note>
                  <p>{t('supervision.outdated', { count: data.outdated })}</p>
                </Note>
              )}
              <section aria-labelledby="by-curator" className="k-stack" style={{ '--gap': '8px' }}>
                <h2 id="by-curator">{t('supervision.byCurator')}</h2>
                <DataTable
                  caption={t('supervision.byCurator')}
                  rows={data.byCurator}
                  rowKey={(row) => row.curator?.id ?? nobody}
                  alarming={(row) => row.late > 0}
                  columns={[
                    { key: 'curator', title: t('supervision.curator'), heads: true, cell: nameOf },
                    {
                      key: 'cases',
                      title: t('supervision.cases'),
                      align: 'end',
                      cell: (row) => (
                        <Link
                          to="/cases"
                          search={{ status: 'open', curator: row.curator?.id ?? nobody }}
                          className="k-number"
                          aria-label={t('supervision.figure', {
                            name: nameOf(row),
                            what: t('supervision.cases'),
                            count: row.cases,
                          })}
                        >
                          {row.cases}
                        </Link>
                      ),
                    },
                    {
                      key: 'late',
                      title: t('supervision.late'),
                      align: 'end',
                      cell: (row) => (
                        <Link
                          to="/supervision"
                          search={{ curator: row.curator?.id ?? nobody }}
                          hash="list"
                          className="k-number"
                          aria-label={t('supervision.figure', {
                            name: nameOf(row),
                            what: t('supervision.late'),
                            count: row.late,
                          })}
                        >
                          {row.late}
                        </Link>
                      ),
                    },
                    {
                      key: 'soon',
                      title: t('supervision.soon'),
                      align: 'end',
                      cell: (row) =>
                        me === undefined ? (
                          <span className="k-number">{row.soon}</span>
                        ) : (
                          <Link
                            to="/duties"
                            search={{
                              curator: row.curator?.id ?? nobody,
                              from: me.today,
                              to: addDays(me.today, soonDays),
                              state: 'open',
                            }}
                            className="k-number"
                            aria-label={t('supervision.figure', {
                              name: nameOf(row),
                              what: t('supervision.soon'),
                              count: row.soon,
                            })}
                          >
                            {row.soon}
                          </Link>
                        ),
                    },
                  ]}
                />
              </section>
              <section id="list" aria-labelledby="late-list" className="k-stack" style={{ '--gap': '8px' }}>
                <h2 id="late-list">
                  {chosen === undefined ? t('supervision.list') : t('supervision.listOf', { name: nameOf(chosen) })}{' '}
                  <span className="k-dimmed k-number">{rows.length}</span>
                </h2>
                {curator !== undefined && (
                  <p>
                    <Link to="/supervision">{t('supervision.all')}</Link>
                  </p>
                )}
                {rows.length === 0 || me === undefined ? (
                  <EmptyState title={t('supervision.emptyTitle')} hint={t('supervision.emptyHint')} />
                ) : (
                  <DutyTable
                    caption={t('supervision.list')}
                    rows={rows}
                    today={me.today}
                    agencies={agencies}
                    show={{ family: true, curator: true, awaited: true }}
                  />
                )}
              </section>
            </>
          );
        }}
      </Async>
    </Page>
  );
}
