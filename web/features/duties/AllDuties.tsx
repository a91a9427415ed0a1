import { Button, NativeSelect } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { isDay } from '../../../domain/calendar/civil.ts';
import { useCodes } from '../../lib/codes.ts';
import { Async } from '../../ui/Async.tsx';
import { DayInput } from '../../ui/DayInput.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import { useCuratorFilter } from '../people/use-curator-filter.ts';
import { agenciesQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import classes from './AllDuties.module.css';
import { DutyTable } from './DutyTable.tsx';
import { UnknownLaws } from './UnknownLaws.tsx';
import { dutyStates } from './filter.ts';
import { allDutiesQuery } from './queries.ts';
import type { DutyFilter } from './queries.ts';
import { BusyButton } from '../../ui/BusyButton.tsx';

interface AllDutiesProps {
  filter: DutyFilter;
  onFilter: (next: DutyFilter) => void;
}

/** Every date of every case I may see; the filter stands in the address, so a list can be sent on. */
export function AllDuties({ filter, onFilter }: AllDutiesProps) {
  const { t } = useTranslation('pages');
  const { t: shell } = useTranslation();
  const word = useCodes();
  const duties = useInfiniteQuery(allDutiesQuery(filter));
  const { data: me } = useQuery(meQuery());
  const { data: agencies } = useQuery(agenciesQuery());
  const curators = useCuratorFilter(filter.curator);
  const [typed, setTyped] = useState({ from: filter.from ?? '', to: filter.to ?? '' });
  const first = duties.data?.pages[0];
  const rows = duties.data?.pages.flatMap((page) => page.items) ?? [];
  const setDay = (name: 'from' | 'to', value: string): void => {
    setTyped({ ...typed, [name]: value });
    if (value === '' || isDay(value)) onFilter({ ...filter, [name]: value === '' ? undefined : value });
  };
  if (me === undefined) return null;

  return (
    <Page title={t('duties.title')}>
      <search className={classes.filter} aria-label={t('duties.filter')}>
        <DayInput
          label={t('duties.from')}
          value={typed.from}
          onChange={(value) => setDay('from', value)}
          today={me.today}
        />
        <DayInput
          label={t('duties.to')}
          value={typed.to}
          onChange={(value) => setDay('to', value)}
          today={me.today}
          leaning="future"
        />
        <NativeSelect
          label={t('duties.state')}
          value={filter.state ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, state: (event.currentTarget.value || undefined) as DutyFilter['state'] })
          }
          data={[
            { value: '', label: t('duties.stateAwaited') },
            { value: 'all', label: t('duties.stateAny') },
            ...dutyStates.map((code) => ({ value: code, label: shell(`state.${code}`) })),
          ]}
        />
        <NativeSelect
          label={t('duties.awaited')}
          value={filter.awaited ?? ''}
          onChange={(event) => onFilter({ ...filter, awaited: event.currentTarget.value || undefined })}
          data={[
            { value: '', label: t('duties.awaitedAny') },
            { value: 'curator', label: word('role', 'curator') },
            { value: 'commission', label: word('body', 'commission') },
            { value: 'workingGroup', label: word('body', 'workingGroup') },
            ...(agencies ?? []).map(({ code, name }) => ({ value: code, label: name })),
          ]}
        />
        <NativeSelect
          label={t('duty.curator')}
          value={filter.curator ?? ''}
          onChange={(event) => onFilter({ ...filter, curator: event.currentTarget.value || undefined })}
          data={curators}
        />
      </search>
      {(filter.state === undefined || filter.state === 'all') && (
        <p className="k-row">
          <span className="k-dimmed">{t(filter.state === 'all' ? 'duties.allShown' : 'duties.awaitedShown')}</span>
          <Button
            variant="default"
            size="xs"
            onClick={() => onFilter({ ...filter, state: filter.state === 'all' ? undefined : 'all' })}
          >
            {t(filter.state === 'all' ? 'duties.showAwaited' : 'duties.showAll')}
          </Button>
        </p>
      )}
      {first && <UnknownLaws laws={first.unknownLaws} cases={first.unreckoned} />}
      <Async
        query={duties}
        lines={8}
        isEmpty={() => rows.length === 0}
        whenEmpty={<EmptyState title={t('duties.emptyTitle')} hint={t('duties.emptyHint')} />}
      >
        {() => (
          <>
            <DutyTable
              caption={t('duties.title')}
              rows={rows}
              today={me.today}
              agencies={agencies}
              show={{ family: true, awaited: true, curator: true }}
            />
            {duties.hasNextPage && (
              <BusyButton
                variant="default"
                busy={duties.isFetchingNextPage}
                onClick={() => void duties.fetchNextPage()}
              >
                {t('cases.more')}
              </BusyButton>
            )}
          </>
        )}
      </Async>
    </Page>
  );
}
