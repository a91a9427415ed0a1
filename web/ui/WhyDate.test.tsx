import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, expect, it } from 'vitest';
import { withProviders } from '../lib/test-support.tsx';
import type { Duty } from '../lib/shapes.ts';
import { WhyDate } from './WhyDate.tsx';

afterEach(cleanup);

const say = (ru: string) => ({ ru, en: ru });
const duty = {
  what: say('утверждение плана'),
  clause: '3.2',
  basis: 'legal',
  dueOn: '2026-03-23',
  unmovedDueOn: '2026-03-22',
  provisional: false,
  why: [
    { kind: 'start', day: '2026-03-02', text: say('договор 02.03.2026') },
    { kind: 'term', day: '2026-03-22', text: say('20 календарных дней') },
    { kind: 'moved', day: '2026-03-23', text: say('22.03.2026 — воскресенье') },
  ],
} as unknown as Duty;

it('tells by one press why the day is that day, with the clause beside it', async () => {
  await withProviders((ui) => render(ui), <WhyDate duty={duty} today="2026-03-10" />);
  expect(screen.getByText('перенесено с 22.03.2026')).toBeTruthy();
  fireEvent.click(screen.getByRole('button', { name: 'Утверждение плана: 23.03.2026. Почему этот день' }));
  expect(await screen.findByText(/пункт 3\.2/)).toBeTruthy();
  expect(screen.getAllByRole('listitem').map((step) => step.textContent)).toEqual([
    'договор 02.03.2026',
    '20 календарных дней',
    '22.03.2026 — воскресенье',
  ]);
});

it('says in words that a day is provisional, internal or not named at all', async () => {
  await withProviders(
    (ui) => render(ui),
    <WhyDate duty={{ ...duty, provisional: true, basis: 'internal' }} today="2026-03-10" />,
  );
  expect(screen.getByText(/предварительно · внутренний срок учреждения/)).toBeTruthy();
  cleanup();
  await withProviders(
    (ui) => render(ui),
    <WhyDate duty={{ ...duty, dueOn: null, unmovedDueOn: null, basis: 'undated' }} today="2026-03-10" />,
  );
  const undated = screen.getByRole('button', { name: 'Утверждение плана: без срока. Почему этот день' });
  expect(undated.textContent).toBe('без срока');
});
