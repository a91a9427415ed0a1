import { QueryClient } from '@tanstack/react-query';
import { cleanup, render, screen, within } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { EventView } from '../../lib/shapes.ts';
import { withProviders } from '../../lib/test-support.tsx';
import { actionsQuery, caseQuery, dutiesQuery, eventsQuery, logQuery } from './queries.ts';
import { Timeline } from './Timeline.tsx';

afterEach(cleanup);

const entry = (seq: number, kind: string): EventView =>
  ({
    ...{ seq, kind, on: '2026-03-02', recordedOn: '2026-03-02', data: {}, texts: {}, annulledBy: null },
    by: { kind: 'system', name: null },
  }) as unknown as EventView;

const told = async (...kinds: string[]): Promise<void> => {
  const items = kinds.map((kind, at) => entry(kinds.length - at, kind));
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queries.setQueryData(eventsQuery('c1').queryKey, { pages: [{ items, next: null }], pageParams: [null] } as never);
  queries.setQueryData(caseQuery('c1').queryKey, {
    id: 'c1',
    today: '2026-03-02',
    agencies: [],
    people: [],
    family: null,
  } as never);
  queries.setQueryData(actionsQuery('c1').queryKey, []);
  queries.setQueryData(dutiesQuery('c1').queryKey, []);
  queries.setQueryData(logQuery('c1').queryKey, []);
  await withProviders((ui) => render(ui), <Timeline caseId="c1" />, queries);
};

it('folds what the system notes of dates in a row, and nothing that people did', async () => {
  await told('supportEnded', 'dutyClosed', 'dutyReopened', 'dutyClosed', 'visitRecorded', 'dutyClosed');
  const lines = [...screen.getByRole('region').querySelectorAll('section > ol > li')];
  expect(
    lines.map((line) => line.querySelector('summary')?.textContent ?? line.querySelector('span')?.textContent),
  ).toEqual(['Сопровождение завершено', 'Автоматические отметки о сроках: 3', 'Посещение семьи', 'Срок закрыт']);
  const folded = lines[1] as HTMLElement;
  expect(
    within(folded)
      .getAllByText(/№ \d/)
      .map(({ textContent }) => textContent),
  ).toEqual(['№ 5', '№ 4', '№ 3']);
});
