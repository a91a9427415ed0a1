import { cleanup, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { withProviders } from '../../lib/test-support.tsx';
import { MyDay } from '../my-day/MyDay.tsx';
import { myDayQuery } from '../my-day/queries.ts';
import { agenciesQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import { UnknownLaws } from './UnknownLaws.tsx';

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: string }) => <a href="#">{children}</a> }));

afterEach(cleanup);

const draw = (ui: React.ReactNode, queries?: QueryClient) => withProviders((drawn) => render(drawn), ui, queries);
const numbers = (count: number): string[] => Array.from({ length: count }, (_, at) => `2026-${at + 1}`);

it('says nothing where every law is known', async () => {
  await draw(<UnknownLaws laws={[]} cases={[]} />);
  expect(screen.queryByRole('alert')).toBeNull();
});

it('says aloud which reports are missing, and by which law', async () => {
  await draw(<UnknownLaws laws={['vydumka', 'primer']} />);
  expect(screen.getByRole('alert').textContent).toMatch(/^Отчёты по положению vydumka, primer здесь не видны/);
});

it('names the cases whose dates are not reckoned, ten at most of each law', async () => {
  const cases = [
    { regulation: 'vydumka@1', cases: ['2026-0003', '2026-0007'] },
    { regulation: 'primer@2', cases: numbers(12) },
  ];
  await draw(<UnknownLaws laws={[]} cases={cases} />);
  const [first, second] = screen.getByRole('alert').querySelectorAll('p');
  expect(first?.textContent).toMatch(
    /^Список неполон\. Дела по положению vydumka@1 \(2026-0003, 2026-0007\) сейчас не/,
  );
  expect(second?.textContent).toContain(
    '(2026-1, 2026-2, 2026-3, 2026-4, 2026-5, 2026-6, 2026-7, 2026-8, 2026-9, 2026-10 и ещё 2)',
  );
  expect(screen.getByRole('alert').textContent).not.toContain('Отчёты');
});

it('my day never says that all is done while a law is not known', async () => {
  const groups = { overdue: [], today: [], week: [], undated: [], awaited: [], later: [] };
  const dayOf = (unknown: object) => {
    const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
    queries.setQueryData(meQuery().queryKey, { may: ['openCase', 'readCase'], today: '2026-03-02' } as never);
    queries.setQueryData(agenciesQuery().queryKey, []);
    const day = { today: '2026-03-02', unassigned: 0, unknownLaws: [], unreckoned: [], groups, ...unknown };
    queries.setQueryData(myDayQuery().queryKey, day);
    return queries;
  };
  await draw(<MyDay />, dayOf({}));
  expect(screen.getByText('На сегодня всё сделано')).toBeDefined();
  cleanup();
  for (const unknown of [
    { unreckoned: [{ regulation: 'vydumka@1', cases: ['2026-0003'] }] },
    { unknownLaws: ['vydumka'] },
  ]) {
    await draw(<MyDay />, dayOf(unknown));
    expect(screen.getByRole('alert').textContent).toContain('vydumka');
    expect(screen.queryByText('На сегодня всё сделано')).toBeNull();
    cleanup();
  }
});
