import { cleanup, render, screen } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { withProviders } from '../../lib/test-support.tsx';
import { agenciesQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import { lateQuery } from './queries.ts';
import { Supervision } from './Supervision.tsx';

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: string }) => <a href="#">{children}</a> }));

afterEach(cleanup);

const shown = async (counts: object): Promise<string> => {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queries.setQueryData(meQuery().queryKey, { may: ['readLate'], today: '2026-03-02' } as never);
  queries.setQueryData(agenciesQuery().queryKey, []);
  queries.setQueryData(lateQuery().queryKey, {
    ...{ items: [], nextCursor: null, byCurator: [], unknownLaws: [], unreckoned: [] },
    ...{ overdueWakes: 0, waitingMails: 0, outdated: 0, ...counts },
  });
  await withProviders((ui) => render(ui), <Supervision curator={undefined} />, queries);
  return screen.getByRole('heading', { level: 1 }).closest('main, body')?.textContent ?? '';
};

it('says that mails do not go out, that cases were not woken, that days are still being reckoned', async () => {
  expect(await shown({ waitingMails: 5 })).toContain(
    '5 писем не уходят больше 10 минут. Письма не потеряны и уйдут сами',
  );
  cleanup();
  expect(await shown({ overdueWakes: 2 })).toContain('2 дела не разбужены вовремя');
  cleanup();
  expect(await shown({ outdated: 21 })).toContain('Сроки 21 дела ещё пересчитываются');
});

it('says that all is well where nothing is late and nothing waits', async () => {
  const text = await shown({});
  expect(text).not.toMatch(/не уходят|не разбужен|пересчитываются/);
  expect(screen.getByText('Просроченных сроков нет')).toBeTruthy();
});
