import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { withProviders } from '../../lib/test-support.tsx';
import type { CaseView, Duty, PossibleAction } from '../../lib/shapes.ts';
import { Actions } from './Actions.tsx';
import { CaseDuties } from './CaseDuties.tsx';
import { actionsQuery, caseQuery, dutiesQuery, explainQuery, logQuery } from './queries.ts';

afterEach(cleanup);

const kase = {
  ...{ id: 'c1', status: 'open', stage: 'activity', today: '2026-03-02', level: 'basic', seq: 3 },
  ...{ curator: { id: 's1', name: 'Примерова А. И.' }, agencies: [] },
} as unknown as CaseView;

const action = (command: string, more: Partial<PossibleAction> = {}): PossibleAction => ({
  ...{ command, named: true, allowed: true, refusal: null },
  ...more,
});
const missing = { ru: 'план ещё не утверждён', en: 'no plan has been approved yet' };
const refusal = { code: 'clause.not-fulfilled', clause: '3.3', text: missing, missing: [missing] };

const duty = (key: string, what: string, command: string): Duty =>
  ({
    ...{ key, rule: key, clause: '3.3', what: { ru: what, en: what }, subject: null, about: null, basis: 'legal' },
    ...{ dueOn: '2026-03-10', unmovedDueOn: '2026-03-10', provisional: false, state: 'open', metOn: null },
    ...{ awaited: { kind: 'role', code: 'curator' }, acts: [{ command, fields: {} }], window: null, why: [] },
  }) as unknown as Duty;

function known(actions: PossibleAction[], duties: Duty[], waitsFor: unknown[] = []): QueryClient {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false, staleTime: Infinity } } });
  queries.setQueryData(caseQuery('c1').queryKey, kase);
  queries.setQueryData(actionsQuery('c1').queryKey, actions);
  queries.setQueryData(dutiesQuery('c1').queryKey, duties);
  queries.setQueryData(logQuery('c1').queryKey, []);
  queries.setQueryData(explainQuery('c1').queryKey, { waitsFor } as never);
  return queries;
}

it('offers what open duties ask for first, then what the regulation speaks of, the rest folded', async () => {
  const words = ['recordMonitoring', 'recordVisit', 'informBody', 'drawConclusion'];
  const queries = known(
    [...words, 'correctPlan'].map((word) => action(word)).concat(action('recordService', { named: false })),
    words.map((word, at) => duty(`d${at}`, `срок ${at}`, word)),
  );
  const chosen = vi.fn();
  await withProviders((ui) => render(ui), <Actions kase={kase} onChoose={chosen} />, queries);
  const names = screen.getAllByRole('button', { hidden: true }).map(({ textContent }) => textContent);
  expect(names).toEqual([
    'Записать мониторинг',
    'Записать посещение',
    'Передать информацию',
    'Оформить заключение',
    'Скорректировать план',
    'Записать услугу',
  ]);
  // Of the duty beyond the buttons the form still knows which it is.
  fireEvent.click(screen.getByRole('button', { name: 'Оформить заключение' }));
  expect(chosen).toHaveBeenCalledWith(expect.objectContaining({ duty: expect.objectContaining({ key: 'd3' }) }));
  const others = screen.getByText('Другие записи').closest('details');
  expect(others?.open).toBe(false);
  expect(within(others as HTMLElement).getAllByRole('button', { hidden: true })).toHaveLength(1);
});

it('folds the deeds of the end until support nears it', async () => {
  for (const [stage, isFolded] of [
    ['activity', true],
    ['reflective', false],
    ['postSupport', false],
  ] as const) {
    await withProviders(
      (ui) => render(ui),
      <Actions kase={{ ...kase, stage }} onChoose={vi.fn()} />,
      known([action('endSupport')], []),
    );
    const deed = screen.getByRole('button', { name: 'Завершить сопровождение', hidden: true });
    expect(deed.closest('details') !== null).toBe(isFolded);
    cleanup();
  }
});

it('says in the row of a duty what is missing, where its button would be', async () => {
  const rows = [duty('a', 'Первый срок', 'recordMonitoring'), duty('b', 'Второй срок', 'drawConclusion')];
  rows.push(duty('c', 'Третий срок', 'recordVisit'), duty('d', 'Чужой срок', 'recordDiagnostics'));
  const denied = { code: 'access.denied', clause: null, text: { ru: 'это дело другого', en: '' }, missing: [] };
  const queries = known(
    [
      action('recordMonitoring', { allowed: false, refusal }),
      action('drawConclusion'),
      action('recordVisit'),
      action('recordDiagnostics', { allowed: false, refusal: denied }),
    ],
    rows,
    // Allowed with some fields, and not with those that the duty asks for.
    [{ key: 'b', unblockedBy: [{ command: 'drawConclusion', fields: {}, refusal }] }],
  );
  await withProviders((ui) => render(ui), <CaseDuties caseId="c1" />, queries);
  const row = (what: string): HTMLElement => screen.getByText(what).closest('tr') as HTMLElement;
  for (const what of ['Первый срок', 'Второй срок']) {
    expect(within(row(what)).queryByRole('button', { name: /^Сделать/ })).toBeNull();
    expect(row(what).textContent).toContain('Пока нельзя: план ещё не утверждён');
  }
  expect(within(row('Третий срок')).getByRole('button', { name: /^Сделать/ })).toBeDefined();
  expect(row('Чужой срок').textContent).not.toContain('Пока нельзя');
  expect(row('Чужой срок').textContent).not.toContain('другого');
});
