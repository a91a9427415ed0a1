import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useEffect, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sayTitle } from '../../lib/i18n.ts';
import { NamesOfCase } from '../../lib/names.ts';
import type { Me, MyDayRow, MyDay as MyDayAnswer } from '../../lib/shapes.ts';
import { Async } from '../../ui/Async.tsx';
import { DateText } from '../../ui/DateText.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Note } from '../../ui/Note.tsx';
import { Page } from '../../ui/Page.tsx';
import { CommandPanel } from '../command/CommandPanel.tsx';
import { findDeed } from '../command/deeds.ts';
import { DutyTable } from '../duties/DutyTable.tsx';
import { UnknownLaws } from '../duties/UnknownLaws.tsx';
import { offerOf } from '../duties/offer.ts';
import type { Offer } from '../duties/offer.ts';
import { nobody } from '../people/curators.ts';
import { agenciesQuery } from '../people/queries.ts';
import { ReportPanel } from '../reports/ReportPanel.tsx';
import { useResumed } from '../session/use-resumed.ts';
import { meQuery } from '../session/queries.ts';
import { myDayQuery } from './queries.ts';

const groups = ['overdue', 'today', 'week', 'undated', 'awaited', 'later'] as const;

/** What I owe, most pressing first, and what others owe my families; each row opens the form that does it. */
export function MyDay() {
  const { t } = useTranslation('pages');
  const day = useQuery(myDayQuery());
  const { data: me } = useQuery(meQuery());
  const may = (command: string): boolean => me?.may.includes(command) === true;
  const { data: agencies } = useQuery({ ...agenciesQuery(), enabled: may('readDirectory') });
  const names = useMemo(() => new Map((agencies ?? []).map(({ code, name }) => [code, name])), [agencies]);
  const [doing, setDoing] = useState<MyDayRow | null>(null);
  const [recorded, setRecorded] = useState<string | null>(null);
  const tables = useRef<HTMLDivElement>(null);
  const nextRow = useRef<number | null>(null);

  // After a record the next row takes the focus: the hand stays on the list, not on the top of the page.
  useEffect(() => {
    if (doing !== null || nextRow.current === null) return;
    const buttons = [...(tables.current?.querySelectorAll<HTMLButtonElement>('[data-do]') ?? [])];
    const at = nextRow.current;
    nextRow.current = null;
    requestAnimationFrame(() => (buttons[Math.min(at, buttons.length - 1)] ?? tables.current)?.focus());
  }, [doing, day.data]);

  const begin = (row: MyDayRow): void => {
    const buttons = [...(tables.current?.querySelectorAll('[data-do]') ?? [])];
    nextRow.current = buttons.findIndex(
      (button) => button.closest('tr')?.dataset['row'] === `${row.case?.id ?? ''}${row.key}`,
    );
    setRecorded(null);
    setDoing(row);
  };
  useResumed(
    doing === null ? null : { caseId: doing.case?.id ?? '', key: doing.key },
    ({ caseId, key }) => {
      const rows = groups.flatMap((group) => day.data?.groups[group] ?? []);
      const row = rows.find((one) => (one.case?.id ?? '') === caseId && one.key === key);
      if (row !== undefined) begin(row);
    },
    day.data !== undefined,
  );
  const deed = doing === null ? undefined : findDeed(doing);
  const offer = (row: MyDayRow, today: string): Offer => offerOf(row, row.unblockedBy, may, row.case?.today ?? today);

  return (
    <Page
      title={t('myDay.title')}
      lead={
        day.data && (
          <p className="k-dimmed">
            <DateText day={day.data.today} />
          </p>
        )
      }
    >
      <div role="status">
        {recorded !== null && (
          <Note tone="ok">
            <p>{t('myDay.recorded', { what: recorded })}</p>
          </Note>
        )}
      </div>
      {day.data && <UnknownLaws laws={day.data.unknownLaws} cases={day.data.unreckoned} />}
      {day.data !== undefined && day.data.unassigned > 0 && (
        <Note tone="warn" title={t('myDay.unassigned', { count: day.data.unassigned })}>
          <p>
            {t('myDay.unassignedHint')}{' '}
            <Link to="/cases" search={{ status: 'open', curator: nobody }}>
              {t('myDay.toUnassigned')}
            </Link>
          </p>
        </Note>
      )}
      <Async
        query={day}
        lines={6}
        isEmpty={({ groups: found }) => groups.every((group) => found[group].length === 0)}
        whenEmpty={
          me === undefined || day.data === undefined || !isWhole(day.data) ? null : (
            <EmptyState
              title={t(`myDay.${calmFor(me)}.title`)}
              hint={t(`myDay.${calmFor(me)}.hint`)}
              action={<WayOn me={me} />}
            />
          )
        }
      >
        {(data) => (
          <NamesOfCase value={names}>
            <div ref={tables} tabIndex={-1} className="k-stack" style={{ '--gap': '28px', outline: 'none' }}>
              {groups
                .filter((group) => data.groups[group].length > 0)
                .map((group) => (
                  <section
                    key={group}
                    aria-labelledby={`group-${group}`}
                    className="k-stack"
                    style={{ '--gap': '8px' }}
                  >
                    <h2 id={`group-${group}`}>
                      {t(`myDay.${group}`)} <span className="k-dimmed k-number">{data.groups[group].length}</span>
                    </h2>
                    <DutyTable
                      caption={t(`myDay.${group}`)}
                      rows={data.groups[group]}
                      today={data.today}
                      agencies={agencies}
                      show={{ family: may('readCase') ? true : 'number', awaited: group === 'awaited' }}
                      canDo={(row) => offer(row as MyDayRow, data.today).deed !== null}
                      refusalOf={(row) => offer(row as MyDayRow, data.today).refusal}
                      onDo={(row) => begin(row as MyDayRow)}
                    />
                  </section>
                ))}
            </div>
          </NamesOfCase>
        )}
      </Async>
      {doing !== null && doing.case === null && me !== undefined && (
        <ReportPanel
          deed={{ duty: doing }}
          me={me}
          onClose={() => setDoing(null)}
          onDone={() => setRecorded(sayTitle(doing.what))}
        />
      )}
      {doing?.case && deed !== undefined && (
        <CommandPanel
          caseId={doing.case.id}
          command={deed.command}
          preset={deed.preset}
          row={doing}
          onClose={() => setDoing(null)}
          onDone={() => setRecorded(sayTitle(doing.what))}
        />
      )}
    </Page>
  );
}

/** Nothing stands above the list that there is to do, or that could be missing from it. */
const isWhole = ({ unassigned, unknownLaws, unreckoned }: MyDayAnswer): boolean =>
  unassigned === 0 && unknownLaws.length === 0 && unreckoned.length === 0;

type Calm = 'overseeing' | 'working' | 'asked' | 'keeping';

/** Nothing to do means another thing to each: who oversees, who leads families, whose body or agency is asked, who keeps the accounts. */
function calmFor({ may }: Me): Calm {
  if (may.includes('manageStaff')) return 'keeping';
  if (may.includes('readLate')) return 'overseeing';
  return may.includes('openCase') ? 'working' : 'asked';
}

function WayOn({ me }: { me: Me }) {
  const { t } = useTranslation('pages');
  const way = me.may.includes('readLate')
    ? ({ to: '/supervision', words: 'myDay.toSupervision' } as const)
    : me.may.includes('readCase')
      ? ({ to: '/cases', words: 'myDay.toCases' } as const)
      : me.may.includes('manageStaff') && me.mailbox
        ? ({ to: '/mailbox', words: 'myDay.toMailbox' } as const)
        : null;
  if (way === null) return null;
  return (
    <Button variant="default" renderRoot={(props) => <Link to={way.to} {...props} />}>
      {t(way.words)}
    </Button>
  );
}
