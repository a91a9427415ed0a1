import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { sayClause } from '../../lib/clause.ts';
import { useCodes } from '../../lib/codes.ts';
import { say } from '../../lib/i18n.ts';
import type { EventView } from '../../lib/shapes.ts';
import { DateText } from '../../ui/DateText.tsx';
import { findCommandOf } from '../command/facts.ts';
import { againstClauses, detailsOf } from './entry-details.ts';
import { useGiveCommand } from './give-command.ts';
import { caseQuery, dutiesQuery, logQuery } from './queries.ts';
import classes from './Timeline.module.css';

interface EntryProps {
  entry: EventView;
  caseId: string;
  mayAnnul: boolean;
  mayCorrect: boolean;
}

/** One entry: what, on which day, by whom; what it stands against, and how it is corrected or annulled. */
export function TimelineEntry({ entry, caseId, mayAnnul, mayCorrect }: EntryProps) {
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
