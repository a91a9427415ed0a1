import { Button, Checkbox, NativeSelect, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { lazy, Suspense, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { stageCodes } from '../../../domain/case/stage.ts';
import { Async } from '../../ui/Async.tsx';
import { EmptyState } from '../../ui/EmptyState.tsx';
import { Page } from '../../ui/Page.tsx';
import '../../ui/form-styles.ts';
import { OpenCasePanel } from '../command/OpenCasePanel.tsx';
import { UnknownLaws } from '../duties/UnknownLaws.tsx';
import { useCuratorFilter } from '../people/use-curator-filter.ts';
import { meQuery } from '../session/queries.ts';
import classes from './Cases.module.css';
import { CaseTable } from './CaseTable.tsx';
import type { CaseFilter } from './filter.ts';
import { casesQuery } from './queries.ts';
import { BusyButton } from '../../ui/BusyButton.tsx';

/** With the reader of YAML that few ever need. */
const AdoptPanel = lazy(() => import('../adoption/AdoptPanel.tsx'));

interface CasesProps {
  filter: CaseFilter;
  onFilter: (next: CaseFilter) => void;
}

/** Every case I may see: where it stands, its next date, who is awaited. */
export function Cases({ filter, onFilter }: CasesProps) {
  const { t } = useTranslation('pages');
  const { t: shell } = useTranslation();
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [q] = useDebouncedValue(typed.trim(), 250);
  const [opening, setOpening] = useState(false);
  const [adopting, setAdopting] = useState(false);
  const cases = useInfiniteQuery(casesQuery({ ...filter, q: q === '' ? undefined : q }));
  const { data: me } = useQuery(meQuery());
  const supervises = me?.may.includes('readLate') === true;
  const curators = useCuratorFilter(filter.curator, supervises);
  const mayOpen = me?.may.includes('openCase') === true;
  const mayAdopt = me?.may.includes('adoptCase') === true;
  const first = cases.data?.pages[0];
  const rows = cases.data?.pages.flatMap((page) => page.items) ?? [];
  const filtered = q !== '' || Object.values(filter).some((value) => value !== undefined);
  const reset = (): void => {
    setTyped('');
    onFilter({});
  };

  return (
    <Page
      title={t('cases.title')}
      actions={
        <>
          {mayAdopt && (
            <Button variant="default" onClick={() => setAdopting(true)}>
              {t('cases.adopt')}
            </Button>
          )}
          {mayOpen && <Button onClick={() => setOpening(true)}>{t('cases.open')}</Button>}
        </>
      }
    >
      <search className={classes.filter} aria-label={t('cases.filter')}>
        <TextInput
          label={t('cases.search')}
          type="search"
          autoComplete="off"
          value={typed}
          onChange={(event) => setTyped(event.currentTarget.value)}
        />
        <NativeSelect
          label={t('cases.status')}
          value={filter.status ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, status: (event.currentTarget.value || undefined) as CaseFilter['status'] })
          }
          data={[
            { value: '', label: t('cases.statusAny') },
            { value: 'open', label: t('cases.statusOpen') },
            { value: 'closed', label: t('cases.statusClosed') },
          ]}
        />
        <NativeSelect
          label={t('cases.stage')}
          value={filter.stage ?? ''}
          onChange={(event) =>
            onFilter({ ...filter, stage: (event.currentTarget.value || undefined) as CaseFilter['stage'] })
          }
          data={[
            { value: '', label: t('cases.stageAny') },
            ...stageCodes.map((code) => ({ value: code, label: shell(`stage.${code}`) })),
          ]}
        />
        {supervises && (
          <NativeSelect
            label={t('duty.curator')}
            value={filter.curator ?? ''}
            onChange={(event) => onFilter({ ...filter, curator: event.currentTarget.value || undefined })}
            data={curators}
          />
        )}
        <Checkbox
          label={t('cases.late')}
          checked={filter.late === true}
          onChange={(event) => onFilter({ ...filter, late: event.currentTarget.checked || undefined })}
        />
      </search>
      {first && <UnknownLaws laws={[]} cases={first.unreckoned} />}
      <Async
        query={cases}
        lines={8}
        isEmpty={() => rows.length === 0}
        whenEmpty={
          filtered ? (
            <EmptyState
              title={t('cases.noneTitle')}
              hint={t('cases.noneHint')}
              action={
                <Button variant="default" onClick={reset}>
                  {t('cases.reset')}
                </Button>
              }
            />
          ) : (
            <EmptyState
              title={t('cases.emptyTitle')}
              hint={t('cases.emptyHint')}
              action={
                mayOpen && (
                  <Button variant="default" onClick={() => setOpening(true)}>
                    {t('cases.open')}
                  </Button>
                )
              }
            />
          )
        }
      >
        {() => (
          <>
            <CaseTable rows={rows} />
            {cases.hasNextPage && (
              <BusyButton variant="default" busy={cases.isFetchingNextPage} onClick={() => void cases.fetchNextPage()}>
                {t('cases.more')}
              </BusyButton>
            )}
          </>
        )}
      </Async>
      {opening && (
        <OpenCasePanel
          onClose={() => setOpening(false)}
          onDone={(caseId) => void navigate({ to: '/cases/$caseId', params: { caseId } })}
        />
      )}
      {adopting && (
        <Suspense fallback={null}>
          <AdoptPanel
            onClose={() => setAdopting(false)}
            onDone={(caseId) => void navigate({ to: '/cases/$caseId', params: { caseId } })}
          />
        </Suspense>
      )}
    </Page>
  );
}
