import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useCodes } from '../../lib/codes.ts';
import { say } from '../../lib/i18n.ts';
import type { EventView } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { findCommandOf } from '../command/facts.ts';
import { againstClauses, detailsOf } from './entry-details.ts';
import { useGiveCommand } from './give-command.ts';
import { actionsQuery, caseQuery, dutiesQuery, eventsQuery, logQuery } from './queries.ts';
import classes from './Timeline.module.css';
import { BusyButton } from '../../ui/BusyButton.tsx';

/** Everything that happened, newest first: what, on which day, who entered it; each entry can be corrected or annulled. */
export function Timeline({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const events = useInfiniteQuery(eventsQuery(caseId));
  const { data: actions } = useQuery(actionsQuery(caseId));
  const entries = events.data?.pages.flatMap((page) => page.items) ?? [];
  const may = (command: string): boolean =>
    actions?.some((action) => action.command === command && action.allowed) === true;
  return (
    <section aria-labelledby="timeline" className="k-stack">
      <h2 id="timeline">{t('timeline.title')}</h2>
      <Async
        query={events}
        isEmpty={() => entries.length === 0}
        whenEmpty={<EmptyState title={t('timeline.emptyTitle')} hint={t('timeline.emptyHint')} />}
      >
        {() => (
          <>
            <ol className={classes.timeline}>
              {entries.map((entry) => (
                <Entry
                  key={entry.seq}
                  entry={entry}
                  caseId={caseId}
                  mayAnnul={may('annulEntry')}
                  mayCorrect={may('correctEntry')}
                />
              ))}
            </ol>
            {events.hasNextPage && (
              <BusyButton
                variant="default"
                busy={events.isFetchingNextPage}
                onClick={() => void events.fetchNextPage()}
              >
                {t('timeline.more')}
              </BusyButton>
            )}
          </>
        )}
      </Async>
    </section>
  );
}

interface EntryProps {
  entry: EventView;
  caseId: string;
  mayAnnul: boolean;
  mayCorrect: boolean;
}

function Entry({ entry, caseId, mayAnnul, mayCorrect }: EntryProps) {
  const { t } = useTranslation('case');
  const word = useCodes();
  const give = useGiveCommand();
  const { data: kase } = useQuery(caseQuery(caseId));
  const { data: log } = useQuery(logQuery(caseId));
  const { data: duties } = useQuery(dutiesQuery(caseId));
  const closed = duties?.find((duty) => duty.key === entry.data['key']);
  const command = findCommandOf(entry);
  const named = { seq: entry.seq, what: word('fact', entry.kind) };
  const standing = entry.annulledBy === null && command !== undefined;
  const who = entry.by.kind === 'system' ? t('timeline.system') : (entry.by.name ?? t('timeline.link'));
  const stoodAgainst = log?.flatMap((other) => againstClauses(other, log)).find(({ seq }) => seq === entry.seq);
  const clauseWords = (clause: string | null): string => (clause === null ? t('timeline.byRule') : sayClause(clause));
  return (
    <li data-annulled={entry.annulledBy !== null || undefined}>
      <p className={classes.title}>
        <span>{named.what}</span>
        <span className="k-small k-dimmed">{t('timeline.entry', { seq: entry.seq })}</span>
      </p>
      <p className="k-dimmed">
        <DateText day={entry.on} /> · {who}
        {entry.recordedOn !== entry.on && (
          <>
            {' · '}
            {t('timeline.late', { day: '' })}
            <DateText day={entry.recordedOn} />
          </>
        )}
      </p>
      {closed !== undefined && <p>{t('timeline.frozen', { what: say(closed.what) })}</p>}
      {kase !== undefined && (
        <ul className={classes.details}>
          {detailsOf(entry, kase, log ?? [], word).map(([label, value], index) => (
            <li key={index}>
              <span className="k-dimmed">{label}:</span> {value}
            </li>
          ))}
        </ul>
      )}
      {againstClauses(entry, log ?? []).map(({ seq, kind, clause }) => (
        <p key={seq}>
          {t('timeline.against', {
            seq,
            what: kind === undefined ? '' : word('fact', kind),
            clause: clauseWords(clause),
          })}
        </p>
      ))}
      {stoodAgainst !== undefined && <p>{t('timeline.againstThis', { clause: clauseWords(stoodAgainst.clause) })}</p>}
      {entry.annulledBy !== null && <p className="k-strong">{t('timeline.annulled', { seq: entry.annulledBy })}</p>}
      {standing && (mayCorrect || mayAnnul) && (
        <p className="k-row">
          {mayCorrect && (
            <button
              type="button"
              className="k-link-button"
              aria-label={t('timeline.correctLabel', named)}
              onClick={() => give({ command: 'correctEntry', entry: { seq: entry.seq, replacement: command } })}
            >
              {t('timeline.correct')}
            </button>
          )}
          {mayAnnul && (
            <button
              type="button"
              className="k-link-button"
              aria-label={t('timeline.annulLabel', named)}
              onClick={() => give({ command: 'annulEntry', entry: { seq: entry.seq } })}
            >
              {t('timeline.annul')}
            </button>
          )}
        </p>
      )}
    </li>
  );
}
