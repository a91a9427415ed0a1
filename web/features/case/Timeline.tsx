import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { EventView } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { BusyButton } from '../../ui/BusyButton.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { actionsQuery, eventsQuery } from './queries.ts';
import classes from './Timeline.module.css';
import { TimelineEntry } from './TimelineEntry.tsx';

/** What the system notes of dates beside what people do: several in a row are one line until somebody opens it. */
const notesOfDates = new Set(['dutyClosed', 'dutyReopened', 'dutyMoved']);

/** Newest first as they came: runs of the system's notes together, everything else by itself. */
function runsOf(entries: readonly EventView[]): EventView[][] {
  const runs: EventView[][] = [];
  for (const entry of entries) {
    const last = runs.at(-1);
    const joins = notesOfDates.has(entry.kind) && last?.every(({ kind }) => notesOfDates.has(kind));
    if (last && joins) last.push(entry);
    else runs.push([entry]);
  }
  return runs;
}

/** Everything that happened, newest first: what, on which day, who entered it; each entry can be corrected or annulled. */
export function Timeline({ caseId }: { caseId: string }) {
  const { t } = useTranslation('case');
  const events = useInfiniteQuery(eventsQuery(caseId));
  const { data: actions } = useQuery(actionsQuery(caseId));
  const entries = events.data?.pages.flatMap((page) => page.items) ?? [];
  const may = (command: string): boolean =>
    actions?.some((action) => action.command === command && action.allowed) === true;
  const shown = (entry: EventView) => (
    <TimelineEntry
      key={entry.seq}
      entry={entry}
      caseId={caseId}
      mayAnnul={may('annulEntry')}
      mayCorrect={may('correctEntry')}
    />
  );
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
              {runsOf(entries).map((run) =>
                run.length === 1 ? (
                  run.map(shown)
                ) : (
                  <li key={run.at(0)?.seq} data-quiet>
                    <details>
                      <summary>{t('timeline.dates', { count: run.length })}</summary>
                      <ol className={classes.run}>{run.map(shown)}</ol>
                    </details>
                  </li>
                ),
              )}
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
