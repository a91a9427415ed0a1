import { cleanup, render, screen, within } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { withProviders } from '../../lib/test-support.tsx';
import { agenciesQuery } from '../people/queries.ts';
import { meQuery } from '../session/queries.ts';
import { MyDay } from './MyDay.tsx';
import { myDayQuery } from './queries.ts';

vi.mock('@tanstack/react-router', () => ({ Link: ({ children }: { children: string }) => <a href="#">{children}</a> }));

afterEach(cleanup);

const missing = { ru: 'план не отправлен: school', en: 'the plan has not been sent to: school' };
const refusal = { code: 'clause.not-fulfilled', clause: '3.3', text: missing, missing: [missing] };

const duty = (key: string, command: string, refused: object | null, dueOn = '2026-03-10') => ({
  ...{ key, rule: key, clause: '3.3', what: { ru: key, en: key }, subject: null, about: null, basis: 'legal' },
  ...{ dueOn, unmovedDueOn: dueOn, provisional: false, state: 'open', metOn: null, window: null, why: [] },
  ...{ awaited: { kind: 'role', code: 'curator' }, acts: [{ command, fields: {} }], curator: null },
  case: { id: 'c1', number: '2026-0001', family: 'ВЫДУМАННЫЕ', training: false, today: '2026-03-02' },
  unblockedBy: [{ command, fields: {}, allowed: refused === null, refusal: refused }],
});

it('says what is missing where its case does, and offers no deed before its time', async () => {
  const rows = [
    duty('Можно', 'recordVisit', null),
    duty('Нельзя', 'drawConclusion', refusal),
    duty('Чужое', 'liftSop', refusal),
    duty('Рано', 'endSupport', null, '2027-03-02'),
  ];
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  const may = ['readCase', 'readDirectory', 'recordVisit', 'drawConclusion', 'endSupport'];
  queries.setQueryData(meQuery().queryKey, { may, today: '2026-03-02' } as never);
  queries.setQueryData(agenciesQuery().queryKey, [{ id: 'a', code: 'school', name: 'Школа № 0' }]);
  const groups = { overdue: [], today: [], week: rows, undated: [], awaited: [], later: [] };
  queries.setQueryData(myDayQuery().queryKey, {
    ...{ today: '2026-03-02', unassigned: 0, unknownLaws: [], unreckoned: [], groups },
  } as never);
  await withProviders((ui) => render(ui), <MyDay />, queries);
  const row = (what: string): HTMLElement => screen.getByText(what).closest('tr') as HTMLElement;
  const button = (what: string) => within(row(what)).queryByRole('button', { name: /^Сделать/ });
  expect(button('Можно')).not.toBeNull();
  expect(button('Нельзя')).toBeNull();
  expect(row('Нельзя').textContent).toContain('Пока нельзя: план не отправлен: Школа № 0');
  expect(button('Чужое')).toBeNull();
  expect(row('Чужое').textContent).not.toContain('Пока нельзя');
  expect(button('Рано')).toBeNull();
});
