import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCodes } from '../../lib/codes.ts';
import { sayTitle } from '../../lib/i18n.ts';
import type { Duty } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { DutyTable } from '../duties/DutyTable.tsx';
import { UnknownLaws } from '../duties/UnknownLaws.tsx';
import { meQuery } from '../session/queries.ts';
import { reportLogQuery, reportsQuery } from './queries.ts';
import type { InstitutionEntry } from './queries.ts';
import { ReportPanel } from './ReportPanel.tsx';

const groups = ['open', 'upcoming', 'done'] as const;

const groupOf = ({ state }: Duty): (typeof groups)[number] =>
  state === 'upcoming' ? 'upcoming' : state === 'open' || state === 'overdue' ? 'open' : 'done';

/** The institution's own duties, what was submitted, and the form that submits. */
export function Reports() {
  const { t } = useTranslation('pages');
  const duties = useQuery(reportsQuery());
  const log = useQuery(reportLogQuery());
  const { data: me } = useQuery(meQuery());
  const [deed, setDeed] = useState<{ duty: Duty } | { annul: number } | null>(null);
  const [recorded, setRecorded] = useState<string | null>(null);

  return (
    <Page title={t('reports.title')} lead={<p className="k-dimmed">{t('reports.lead')}</p>}>
      <div role="status">
        {recorded !== null && (
          <Note tone="ok">
            <p>{t('reports.submitted', { what: recorded })}</p>
          </Note>
        )}
      </div>
      <Async
        query={duties}
        lines={4}
        isEmpty={({ items, unknownLaws }) => items.length === 0 && unknownLaws.length === 0}
        whenEmpty={<EmptyState title={t('reports.emptyTitle')} hint={t('reports.emptyHint')} />}
      >
        {({ items, today, unknownLaws }) => (
          <div className="k-stack" style={{ '--gap': '28px' }}>
            <UnknownLaws laws={unknownLaws} />
            {groups
              .map((group) => ({ group, rows: items.filter((duty) => groupOf(duty) === group) }))
              .filter(({ rows }) => rows.length > 0)
              .map(({ group, rows }) => (
                <section key={group} aria-labelledby={`group-${group}`} className="k-stack" style={{ '--gap': '8px' }}>
                  <h2 id={`group-${group}`}>
                    {t(`reports.${group}`)} <span className="k-dimmed k-number">{rows.length}</span>
                  </h2>
                  <DutyTable
                    caption={t(`reports.${group}`)}
                    rows={rows}
                    today={today}
                    show={{}}
                    canDo={() => group === 'open'}
                    onDo={(duty) => setDeed({ duty })}
                  />
                </section>
              ))}
          </div>
        )}
      </Async>
      {(log.data?.items.length ?? 0) > 0 && (
        <section aria-labelledby="log" className="k-stack" style={{ '--gap': '8px' }}>
          <h2 id="log">{t('reports.log')}</h2>
          <ul className="k-plain-list">
            {log.data?.items.map((entry) => (
              <li key={entry.seq} className="k-row">
                <DateText day={entry.on} /> <Entry entry={entry} /> <span className="k-dimmed">{entry.by?.name}</span>
                {entry.kind === 'reportSubmitted' && entry.annulledBy === null && (
                  <Button
                    size="xs"
                    variant="default"
                    aria-label={t('reports.annulLabel', { seq: entry.seq })}
                    onClick={() => setDeed({ annul: entry.seq })}
                  >
                    {t('reports.annul')}
                  </Button>
                )}
              </li>
            ))}
          </ul>
        </section>
      )}
      {deed !== null && me !== undefined && (
        <ReportPanel
          deed={deed}
          me={me}
          onClose={() => setDeed(null)}
          onDone={() => setRecorded('duty' in deed ? sayTitle(deed.duty.what) : t('reports.annul'))}
        />
      )}
    </Page>
  );
}

function Entry({ entry }: { entry: InstitutionEntry }) {
  const { t } = useTranslation('pages');
  const word = useCodes();
  const { seq, what, report, annuls, reason } = entry;
  if (annuls !== null) return <span>{t('reports.logAnnulled', { seq, annuls, reason })}</span>;
  const words = t('reports.logEntry', { seq, what: what ? sayTitle(what) : word('report', report ?? '') });
  return entry.annulledBy === null ? (
    <span>{words}</span>
  ) : (
    <span>
      <s>{words}</s> {t('reports.struck')}
    </span>
  );
}
