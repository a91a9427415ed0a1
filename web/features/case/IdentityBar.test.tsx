import { QueryClient } from '@tanstack/react-query';
import { cleanup, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import type { CaseView } from '../../lib/shapes.ts';
import { withProviders } from '../../lib/test-support.tsx';
import { IdentityBar } from './IdentityBar.tsx';

afterEach(cleanup);

const kase = (status: CaseView['status']): CaseView =>
  ({
    ...{ id: 'c1', status, stage: null, stages: [], today: '2026-03-02', openedOn: '2026-03-01', level: null },
    ...{ curator: null, category: null, agencies: [], awaited: [], nextDueOn: null, nextDuty: null, people: [] },
  }) as unknown as CaseView;

it.each([
  ['open', 'не начат'],
  ['closed', 'сопровождение завершено'],
] as const)('of a case without a stage that is %s it says: %s', async (status, words) => {
  await withProviders((ui) => render(ui), <IdentityBar kase={kase(status)} />, new QueryClient());
  expect(screen.getByText('Этап').nextElementSibling?.textContent).toBe(words);
});
